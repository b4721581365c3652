"""A camera that does what a script says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from classroom_monitor.contracts import EndOfRecording, Frame, UInt8Array
from classroom_monitor.errors import CameraProblem

Step = Callable[[], Frame | None]
"""One thing that happens in a read: it gives a frame, gives nothing, waits or raises."""


def picture(level: int = 0, width_px: int = 32, height_px: int = 24) -> UInt8Array:
    """Return an evenly coloured (height, width, 3) picture."""
    return np.full((height_px, width_px, 3), level % 256, np.uint8)


def frames(number: int, interval_s: float = 0.0, start_s: float = 0.0) -> list[Step]:
    """Give frames at once that say they were captured interval_s apart."""

    def give(index: int) -> Frame:
        return Frame(index, start_s + index * interval_s, picture(index))

    return [lambda index=index: give(index) for index in range(number)]  # type: ignore[misc]


def fail(message: str = "The fake camera is gone; plug it in") -> Step:
    """Raise a CameraProblem."""

    def step() -> Frame | None:
        raise CameraProblem(message)

    return step


def crash() -> Step:
    """Raise what no camera may raise."""

    def step() -> Frame | None:
        raise ValueError("a bug")

    return step


def block(until: threading.Event) -> Step:
    """Do not return before an event is set, as a driver that hangs."""

    def step() -> Frame | None:
        until.wait()
        return None

    return step


def flow(until: threading.Event) -> Iterator[Step]:
    """Give a frame every few milliseconds until an event is set."""
    for index in count():
        if until.wait(0.005):
            return
        yield lambda index=index: Frame(index, 0.0, picture(index))  # type: ignore[misc]


@dataclass
class FakeCamera:
    """Implements contracts.Camera over scripted steps; a spent script ends the recording.

    A live camera's spent script raises CameraProblem instead. calls records open and close.
    """

    steps: Iterable[Step]
    is_live: bool = True
    name: str = "fake"
    duration_s: float | None = None
    open_step: Step | None = None
    calls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._script: Iterator[Step] | None = None

    def open(self) -> None:
        self.calls.append("open")
        if self.open_step is not None:
            self.open_step()
        self._script = iter(self.steps)

    def read(self) -> Frame:
        if self._script is None:
            raise CameraProblem(f"{self.name} is not open")
        for step in self._script:
            frame = step()
            if frame is not None:
                return frame
        if self.is_live:
            raise CameraProblem(f"{self.name} is gone")
        raise EndOfRecording

    def close(self) -> None:
        self.calls.append("close")
        self._script = None
