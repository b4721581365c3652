"""What the network cameras on loopback have in common: how they behave, and when they end."""

from __future__ import annotations

import enum
import socketserver
import threading
from typing import ClassVar

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.opencv import cv2

SIZE_PX = (64, 48)


class Behaviour(enum.Enum):
    """What a server does with its connections, old and new ones alike."""

    SENDING = "sends pictures"
    SILENT = "keeps connections open and sends nothing, not even an answer to a new one"
    GARBAGE = "sends bytes that are no pictures"
    HANGING_UP = "ends every answer, and answers new requests with an error"
    POWERED_OFF = "never answers the connections of this time, not even when it is back"


class NetworkCamera:
    """Serves pictures whose grey level counts up, interval_s apart, to any number of readers.

    interval_s and size_px, width and height, may be changed while it serves.
    """

    address_form: ClassVar[str]
    """The address, with {port} for the port."""

    def __init__(self, server: socketserver.ThreadingMixIn, interval_s: float) -> None:
        """Take a listening server, whose handlers ask wait_turn what to do next."""
        assert isinstance(server, socketserver.TCPServer)
        self.interval_s = interval_s
        self.size_px = SIZE_PX
        self._changed = threading.Condition()
        self._behaviour = Behaviour.SENDING
        self._closing = False
        self._server = server
        server.daemon_threads = False  # closing waits for the connections' threads
        self._thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="network-camera"
        )
        self._thread.start()

    @property
    def address(self) -> str:
        return self.address_form.format(port=self._server.server_address[1])

    def behave(self, behaviour: Behaviour) -> None:
        with self._changed:
            self._behaviour = behaviour
            self._changed.notify_all()

    def wait_turn(self, seen: Behaviour | None) -> Behaviour | None:
        """Wait as long as a connection shall that did `seen` last; None: it shall end."""
        with self._changed:
            if seen is self._behaviour and not self._closing:
                self._changed.wait(self.interval_s)
            if self._behaviour is Behaviour.POWERED_OFF:
                self._changed.wait_for(lambda: self._closing)
            while self._behaviour is Behaviour.SILENT and not self._closing:
                self._changed.wait()
            ends = self._closing or self._behaviour is Behaviour.HANGING_UP
            return None if ends else self._behaviour

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def jpeg_picture(level: int, size_px: tuple[int, int] = SIZE_PX) -> bytes:
    """Return an evenly grey JPEG, baseline, with the standard Huffman tables."""
    width_px, height_px = size_px
    picture: UInt8Array = np.full((height_px, width_px, 3), level % 256, np.uint8)
    return cv2.imencode(".jpg", picture)[1].tobytes()


def garbage(number: int, length: int) -> bytes:
    """Return bytes that are no picture."""
    return np.random.default_rng(number).bytes(length)
