"""A real HTTP server on loopback that sends MJPEG as network cameras do, or misbehaves."""

from __future__ import annotations

import enum
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

from classroom_monitor.vision.opencv import cv2

BOUNDARY = "frame"


class Behaviour(enum.Enum):
    """What the server does with its connections, old and new ones alike."""

    SENDING = "sends pictures"
    SILENT = "keeps connections open and sends nothing, not even an answer to a new one"
    GARBAGE = "sends bytes that are no pictures"
    HANGING_UP = "ends every answer, and answers new requests with an error"


class MjpegServer:
    """Sends pictures whose grey level counts up, interval_s apart, to any number of readers."""

    def __init__(self, interval_s: float = 0.02) -> None:
        self.interval_s = interval_s
        self._changed = threading.Condition()
        self._behaviour = Behaviour.SENDING
        self._closing = False
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._http.daemon_threads = False  # closing waits for the connections' threads
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, name="mjpeg-server"
        )
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/video.mjpg"

    def behave(self, behaviour: Behaviour) -> None:
        with self._changed:
            self._behaviour = behaviour
            self._changed.notify_all()

    def wait_turn(self, seen: Behaviour | None) -> Behaviour | None:
        """Wait as long as a connection shall that did `seen` last; None: it shall end."""
        with self._changed:
            if seen is self._behaviour and not self._closing:
                self._changed.wait(self.interval_s)
            while self._behaviour is Behaviour.SILENT and not self._closing:
                self._changed.wait()
            ends = self._closing or self._behaviour is Behaviour.HANGING_UP
            return None if ends else self._behaviour

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@contextmanager
def mjpeg_server(interval_s: float = 0.02) -> Iterator[MjpegServer]:
    server = MjpegServer(interval_s)
    try:
        yield server
    finally:
        server.close()


def _handler_of(owner: MjpegServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            with suppress(OSError):  # the reader has gone
                self._answer(owner.wait_turn(None))

        def _answer(self, behaviour: Behaviour | None) -> None:
            if behaviour is None:
                self.send_error(503)
                return
            self.send_response(200)
            self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            self.end_headers()
            level = 0
            while behaviour is not None:
                self.wfile.write(_part(behaviour, level))
                level += 1
                behaviour = owner.wait_turn(behaviour)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    return Handler


def _part(behaviour: Behaviour, level: int) -> bytes:
    if behaviour is Behaviour.GARBAGE:
        return np.random.default_rng(level).bytes(2000)
    picture = np.full((48, 64, 3), level % 256, np.uint8)
    jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    return head.encode() + jpeg + b"\r\n"
