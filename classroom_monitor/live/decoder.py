"""Decodes a recording ahead of its analysis, in a thread of its own."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Protocol, runtime_checkable

from classroom_monitor.contracts import Camera, EndOfRecording, Frame
from classroom_monitor.live.ahead import Ahead

FRAMES_AHEAD = 3  # enough to keep both threads busy; a frame of 4K video holds 25 MB
TOLERANCE_S = 0.0005  # some containers round presentation times to milliseconds


@runtime_checkable
class PassingCamera(Protocol):
    """A camera that can pass over frames without making their pictures, which costs less."""

    def advance(self) -> float:
        """Go on to the next frame and return its captured_at_s. Raises as Camera.read."""

    def current(self) -> Frame:
        """Return the frame that advance went to; ask once. Raises CameraProblem."""


class TickSampler:
    """Chooses the first frame at or after each tick of 1 / rate_hz seconds, from from_s on."""

    def __init__(self, rate_hz: float, from_s: float = 0.0) -> None:
        self._rate_hz = rate_hz
        self._next_tick = math.ceil(from_s * rate_hz)

    def wants(self, at_s: float) -> bool:
        """Say whether the frame of this time is one to look at; ask once per frame, in order."""
        ticks = math.floor((at_s + TOLERANCE_S) * self._rate_hz)
        if ticks < self._next_tick:
            return False
        self._next_tick = ticks + 1
        return True


class Decoder:
    """Reads a recording to its end and hands out the frames to look at, in order.

    The camera is made, opened, read and closed in the decoder's thread. No frame to look at is
    dropped. frames and last_at_s are final once next_frame has returned None.
    """

    def __init__(
        self, make_camera: Callable[[], Camera], rate_hz: float, from_s: float = 0.0
    ) -> None:
        """Start at once; frames before from_s are passed over."""
        self.frames = 0
        self.last_at_s = 0.0
        self.duration_s: float | None = None
        self._make_camera = make_camera
        self._sampler = TickSampler(rate_hz, from_s)
        self._stopped = threading.Event()
        self._ahead = Ahead("decoder", self._chosen, FRAMES_AHEAD)

    def next_frame(self) -> Frame | None:
        """Wait for the next frame to look at; None after the last. Raises CameraProblem."""
        return self._ahead.take()

    def stop(self) -> None:
        """Stop decoding, without waiting for it."""
        self._stopped.set()
        self._ahead.stop()

    def close(self) -> None:
        """Stop decoding and wait for the camera to be closed."""
        self._stopped.set()
        self._ahead.close()

    def _chosen(self) -> Generator[Frame, None, None]:
        with closing(self._make_camera()) as camera:
            camera.open()
            self.duration_s = camera.duration_s
            passing = camera if isinstance(camera, PassingCamera) else _Whole(camera)
            while not self._stopped.is_set():
                try:
                    at_s = passing.advance()
                except EndOfRecording:
                    return
                self.frames += 1
                self.last_at_s = at_s
                if self._sampler.wants(at_s):
                    yield passing.current()


class _Whole:
    """Makes a PassingCamera of one that only reads whole frames."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._frame: Frame | None = None

    def advance(self) -> float:
        self._frame = self._camera.read()
        return self._frame.captured_at_s

    def current(self) -> Frame:
        assert self._frame is not None
        return self._frame
