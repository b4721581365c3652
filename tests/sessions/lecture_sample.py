"""A made-up lecture with everything in it that a report can tell of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import numpy as np

from classroom_monitor.contracts import (
    Annotation,
    Annotations,
    Exclusion,
    Marker,
    NewSession,
    Segment,
    SessionInfo,
    SessionState,
    Shares,
    TimelinePoint,
)
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions.store import Store

STARTED_AT = datetime(2026, 3, 2, 9, 15, tzinfo=timezone(timedelta(hours=1)))
TOPICS = ("Welcome & recap", "Refraction", "Snell's law, derived", "Break", "Exercises <in pairs>")


def lecture(minutes: int = 75, *, counts_only: bool = False) -> StoredSession:
    """Return a lecture whose mood turns at 40%, with a pause, a break left out, thin seconds."""
    seconds = 60 * minutes
    random = np.random.default_rng(7)
    points = tuple(_point(t_s, seconds, random, counts_only) for t_s in range(seconds))
    info = SessionInfo(
        session_id=12,
        title="Optics, lecture 4",
        source="Lecture hall camera",
        started_at=STARTED_AT,
        seconds=seconds,
        mode="room",
        engine="litert-int8",
        group_minimum=5,
        counts_only=counts_only,
        state=SessionState.COMPLETE,
        model="" if counts_only else "shipped",
        program_version="0.1.0",
        course="Physics II",
    )
    return StoredSession(info, points, _annotations(seconds))


def _annotations(seconds: int) -> Annotations:
    starts = (0.01, 0.12, 0.4, 0.55, 0.65)
    return Annotations(
        markers=(
            Marker(1, 0.22 * seconds, "question from the back rows"),
            Marker(2, 0.45 * seconds, "=HYPERLINK(joke)"),
            Marker(3, 0.8 * seconds, "Ünglück: projector off"),
        ),
        segments=tuple(
            Segment(number, start * seconds, title)
            for number, (start, title) in enumerate(zip(starts, TOPICS, strict=True), start=1)
        ),
        exclusions=(Exclusion(1, 0.55 * seconds, 0.65 * seconds, "break"),),
    )


def _point(t_s: int, seconds: int, random: np.random.Generator, counts_only: bool) -> TimelinePoint:
    clock = STARTED_AT + timedelta(seconds=t_s)
    where = t_s / seconds
    if 0.3 <= where < 0.33:
        return TimelinePoint(t_s, clock, 0, 0, None, expected=31, coverage=None, gap=True)
    used = 3 if 0.86 <= where < 0.9 else int(random.integers(20, 28))
    shares = None if counts_only or used < 5 else _shares(where, used, random)
    return TimelinePoint(
        t_s, clock, used + 4, used, shares, expected=31, coverage=used / 31, gap=False
    )


def _shares(where: float, used: int, random: np.random.Generator) -> Shares:
    wave = 0.04 * np.sin(40 * where)
    negative = (0.14 if where < 0.4 else 0.3) + wave
    counts = random.multinomial(used, (negative, 0.6 - negative, 0.4))
    mix = (counts / used).tolist()
    half = 1.96 * np.sqrt(counts / used * (1 - counts / used) / used + 0.002)
    bounds = [(max(0.0, m - h), min(1.0, m + h)) for m, h in zip(mix, half, strict=True)]
    (low_1, high_1), (low_2, high_2), (low_3, high_3) = bounds
    return Shares(mix[0], mix[1], mix[2], low=(low_1, low_2, low_3), high=(high_1, high_2, high_3))


def store_session(store: Store, session: StoredSession) -> int:
    """Save a session as if it had been recorded, and return the number that it got."""
    info = session.info
    writer = store.begin(
        NewSession(
            title=info.title,
            source=info.source,
            started_at=info.started_at,
            mode=info.mode,
            engine=info.engine,
            group_minimum=info.group_minimum,
            counts_only=info.counts_only,
            model=info.model,
            course=info.course,
        )
    )
    writer.append(session.points)
    writer.finish()
    notes = session.annotations
    every: tuple[Annotation, ...] = (*notes.markers, *notes.segments, *notes.exclusions)
    store.annotate(writer.session_id, [as_new(each) for each in every], ())
    return writer.session_id


def as_new(annotation: Annotation) -> Annotation:
    """Return an annotation that the store gives a number of its own."""
    match annotation:
        case Marker():
            return replace(annotation, marker_id=0)
        case Segment():
            return replace(annotation, segment_id=0)
        case Exclusion():
            return replace(annotation, exclusion_id=0)
