"""A camera that looks at the built-in lecture, and whose cable can be pulled."""

from __future__ import annotations

import threading

from classroom_monitor.contracts import Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.demo import DemoCamera

CAMERA = "Lecture hall camera"


class LectureCamera:
    """A device; implements contracts.Camera. plugged and lit are for any thread."""

    is_live = True
    duration_s = None
    name = CAMERA

    def __init__(self) -> None:
        self.plugged = threading.Event()
        self.plugged.set()
        self.lit = threading.Event()
        self._lecture = DemoCamera()

    def open(self) -> None:
        """Turn the light on. Raises CameraProblem while unplugged."""
        self._check()
        self._lecture.open()
        self.lit.set()

    def read(self) -> Frame:
        """Return the next frame. Raises CameraProblem once unplugged."""
        self._check()
        return self._lecture.read()

    def close(self) -> None:
        """Turn the light off."""
        self._lecture.close()
        self.lit.clear()

    def _check(self) -> None:
        if not self.plugged.is_set():
            raise CameraProblem(f"{CAMERA} is gone: check its cable")
