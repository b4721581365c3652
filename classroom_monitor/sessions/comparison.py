"""Sessions beside each other: on one time axis by start or by segment, or a course's weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from classroom_monitor.contracts import Annotations, SessionInfo, TimelinePoint
from classroom_monitor.sessions.mean_bounds import MeanBounds
from classroom_monitor.sessions.seconds import FloatArray, Seconds, seconds_of
from classroom_monitor.sessions.summary import RangeSummary, summarise_seconds

_VALUES = 6


class ComparedSession(Protocol):
    """A saved session as comparisons take it (the window's StoredSession is one)."""

    @property
    def info(self) -> SessionInfo:
        """Its description."""

    @property
    def points(self) -> Sequence[TimelinePoint]:
        """Its seconds, oldest first."""

    @property
    def annotations(self) -> Annotations:
        """Its segments and exclusions."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A segment's place on the common axis, [start_s, end_s), under its title."""

    title: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Aligned:
    """k sessions on one axis of m columns.

    edges_s (m + 1,) seconds on the common axis. shares (k, m, 3), coverage, seen and used (k, m)
    are means over a column's seconds, shares with every used face counting the same; NaN where a
    session has none (outside it, gaps, exclusions, too few faces). slots are the segments by which
    the sessions are aligned, () by start.
    """

    session_ids: tuple[int, ...]
    edges_s: FloatArray
    shares: FloatArray
    coverage: FloatArray
    seen: FloatArray
    used: FloatArray
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One session of a course: its day, the week counted from the first session's (1), its mix."""

    session_id: int
    title: str
    day: date
    week: int
    summary: RangeSummary


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a session and where it starts on the common axis."""

    seconds: Seconds
    first_s: float
    at_s: float


def align_by_start(sessions: Sequence[ComparedSession], columns: int = 600) -> Aligned:
    """Return sessions side by side from their starts, in at most `columns` columns."""
    parts = [[_Part(_seconds(each), 0.0, 0.0)] for each in sessions]
    longest_s = max((_length_s(of_one[0].seconds) for of_one in parts), default=0.0)
    return _aligned(sessions, parts, longest_s, columns, ())


def align_by_segment(sessions: Sequence[ComparedSession], columns: int = 600) -> Aligned:
    """Return sessions aligned at the start of each of common_segments, in that order.

    A slot is as long as the longest of its segments; a session whose own is shorter has nothing in
    the rest of it. What lies in no common segment is left out. No columns where there are none.
    """
    arrays = [_seconds(each) for each in sessions]
    spans = [_spans(each, _length_s(array)) for each, array in zip(sessions, arrays, strict=True)]
    slots: list[Slot] = []
    parts: list[list[_Part]] = [[] for _ in sessions]
    at_s = 0.0
    for title, key in _common(spans):
        lengths = [of_one[key][2] - of_one[key][1] for of_one in spans if key in of_one]
        slots.append(Slot(title, at_s, at_s + max(lengths)))
        for of_one, array, its_parts in zip(spans, arrays, parts, strict=True):
            if key in of_one:
                _, start_s, end_s = of_one[key]
                its_parts.append(_Part(array.part(start_s, end_s), start_s, at_s))
        at_s = slots[-1].end_s
    return _aligned(sessions, parts, at_s, columns, tuple(slots))


def common_segments(sessions: Sequence[ComparedSession]) -> tuple[str, ...]:
    """Return the titles by which align_by_segment aligns, () where there are none.

    Those of segments that at least two sessions have, in the order of the first session that has
    them. Titles are the same whatever their case and outer blanks; the second of a title in one
    session goes with the second of it in another.
    """
    spans = [_spans(each, _length_s(_seconds(each))) for each in sessions]
    return tuple(title for title, _ in _common(spans))


def course_over_weeks(sessions: Sequence[ComparedSession]) -> tuple[CourseRow, ...]:
    """Return a row a session, by date. Weeks start on Monday."""
    ordered = sorted(sessions, key=lambda each: each.info.started_at)
    rows = []
    for each in ordered:
        first, day = ordered[0].info.started_at.date(), each.info.started_at.date()
        whole = _seconds(each)
        summary = summarise_seconds(whole, MeanBounds.of(whole), 0, np.inf)
        week = (_monday(day) - _monday(first)) // 7 + 1
        rows.append(CourseRow(each.info.session_id, each.info.title, day, week, summary))
    return tuple(rows)


_Key = tuple[str, int]
_Spans = dict[_Key, tuple[str, float, float]]


def _spans(session: ComparedSession, length_s: float) -> _Spans:
    """A session's segments: title, start and end, by folded title and the how manieth of it."""
    segments = sorted(session.annotations.segments, key=lambda segment: segment.t_s)
    ends = [segment.t_s for segment in segments[1:]] + [max(length_s, 0.0)]
    seen: Counter[str] = Counter()
    spans: _Spans = {}
    for segment, end_s in zip(segments, ends, strict=False):  # no segment, one end
        folded = segment.title.strip().casefold()
        if end_s > segment.t_s:
            spans[folded, seen[folded]] = (segment.title.strip(), segment.t_s, end_s)
        seen[folded] += 1
    return spans


def _common(spans: Sequence[_Spans]) -> list[tuple[str, _Key]]:
    """Title and key of each segment that two or more sessions have."""
    how_often = Counter(key for of_one in spans for key in of_one)
    titles = {key: span[0] for of_one in reversed(spans) for key, span in of_one.items()}
    ordered = dict.fromkeys(key for of_one in spans for key in of_one)
    return [(titles[key], key) for key in ordered if how_often[key] > 1]


def _aligned(
    sessions: Sequence[ComparedSession],
    parts: Sequence[Sequence[_Part]],
    length_s: float,
    columns: int,
    slots: tuple[Slot, ...],
) -> Aligned:
    step_s = max(1, -int(-length_s // max(1, columns)))
    count = -int(-length_s // step_s)
    values = np.full((len(sessions), count, _VALUES), np.nan)
    for row, of_one in zip(values, parts, strict=True):
        row[:] = _means(of_one, step_s, count)
    return Aligned(
        session_ids=tuple(each.info.session_id for each in sessions),
        edges_s=np.arange(count + 1, dtype=np.float64) * step_s,
        shares=values[:, :, 0:3],
        coverage=values[:, :, 3],
        seen=values[:, :, 4],
        used=values[:, :, 5],
        slots=slots,
    )


def _means(parts: Sequence[_Part], step_s: int, count: int) -> FloatArray:
    """Return (count, 6) column means of the parts of one session."""
    sums, weights = np.zeros((count, _VALUES)), np.zeros((count, _VALUES))
    for part in parts:
        of = part.seconds
        rows = np.column_stack([of.shares, of.coverage, of.seen, of.used])
        times_s = of.t_s - part.first_s + part.at_s
        column = np.minimum((times_s // step_s).astype(np.int64), count - 1)
        weight = np.isfinite(rows).astype(np.float64)
        weight[:, 0:3] *= np.nan_to_num(of.used)[:, None]
        np.add.at(sums, column, np.nan_to_num(rows) * weight)
        np.add.at(weights, column, weight)
    means = np.full((count, _VALUES), np.nan)
    np.divide(sums, weights, out=means, where=weights > 0)
    return means


def _seconds(session: ComparedSession) -> Seconds:
    return seconds_of(session.points, session.annotations.exclusions)


def _length_s(seconds: Seconds) -> float:
    return float(seconds.t_s[-1] + 1) if len(seconds) else 0.0


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()
