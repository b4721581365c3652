"""Runs an eight-hour lecture faster than the clock, with a fault every few minutes.

    python -m tests.soak --hours 8 --looks-hz 2

Thirty faces come and go. Capture, tracks, crops, timeline and store are those of a lecture; face
finder and network are stand-ins, so that eight hours take minutes: tests/endurance.py has the real
ones. What fails, in turn: the camera, for seven seconds; the camera by a bug; either stage of
the analysis; the recording of a look; the store, which another program locks; the finder, whose
boxes are no places.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import FaceBox, Frame, SessionState, TimelinePoint, UInt8Array
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.parts import Clocks, SessionParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.vision.crops import CropSpec
from classroom_monitor.vision.follower import FaceFollower, Followed
from classroom_monitor.vision.room import Analysis, MoodScorer, Scoring
from tests.endurance import Footprint, footprint, tell
from tests.fakes.classifier import FakeClassifier
from tests.fakes.finder import FakeFinder
from tests.live.rig import PLAN

SEATS = 30
OUTAGE_S = 7.0
FAULTS = ("unplugged", "camera bug", "follower", "scorer", "look", "store", "boxes")
_LOOK_TIMEOUT_S = 0.3
_SPEC = CropSpec(48, 1, 1.27, 0.09)


@dataclass
class Lecture:
    """The lecture's clock, who is there, and what fails next."""

    seconds: float
    looks_hz: float
    fault_every_s: float
    s: float = 0.0
    injected: list[tuple[float, str]] = field(default_factory=list)
    looked: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self._looks = self._waited_for = 0
        self._chance = random.Random(0)
        self._is_there = [True] * SEATS
        self._kinds = itertools.cycle(FAULTS)
        self._next_at_s = self.fault_every_s
        self._due = ""

    def monotonic_s(self) -> float:
        return self.s

    def note_look(self) -> None:
        with self.looked:
            self._looks += 1
            self.looked.notify_all()

    def step(self) -> None:
        """Wait a little for the last look, and go on to the next moment."""
        with self.looked:
            self.looked.wait_for(lambda: self._looks > self._waited_for, _LOOK_TIMEOUT_S)
            self._waited_for = self._looks
        self.s += 1.0 / self.looks_hz
        if self.s >= self._next_at_s:
            self._next_at_s += self.fault_every_s
            self._due = next(self._kinds)
            self.injected.append((self.s, self._due))

    def fails(self, kind: str) -> bool:
        """Whether a kind of fault is due; it happens once."""
        if self._due != kind:
            return False
        self._due = ""
        return True

    def faces(self) -> list[FaceBox]:
        """Return who is there now: somebody comes or goes twice a minute."""
        if self._chance.random() < 1.0 / 30.0 / self.looks_hz:
            seat = self._chance.randrange(SEATS)
            self._is_there[seat] = not self._is_there[seat]
        return [
            FaceBox(20.0 + 60 * (seat % 10), 30.0 + 100 * (seat // 10), 40.0, 40.0, 0.9)
            for seat, is_there in enumerate(self._is_there)
            if is_there
        ]


class LectureCamera:
    """Gives a picture at each step of the lecture."""

    name = "soak"
    is_live = True
    duration_s = None

    def __init__(self, lecture: Lecture, picture_bgr: UInt8Array) -> None:
        self._lecture = lecture
        self._picture_bgr = picture_bgr
        self._opened_s = 0.0

    def open(self) -> None:
        self._opened_s = self._lecture.s

    def read(self) -> Frame:
        lecture = self._lecture
        if lecture.s >= lecture.seconds:
            threading.Event().wait(0.2)
            raise CameraProblem("the lecture is over")
        lecture.step()
        if lecture.fails("unplugged"):
            lecture.s += OUTAGE_S
            raise CameraProblem("the camera is unplugged")
        if lecture.fails("camera bug"):
            raise ValueError("a bug in the camera")
        return Frame(0, lecture.s - self._opened_s, self._picture_bgr.copy())

    def close(self) -> None:
        """Nothing is held."""


class LectureFinder(FakeFinder):
    """Finds those who are there."""

    def __init__(self, lecture: Lecture) -> None:
        super().__init__()
        self._lecture = lecture

    def find(self, image_bgr: UInt8Array) -> list[FaceBox]:
        if self._lecture.fails("follower"):
            raise MemoryError("none left")
        wild = [FaceBox(math.nan, -1e9, 1e12, 3.0, 0.9)] if self._lecture.fails("boxes") else []
        return [*wild, *self._lecture.faces()]


class LectureScorer(MoodScorer):
    """Scores, and tells the lecture of it."""

    def __init__(self, lecture: Lecture) -> None:
        super().__init__(Scoring(FakeClassifier(), 0.0))
        self._lecture = lecture

    def score(self, followed: Followed) -> Analysis:
        if self._lecture.fails("scorer"):
            raise RuntimeError("an engine that throws")
        analysis = super().score(followed)
        if self._lecture.fails("look"):
            analysis = replace(analysis, look=replace(analysis.look, seen=-1))
        self._lecture.note_look()
        return analysis


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak left: the timeline, what was injected, and footprints as time went by."""

    points: list[TimelinePoint]
    injected: list[tuple[float, str]]
    footprints: list[Footprint]
    store_files: set[str]


def soak(
    lecture: Lecture, folder: Path, every_s: float, told: Callable[[Footprint], None]
) -> Soaked:
    """Run the lecture to its end; fails unless its session is whole."""
    picture: UInt8Array = np.random.default_rng(0).integers(0, 255, (360, 640, 3), np.uint8)
    parts = SessionParts(
        make_camera=partial(LectureCamera, lecture, picture),
        make_follower=lambda: FaceFollower(LectureFinder(lecture), crop=_SPEC),
        make_scorer=partial(LectureScorer, lecture),
        open_store=partial(open_store, folder, wait_s=0.1),
        capture=CaptureSettings(1e6, 1e6, backoff_min_s=0.01, backoff_max_s=0.01),
        clocks=Clocks(lecture.monotonic_s, lambda: datetime.now().astimezone()),
    )
    session = LiveSession(PLAN, parts, length_s=lecture.seconds)
    session.start()
    footprints = _watch(session, lecture, folder, every_s, told)
    session.stop(30.0)
    assert session.snapshot().fault is None
    with open_store(folder) as store:
        info = store.session("latest")
        points = store.points(info.session_id)
    assert info.state is SessionState.COMPLETE
    files = {path.name for path in folder.iterdir()}
    return Soaked(points, lecture.injected, footprints, files)


def _watch(
    session: LiveSession,
    lecture: Lecture,
    folder: Path,
    every_s: float,
    told: Callable[[Footprint], None],
) -> list[Footprint]:
    found: list[Footprint] = []
    tick = threading.Event()
    while lecture.s < lecture.seconds:
        assert session.snapshot().running, session.snapshot().fault
        if lecture.fails("store"):
            _lock(folder / STORE_NAME, tick)
        if lecture.s >= len(found) * every_s:
            found.append(footprint(lecture.s))
            told(found[-1])
        tick.wait(0.01)
    return found


def _lock(store: Path, tick: threading.Event) -> None:
    """Lock the store for longer than a session waits for it."""
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        tick.wait(0.3)
        other.execute("ROLLBACK")


def lost_seconds(soaked: Soaked) -> list[int]:
    """Return the seconds without a look that no fault accounts for."""
    faults = [(at_s, OUTAGE_S if kind == "unplugged" else 0.0) for at_s, kind in soaked.injected]
    return [
        point.t_s
        for point in soaked.points
        if point.gap and not any(at - 1 <= point.t_s <= at + lasts + 1 for at, lasts in faults)
    ]


def report(soaked: Soaked, seconds: float) -> Sequence[str]:
    """Say in lines what was found."""
    gaps = sum(point.gap for point in soaked.points)
    kinds = {kind: sum(k == kind for _, k in soaked.injected) for kind in FAULTS}
    return (
        f"faults: {kinds}",
        f"timeline: {len(soaked.points)} points for {seconds:.0f} s, in order: "
        f"{[point.t_s for point in soaked.points] == list(range(len(soaked.points)))}; "
        f"{gaps} gaps, {len(lost_seconds(soaked))} of them in no fault",
        f"files of the store: {', '.join(sorted(soaked.store_files))}",
    )


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hours", type=float, default=8.0)
    arguments.add_argument("--looks-hz", type=float, default=2.0)
    arguments.add_argument("--fault-every", type=float, default=180.0, help="seconds")
    given = arguments.parse_args()
    lecture = Lecture(3600 * given.hours, given.looks_hz, given.fault_every)
    begun_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(lecture, Path(folder), 600.0, tell)
    tell(footprint(lecture.s))
    for line in report(soaked, lecture.seconds):
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"took {time.monotonic() - begun_s:.0f} s\n")


if __name__ == "__main__":
    main()
