"""What face finders take and find when they follow the drawn hall, as in a session."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from statistics import fmean

from classroom_monitor.benchmark.cameras import RATE_HZ
from classroom_monitor.benchmark.material import Material
from classroom_monitor.benchmark.timing import Timing, summarise
from classroom_monitor.contracts import FaceBox, Frame, SequenceFinder, Sighting, UInt8Array
from classroom_monitor.vision.follower import FaceFollower

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

    first_ms is its first look, which knows nothing yet; looking is of those after the first
    SETTLING_LOOKS, mean_ms their mean, which tells more where looks differ. following is the rest
    of a frame: tracking, and judging the quality of the faces whose turn it is. followed counts
    the faces on screen after the last look.
    """

    finder: str
    mode: str
    first_ms: float
    mean_ms: float
    looking: Timing
    following: Timing
    faces: int
    followed: int


def measure_finder(choice: FinderChoice, material: Material, budget_s: float) -> FinderTime:
    """Let a finder follow the hall's faces as in a session, after settling for about budget_s.

    Raises BundleProblem where the finder's model is missing.
    """
    frames = (
        Frame(index, index / RATE_HZ, picture)
        for index, picture in enumerate(cycle(material.pictures_bgr))
    )
    finder = TimedFinder(choice.open())
    with closing(FaceFollower(finder)) as follower:
        for _ in range(1 + SETTLING_LOOKS):
            follower.follow(next(frames))
        first_s = finder.times_s[0]
        finder.times_s.clear()
        following_s: list[float] = []
        until_s = time.perf_counter() + budget_s
        while not following_s or time.perf_counter() < until_s:
            frame = next(frames)
            begun_s = time.perf_counter()
            followed = follower.follow(frame)
            following_s.append(time.perf_counter() - begun_s - finder.times_s[-1])
    return FinderTime(
        finder=choice.finder,
        mode=choice.mode,
        first_ms=1000 * first_s,
        mean_ms=1000 * fmean(finder.times_s),
        looking=summarise(finder.times_s),
        following=summarise(following_s),
        faces=material.faces,
        followed=len(followed.faces),
    )


class TimedFinder:
    """A finder whose looks are timed; implements contracts.SequenceFinder."""

    def __init__(self, finder: SequenceFinder) -> None:
        """Take over the finder: close frees it."""
        self.times_s: list[float] = []
        self._finder = finder

    @property
    def name(self) -> str:
        """The finder and its mode."""
        return self._finder.name

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Look at the next frame."""
        begun_s = time.perf_counter()
        sighting = self._finder.look(image_bgr, known, budget_ms)
        self.times_s.append(time.perf_counter() - begun_s)
        return sighting

    def close(self) -> None:
        """Free the models."""
        self._finder.close()
