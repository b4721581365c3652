"""Sessions of any length with a plausible course, written into a store: for looking and timing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import (
    Exclusion,
    Marker,
    NewSession,
    Segment,
    Shares,
    TimelinePoint,
)
from classroom_monitor.sessions.store import open_store

STARTED_AT = datetime(2026, 10, 5, 9, 15, tzinfo=timezone(timedelta(hours=1)))
FACES = 24
TOPICS = ("Recap", "Definitions", "Worked example", "Questions", "Proof", "Exercises", "Outlook")


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a stored lecture is to be like; seed makes it different from others."""

    seconds: int
    title: str = "Statistics, week 1"
    course: str = "Statistics I"
    markers: int = 6
    segments: int = 5
    seed: int = 1
    days: int = 0


def points(lecture: Lecture) -> list[TimelinePoint]:
    """Return seconds with shares that wander around levels which change a few times."""
    random = np.random.default_rng(lecture.seed)
    count = lecture.seconds
    levels = random.dirichlet((3.0, 6.0, 3.0), size=5)
    level = levels[np.minimum(4, np.arange(count) * 5 // max(1, count))]
    noise = np.zeros((count, 3))
    steps = random.normal(0.0, 0.02, (count, 3))
    for row in range(1, count):
        noise[row] = 0.95 * noise[row - 1] + steps[row]
    mixes = np.clip(level + noise, 0.02, None)
    mixes /= mixes.sum(axis=1, keepdims=True)
    seen = np.clip(FACES + np.cumsum(random.integers(-1, 2, count)) % 7 - 3, 4, None)
    started = STARTED_AT + timedelta(days=lecture.days)
    return [_point(row, mixes[row], int(seen[row]), started) for row in range(count)]


def _triple(values: NDArray[np.float64]) -> tuple[float, float, float]:
    first, second, third = values.tolist()
    return first, second, third


def _point(t_s: int, mix: NDArray[np.float64], seen: int, started: datetime) -> TimelinePoint:
    used = seen - 4 if t_s % 900 > 20 else 3
    clock = started + timedelta(seconds=t_s)
    if 1500 <= t_s % 7200 < 1530:
        return TimelinePoint(t_s, clock, 0, 0, None, expected=FACES, coverage=None, gap=True)
    half = 1.96 * np.sqrt(mix * (1 - mix) / max(1, used))
    low, high = _triple(np.clip(mix - half, 0, 1)), _triple(np.clip(mix + half, 0, 1))
    shares = Shares(*_triple(mix), low, high) if used >= 5 else None
    coverage = min(1.0, used / FACES)
    return TimelinePoint(
        t_s, clock, seen, used, shares, expected=FACES, coverage=coverage, gap=False
    )


def store_lectures(folder: Path, lectures: Sequence[Lecture]) -> list[int]:
    """Write lectures into the store of a folder, and return their ids."""
    with open_store(folder) as store:
        ids = []
        for lecture in lectures:
            writer = store.begin(
                NewSession(
                    title=lecture.title,
                    source="Lecture hall camera",
                    started_at=STARTED_AT + timedelta(days=lecture.days),
                    mode="room",
                    engine="litert-int8",
                    group_minimum=5,
                    counts_only=False,
                    model="shipped",
                    course=lecture.course,
                )
            )
            writer.append(points(lecture))
            writer.finish()
            ids.append(writer.session_id)
            store.annotate(writer.session_id, notes_of(lecture), ())
    return ids


def notes_of(lecture: Lecture) -> list[Marker | Segment | Exclusion]:
    """Return markers and segments spread evenly, and one stretch left out."""
    length_s = float(lecture.seconds)
    spread = np.linspace(0, length_s, lecture.markers, endpoint=False)
    starts = np.linspace(0, length_s, lecture.segments, endpoint=False)
    markers = [Marker(0, float(at_s) + 7.5, f"question {n + 1}") for n, at_s in enumerate(spread)]
    segments = [Segment(0, float(at_s), TOPICS[n % len(TOPICS)]) for n, at_s in enumerate(starts)]
    left_out = Exclusion(0, 0.6 * length_s, 0.63 * length_s, "fire alarm")
    return [*markers, *segments, left_out]
