"""Sessions beside each other: on one time axis by start or by segment, or a course's weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from classroom_monitor.contracts import Annotations, SessionInfo, TimelinePoint
from classroom_monitor.sessions.mean_bounds import MeanBounds
from classroom_monitor.sessions.seconds import FloatArray, Seconds, seconds_of
from classroom_monitor.sessions.summary import RangeSummary, summarise_seconds


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
    are means over a column's seconds, NaN where a session has none (outside it, gaps, exclusions,
    too few faces). slots are the segments by which the sessions are aligned, () by start.
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


def align_by_start(sessions: Sequence[ComparedSession], columns: int = 600) -> Aligned:
    """Return sessions side by side from their starts, in at most `columns` columns."""
    arrays = [seconds_of(each.points, each.annotations.exclusions) for each in sessions]
    longest_s = max((part.t_s[-1] + 1 for part in arrays if len(part)), default=0.0)
    return _on_grid(sessions, arrays, longest_s, columns)


def align_by_segment(sessions: Sequence[ComparedSession], columns: int = 600) -> Aligned:
    """Return sessions aligned at each segment that at least two of them have, by title."""
    return align_by_start(sessions, columns)


def common_segments(sessions: Sequence[ComparedSession]) -> tuple[str, ...]:
    """Return the titles by which align_by_segment aligns, () where there are none."""
    return ()


def course_over_weeks(sessions: Sequence[ComparedSession]) -> tuple[CourseRow, ...]:
    """Return a row a session, by date."""
    ordered = sorted(sessions, key=lambda each: each.info.started_at)
    rows = []
    for each in ordered:
        first, day = ordered[0].info.started_at.date(), each.info.started_at.date()
        whole = seconds_of(each.points, each.annotations.exclusions)
        summary = summarise_seconds(whole, MeanBounds.of(whole), 0, np.inf)
        week = _monday(day).toordinal() // 7 - _monday(first).toordinal() // 7 + 1
        rows.append(CourseRow(each.info.session_id, each.info.title, day, week, summary))
    return tuple(rows)


def _monday(day: date) -> date:
    return date.fromordinal(day.toordinal() - day.weekday())


def _on_grid(
    sessions: Sequence[ComparedSession],
    arrays: Sequence[Seconds],
    longest_s: float,
    columns: int,
) -> Aligned:
    step_s = max(1, -int(-longest_s // max(1, columns)))
    count = -int(-longest_s // step_s)
    tables = [_means(part, step_s, count) for part in arrays]
    values = np.stack(tables) if tables else np.full((0, count, 6), np.nan)
    return Aligned(
        session_ids=tuple(each.info.session_id for each in sessions),
        edges_s=np.arange(count + 1, dtype=np.float64) * step_s,
        shares=values[:, :, 0:3],
        coverage=values[:, :, 3],
        seen=values[:, :, 4],
        used=values[:, :, 5],
        slots=(),
    )


def _means(part: Seconds, step_s: int, count: int) -> FloatArray:
    rows = np.column_stack([part.shares, part.coverage, part.seen, part.used])
    column = (part.t_s // step_s).astype(np.int64)
    there = np.isfinite(rows)
    sums, counts = np.zeros((count, 6)), np.zeros((count, 6))
    np.add.at(sums, column, np.where(there, rows, 0.0))
    np.add.at(counts, column, there)
    means = np.full((count, 6), np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means
