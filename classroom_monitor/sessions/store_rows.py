"""Rows of the store's tables to records and back; what a damaged file holds is refused here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from types import NoneType
from typing import Any

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

_POINT_TYPES = (
    *[(int, False)] * 3,
    *[(float, True)] * 9,
    (int, False),
    (float, True),
    (int, False),
)
"""The type of each of POINT_COLUMNS, and whether a value may be missing."""

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
    """Make the points of POINT_COLUMNS rows. Raises ValueError or TypeError for damaged ones.

    Values are checked by column: eight hours have half a million of them.
    """
    read: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    columns = list(zip(*read, strict=True))
    for place, column in enumerate(columns):
        _check_column(column, *_POINT_TYPES[place])
    return [_point(row, started_at) for row in read]


def marker_from_row(row: Row) -> Marker:
    """Make the marker of an id, a time and a text. Raises ValueError or TypeError."""
    return Marker(_whole(row[0]), _real(row[1]), _text(row[2]))


def segment_from_row(row: Row) -> Segment:
    """Make the segment of an id, a time and a title. Raises ValueError or TypeError."""
    return Segment(_whole(row[0]), _real(row[1]), _text(row[2]))


def exclusion_from_row(row: Row) -> Exclusion:
    """Make the exclusion of an id, its bounds and a reason. Raises ValueError or TypeError."""
    return Exclusion(_whole(row[0]), _real(row[1]), _real(row[2]), _text(row[3]))


def _check_column(column: tuple[Any, ...], kind: type, may_lack: bool) -> None:
    """Raise TypeError for a column that holds anything but finite numbers of a kind."""
    kinds = set(map(type, column))
    if not kinds <= ({kind, NoneType} if may_lack else {kind}):
        raise TypeError(f"a column of points holds {kinds}")
    if kind is float and not math.isfinite(sum(value for value in column if value is not None)):
        raise TypeError("a column of points holds infinite numbers")


def _point(row: tuple[Any, ...], started_at: datetime) -> TimelinePoint:
    """Make the point of a checked row."""
    t_s, seen, used, negative, neutral, positive, *bounds, expected, coverage, gap = row
    shares = None
    if negative is not None:
        if None in (neutral, positive, *bounds):
            raise TypeError("a point has only some of its shares")
        low, high = tuple(bounds[0::2]), tuple(bounds[1::2])
        shares = Shares(negative, neutral, positive, low, high)
    clock = started_at + timedelta(seconds=t_s)
    return TimelinePoint(t_s, clock, seen, used, shares, expected, coverage, bool(gap))


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
