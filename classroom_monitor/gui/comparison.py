"""What the window works out of several stored sessions before they are compared; no Qt in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.formats import date_and_time
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions.comparison import (
    Aligned,
    CourseRow,
    align_by_segment,
    align_by_start,
    common_segments,
    course_over_weeks,
)

logger = logging.getLogger(__name__)

_COLUMNS = 180
"""Steps of the common axis: a curve of more is too restless to be compared with others."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sessions by date, on one axis by their starts and, where they share some, by segments.

    infos and rows describe them in the order of the curves. missing says, in a line for each, why
    sessions that were asked for are not among them.
    """

    infos: tuple[SessionInfo, ...]
    rows: tuple[CourseRow, ...]
    by_start: Aligned
    by_segment: Aligned | None
    missing: tuple[str, ...] = ()

    @property
    def counts_only(self) -> bool:
        """Whether no session has moods."""
        return all(info.counts_only for info in self.infos)

    @property
    def names(self) -> tuple[str, ...]:
        """What each session is called beside its curve."""
        return tuple(info.title or date_and_time(info.started_at) for info in self.infos)


def load_comparison(load: Callable[[int], StoredSession], ids: Sequence[int]) -> Comparison:
    """Load sessions and lay them over each other; for a thread.

    Sessions that cannot be read are left out and named. Raises StoreProblem where none can.
    """
    sessions: list[StoredSession] = []
    missing: list[str] = []
    for session_id in ids:
        try:
            sessions.append(load(session_id))
        except StoreProblem as problem:
            logger.info("session %d is not compared: %s", session_id, problem)
            missing.append(str(problem))
    if not sessions:
        raise StoreProblem(missing[0] if missing else "no session was chosen: select some")
    sessions.sort(key=lambda session: (session.info.started_at, session.info.session_id))
    return Comparison(
        infos=tuple(session.info for session in sessions),
        rows=course_over_weeks(sessions),
        by_start=align_by_start(sessions, _COLUMNS),
        by_segment=align_by_segment(sessions, _COLUMNS) if common_segments(sessions) else None,
        missing=tuple(missing),
    )


def only(aligned: Aligned, shown: Sequence[bool]) -> Aligned:
    """Return sessions laid over each other, with those not shown empty; the others keep colours."""
    there = np.asarray(shown, np.bool_)
    return replace(
        aligned,
        shares=np.where(there[:, None, None], aligned.shares, np.nan),
        coverage=np.where(there[:, None], aligned.coverage, np.nan),
        seen=np.where(there[:, None], aligned.seen, np.nan),
    )
