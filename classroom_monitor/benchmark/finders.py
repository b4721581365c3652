"""What face finders take and find when they follow the drawn hall, as in a session."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle

from classroom_monitor.benchmark.cameras import RATE_HZ
from classroom_monitor.benchmark.material import Material
from classroom_monitor.benchmark.timing import Timing, summarise
from classroom_monitor.contracts import SequenceFinder, Sighting, UInt8Array
from classroom_monitor.vision.tracker import FollowedFace, Tracker

SETTLING_LOOKS = 30
"""A second of frames, in which a scan that is spread over frames gets to know the room."""


@dataclass(frozen=True, slots=True)
class FinderChoice:
    """A face finder for sequences to measure, by name and mode."""

    finder: str
    mode: str
    open: Callable[[], SequenceFinder]


@dataclass(frozen=True, slots=True)
class FinderTime:
    """What a finder takes a frame, and how many of the hall's faces are followed with it.

    first_ms is its first look, which knows nothing yet and may look everywhere; following is of
    those after the first SETTLING_LOOKS, mean_ms their mean, which tells more where looks differ.
    tracking is the tracker's part. followed counts the tracks on screen after the last look.
    """

    finder: str
    mode: str
    first_ms: float
    mean_ms: float
    following: Timing
    tracking: Timing
    faces: int
    followed: int


def measure_finder(choice: FinderChoice, material: Material, budget_s: float) -> FinderTime:
    """Let a finder and the tracker follow the hall, after settling for about budget_s.

    Raises BundleProblem where the finder's model is missing.
    """
    with closing(choice.open()) as finder:
        walk = _Walk(finder, cycle(material.pictures_bgr))
        walk.look()
        first_s = walk.looking_s[0]
        for _ in range(SETTLING_LOOKS):
            walk.look()
        walk.forget_times()
        until_s = time.perf_counter() + budget_s
        while not walk.looking_s or time.perf_counter() < until_s:
            walk.look()
    return FinderTime(
        finder=choice.finder,
        mode=choice.mode,
        first_ms=1000 * first_s,
        mean_ms=1000 * sum(walk.looking_s) / len(walk.looking_s),
        following=summarise(walk.looking_s),
        tracking=summarise(walk.tracking_s),
        faces=material.faces,
        followed=len(walk.faces),
    )


class _Walk:
    """A finder and a tracker that help each other through the frames, and what each takes."""

    def __init__(self, finder: SequenceFinder, frames: Iterator[UInt8Array]) -> None:
        self.faces: list[FollowedFace] = []
        self.looking_s: list[float] = []
        self.tracking_s: list[float] = []
        self._finder = finder
        self._frames = frames
        self._tracker = Tracker()
        self._looks = 0

    def look(self) -> None:
        """Follow the faces into the next frame."""
        at_s = self._looks / RATE_HZ
        self._looks += 1
        begun_s = time.perf_counter()
        known = self._tracker.expect(at_s)
        asked_s = time.perf_counter()
        sighting: Sighting = self._finder.look(next(self._frames), known)
        seen_s = time.perf_counter()
        self.faces = self._tracker.update(sighting, at_s)
        done_s = time.perf_counter()
        self.looking_s.append(seen_s - asked_s)
        self.tracking_s.append(asked_s - begun_s + done_s - seen_s)

    def forget_times(self) -> None:
        """Begin to count anew."""
        self.looking_s.clear()
        self.tracking_s.clear()
