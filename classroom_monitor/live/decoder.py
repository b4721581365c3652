"""Decodes a recording ahead of its analysis, in a thread of its own."""

from __future__ import annotations

import logging
import math
import queue
import threading
from collections.abc import Callable
from typing import TypeAlias

from classroom_monitor.contracts import Camera, EndOfRecording, Frame

logger = logging.getLogger(__name__)

FRAMES_AHEAD = 3  # enough to keep both threads busy; a frame of 4K video holds 25 MB
TOLERANCE_S = 0.0005  # some containers round presentation times to milliseconds
_POLL_S = 0.5  # so that Ctrl+C is heard on systems where a waiting thread doesn't hear it
_JOIN_S = 5.0


class TickSampler:
    """Chooses the first frame at or after each tick of 1 / rate_hz seconds."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._next_tick = 0

    def wants(self, at_s: float) -> bool:
        """Say whether the frame of this time is one to look at; ask once per frame, in order."""
        ticks = math.floor((at_s + TOLERANCE_S) * self._rate_hz)
        if ticks < self._next_tick:
            return False
        self._next_tick = ticks + 1
        return True


_Item: TypeAlias = Frame | Exception


class Decoder:
    """Reads a recording to its end and hands out the frames to look at, in order.

    The camera is made, opened, read and closed in the decoder's thread. The bounded queue holds
    the thread back where analysis is slower; no frame is dropped. frames and last_at_s are final
    once next_frame has returned None.
    """

    def __init__(self, make_camera: Callable[[], Camera], rate_hz: float) -> None:
        self.frames = 0
        self.last_at_s = 0.0
        self.duration_s: float | None = None
        self._make_camera = make_camera
        self._sampler = TickSampler(rate_hz)
        self._ahead: queue.Queue[_Item] = queue.Queue(FRAMES_AHEAD)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="decoder", daemon=True)
        self._thread.start()

    def next_frame(self) -> Frame | None:
        """Wait for the next frame to look at; None after the last. Raises CameraProblem."""
        while True:
            try:
                item = self._ahead.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if isinstance(item, EndOfRecording):
                return None
            if isinstance(item, Exception):
                raise item
            return item

    def close(self) -> None:
        """Stop decoding and wait for the camera to be closed."""
        self._closed.set()
        self._thread.join(_JOIN_S)
        if self._thread.is_alive():
            logger.warning("decoding did not end within %.0f s and is left behind", _JOIN_S)

    def _run(self) -> None:
        try:
            self._decode()
        except Exception as error:  # noqa: BLE001  handed on: raised again in the caller's thread
            self._put(error)

    def _decode(self) -> None:
        camera = self._make_camera()
        try:
            camera.open()
            self.duration_s = camera.duration_s
            while not self._closed.is_set():
                frame = camera.read()
                self.frames += 1
                self.last_at_s = frame.captured_at_s
                if self._sampler.wants(frame.captured_at_s):
                    self._put(frame)
        finally:
            camera.close()

    def _put(self, item: _Item) -> None:
        while not self._closed.is_set():
            try:
                self._ahead.put(item, timeout=_POLL_S)
            except queue.Full:
                continue
            return
