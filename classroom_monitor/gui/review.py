"""What the window works out of a stored session before it is shown; no Qt in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classroom_monitor.contracts import Annotations
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.gui.timeline_series import TimelineSeries
from classroom_monitor.sessions.change_points import ChangePoints, change_points
from classroom_monitor.sessions.mean_bounds import MeanBounds
from classroom_monitor.sessions.seconds import Seconds, seconds_of
from classroom_monitor.sessions.summary import (
    RangeSummary,
    SegmentRow,
    segment_table,
    summarise_seconds,
)


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole session and each of its segments in numbers, exclusions left out.

    rows are by time; without segments there are none, because the whole says it all.
    """

    whole: RangeSummary
    rows: tuple[SegmentRow, ...]
    seconds: Seconds
    trust: MeanBounds

    def of_range(self, first_s: float, last_s: float) -> RangeSummary:
        """Return the seconds that start in [first_s, last_s) in numbers."""
        return summarise_seconds(self.seconds, self.trust, first_s, last_s)


@dataclass(frozen=True, slots=True)
class Review:
    """A stored session, its seconds as arrays, and its summary."""

    session: StoredSession
    series: TimelineSeries
    summary: Summary


def load_review(load: Callable[[int], StoredSession], session_id: int) -> Review:
    """Load a session and prepare what is shown of it; for a thread. Raises StoreProblem."""
    session = load(session_id)
    series = TimelineSeries(session.points)
    return Review(session, series, summary_of(session, session.annotations))


def summary_of(session: StoredSession, annotations: Annotations) -> Summary:
    """Return a session's summary with these annotations; for a thread."""
    seconds = seconds_of(session.points, annotations.exclusions)
    trust = MeanBounds.of(seconds)
    whole = summarise_seconds(seconds, trust, 0.0, float("inf"))
    rows = segment_table(session.points, annotations) if annotations.segments else ()
    return Summary(whole, rows, seconds, trust)


def changes_of(session: StoredSession, annotations: Annotations) -> ChangePoints:
    """Return where a session changed, with these exclusions left out; for a thread."""
    return change_points(session.points, annotations.exclusions)
