"""What a report tells of a session: the numbers and sentences that every format shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Marker
from classroom_monitor.sessions.change_points import ChangePoints, change_points
from classroom_monitor.sessions.comparison import ComparedSession
from classroom_monitor.sessions.seconds import included
from classroom_monitor.sessions.summary import (
    RangeSummary,
    SegmentRow,
    segment_table,
    summarise,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Where the seconds of a session went; the parts after all_s add up to it.

    In a counts-only session no second has a mix, and counted_s are those with a picture; otherwise
    counted_s are those with shares and too_few_s those below the group minimum.
    """

    all_s: int
    counted_s: int
    too_few_s: int
    gap_s: int
    excluded_s: int


@dataclass(frozen=True, slots=True)
class Report:
    """A session and what was computed of it; exclusions are left out of every number.

    segments holds a row for each segment and, where the first starts later, one for what precedes
    it; it is empty where there are no segments. markers are by time.
    """

    session: ComparedSession
    whole: RangeSummary
    segments: tuple[SegmentRow, ...]
    markers: tuple[Marker, ...]
    changes: ChangePoints
    tally: Tally

    @property
    def counts_only(self) -> bool:
        """Whether there are no moods in it."""
        return self.session.info.counts_only

    @property
    def name(self) -> str:
        """The session's title, or its source where it has none."""
        return self.session.info.title or self.session.info.source


def make_report(session: ComparedSession) -> Report:
    """Compute a session's report; takes a moment, for the test of changes most of it."""
    points, annotations = session.points, session.annotations
    exclusions = annotations.exclusions
    return Report(
        session=session,
        whole=summarise(points, exclusions, 0.0, float(len(points))),
        segments=segment_table(points, annotations) if annotations.segments else (),
        markers=tuple(sorted(annotations.markers, key=lambda marker: marker.t_s)),
        changes=_changes(session),
        tally=_tally(session),
    )


def _changes(session: ComparedSession) -> ChangePoints:
    if session.info.counts_only:
        return ChangePoints((), "", "This session counted faces only.")
    return change_points(session.points, session.annotations.exclusions)


def _tally(session: ComparedSession) -> Tally:
    points = session.points
    inside = included(points, session.annotations.exclusions)
    gap = np.array([point.gap for point in points], np.bool_) & inside
    lacking = np.array([point.shares is None for point in points], np.bool_) & inside & ~gap
    if session.info.counts_only:
        lacking[:] = False
    return Tally(
        all_s=len(points),
        counted_s=int((inside & ~gap & ~lacking).sum()),
        too_few_s=int(lacking.sum()),
        gap_s=int(gap.sum()),
        excluded_s=int((~inside).sum()),
    )
