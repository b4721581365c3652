"""Rows of the store's tables to records and back; what a damaged file holds is refused here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone

from classroom_monitor.contracts import (
    Exclusion,
    Marker,
    Segment,
    SessionInfo,
    SessionState,
    Shares,
    TimelinePoint,
)

SESSION_COLUMNS = (
    "session_id, title, source, started_at, mode, engine, model, program_version, group_minimum, "
    "counts_only, confidence_level, state, writer, job, course, notes"
)
POINT_COLUMNS = (
    "t_s, seen, used, negative, neutral, positive, negative_low, negative_high, neutral_low, "
    "neutral_high, positive_low, positive_high, expected, coverage, gap"
)

Value = str | int | float | None
Row = Sequence[Value]

_LONGEST_LINE = 200
_LONGEST_TEXT = 20_000


def clean_line(text: str) -> str:
    """Return text as one storable line: no control characters or lone surrogates, 200 at most."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    printable = "".join(char if char.isprintable() else " " for char in sound)
    return " ".join(printable.split())[:_LONGEST_LINE]


def clean_text(text: str) -> str:
    """Return text as storable lines, parted by line feeds: 20,000 characters at most."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    lines = (
        "".join(char if char.isprintable() else " " for char in line).rstrip()
        for line in sound.splitlines()
    )
    return "\n".join(lines).strip("\n")[:_LONGEST_TEXT]


def fixed_offset(moment: datetime) -> datetime:
    """Return an aware datetime with its UTC offset frozen, as it is stored."""
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))


def session_from_row(row: Row, seconds: int, writer_lives: bool) -> SessionInfo:
    """Make the record of a SESSION_COLUMNS row. Raises ValueError or TypeError for damaged ones.

    A session that says it is running but whose writer is gone was interrupted.
    """
    state = SessionState(row[11])
    if state is SessionState.RUNNING and not writer_lives:
        state = SessionState.INTERRUPTED
    started_at = datetime.fromisoformat(_text(row[3]))
    if started_at.utcoffset() is None:
        raise ValueError("started_at has no offset")
    return SessionInfo(
        session_id=_whole(row[0]),
        title=_text(row[1]),
        source=_text(row[2]),
        started_at=started_at,
        seconds=seconds,
        mode=_text(row[4]),
        engine=_text(row[5]),
        model=_text(row[6]),
        program_version=_text(row[7]),
        group_minimum=_whole(row[8]),
        counts_only=bool(_whole(row[9])),
        confidence_level=_real(row[10]),
        state=state,
        course=_text(row[14]),
        notes=_text(row[15]),
    )


def point_to_row(session_id: int, point: TimelinePoint) -> Row:
    """Return the row of a point: session_id, then POINT_COLUMNS."""
    shares: list[float | None] = [None] * 9
    if point.shares is not None:
        low, high = point.shares.low, point.shares.high
        shares = [point.shares.negative, point.shares.neutral, point.shares.positive]
        shares += [low[0], high[0], low[1], high[1], low[2], high[2]]
    return (
        session_id,
        point.t_s,
        point.seen,
        point.used,
        *shares,
        point.expected,
        point.coverage,
        int(point.gap),
    )


def points_from_rows(rows: Iterable[Row], started_at: datetime) -> list[TimelinePoint]:
    """Make the points of POINT_COLUMNS rows. Raises ValueError or TypeError for damaged ones."""
    return [_point(row, started_at) for row in rows]


def marker_from_row(row: Row) -> Marker:
    """Make the marker of an id, a time and a text. Raises ValueError or TypeError."""
    return Marker(_whole(row[0]), _real(row[1]), _text(row[2]))


def segment_from_row(row: Row) -> Segment:
    """Make the segment of an id, a time and a title. Raises ValueError or TypeError."""
    return Segment(_whole(row[0]), _real(row[1]), _text(row[2]))


def exclusion_from_row(row: Row) -> Exclusion:
    """Make the exclusion of an id, its bounds and a reason. Raises ValueError or TypeError."""
    return Exclusion(_whole(row[0]), _real(row[1]), _real(row[2]), _text(row[3]))


def _point(row: Row, started_at: datetime) -> TimelinePoint:
    t_s = _whole(row[0])
    return TimelinePoint(
        t_s=t_s,
        clock=started_at + timedelta(seconds=t_s),
        seen=_whole(row[1]),
        used=_whole(row[2]),
        shares=_shares(row[3:12]),
        expected=_whole(row[12]),
        coverage=None if row[13] is None else _real(row[13]),
        gap=bool(_whole(row[14])),
    )


def _shares(values: Row) -> Shares | None:
    if values[0] is None:
        return None
    negative, neutral, positive, *bounds = [_real(value) for value in values]
    low = (bounds[0], bounds[2], bounds[4])
    high = (bounds[1], bounds[3], bounds[5])
    return Shares(negative, neutral, positive, low=low, high=high)


def _whole(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value


def _real(value: Value) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value!r} is not a finite number")
    return float(value)


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
