"""An analyser that sees the same audience in every frame."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from classroom_monitor.contracts import FaceBox, Frame, Look, Track


@dataclass(frozen=True, slots=True)
class FakeAnalysis:
    """Implements live.parts.Analysis."""

    look: Look
    tracks: tuple[Track, ...]


@dataclass
class FakeAnalyser:
    """Implements live.parts.Analyser: six faces, all of them neutral.

    A semaphore counts finished looks for tests that wait for them. before, if given, is called
    with each frame and may block or raise; after may change the look. at_s holds the times of
    the frames looked at.
    """

    before: Callable[[Frame], None] | None = None
    after: Callable[[Look], Look] | None = None
    engine: str = "fake engine"
    finder: str = "fake finder"
    looked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    at_s: list[float] = field(default_factory=list)
    thread_names: set[str] = field(default_factory=set)
    closed: bool = False

    def make(self) -> FakeAnalyser:
        self.thread_names.add(threading.current_thread().name)
        return self

    def analyse(self, frame: Frame) -> FakeAnalysis:
        assert not self.closed
        self.thread_names.add(threading.current_thread().name)
        if self.before is not None:
            self.before(frame)
        self.at_s.append(frame.captured_at_s)
        probabilities = np.tile(np.array([0.1, 0.8, 0.1], np.float32), (6, 1))
        box = FaceBox(1.0, 1.0, 8.0, 8.0, 0.9)
        tracks = tuple(Track(place, box, probabilities[place], True, True) for place in range(6))
        look = Look(frame.captured_at_s, 6, 6, probabilities)
        if self.after is not None:
            look = self.after(look)
        self.looked.release()
        return FakeAnalysis(look, tracks)

    def close(self) -> None:
        self.thread_names.add(threading.current_thread().name)
        self.closed = True
