"""Markers, segments and exclusions in the store: read, and changed within one transaction."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from typing import TypeAlias

from classroom_monitor.contracts import Annotation, Annotations, Exclusion, Marker, Segment
from classroom_monitor.sessions.store_rows import (
    Value,
    clean_line,
    exclusion_from_row,
    marker_from_row,
    segment_from_row,
)

_Kind: TypeAlias = type[Marker] | type[Segment] | type[Exclusion]

_TABLES: dict[_Kind, tuple[str, tuple[str, ...]]] = {
    Marker: ("markers", ("marker_id", "t_s", "text")),
    Segment: ("segments", ("segment_id", "t_s", "title")),
    Exclusion: ("exclusions", ("exclusion_id", "start_s", "end_s", "reason")),
}
"""Each kind's table and columns: its id, when it begins, and the rest of the record."""


def read_annotations(connection: sqlite3.Connection, session_id: int) -> Annotations:
    """Return what was added to a session; nothing for an unknown one.

    Raises ValueError or TypeError for damaged rows, and sqlite3.Error.
    """
    return Annotations(
        markers=tuple(map(marker_from_row, _rows(connection, Marker, session_id))),
        segments=tuple(map(segment_from_row, _rows(connection, Segment, session_id))),
        exclusions=tuple(map(exclusion_from_row, _rows(connection, Exclusion, session_id))),
    )


def insert_annotation(
    connection: sqlite3.Connection, session_id: int, annotation: Annotation
) -> int:
    """Store an annotation, new with id 0, within the caller's transaction; return its id.

    One with another id replaces that of this id, or comes back under it. Raises ValueError for
    times that cannot be meant and for an id of another session.
    """
    number, *values = _values(annotation)
    table, (key, *others) = _TABLES[type(annotation)]
    holders = ", ".join("?" * (len(others) + 2))
    news = ", ".join(f"{name} = excluded.{name}" for name in others)
    cursor = connection.execute(
        f"INSERT INTO {table} (session_id, {key}, {', '.join(others)}) VALUES ({holders})"
        f" ON CONFLICT ({key}) DO UPDATE SET {news} WHERE session_id = excluded.session_id",
        (session_id, number or None, *values),
    )
    if cursor.rowcount != 1:
        raise ValueError(f"{annotation} is not one of session {session_id}")
    return number or int(cursor.lastrowid or 0)


def change_annotations(
    connection: sqlite3.Connection,
    session_id: int,
    put: Sequence[Annotation],
    remove: Sequence[Annotation],
) -> None:
    """Remove and store annotations within the caller's transaction; gone ones are no matter."""
    for annotation in remove:
        table, (key, *_) = _TABLES[type(annotation)]
        connection.execute(
            f"DELETE FROM {table} WHERE {key} = ? AND session_id = ?",
            (_values(annotation)[0], session_id),
        )
    for annotation in put:
        insert_annotation(connection, session_id, annotation)


def _rows(connection: sqlite3.Connection, kind: _Kind, session_id: int) -> list[Sequence[Value]]:
    table, (key, begins, *others) = _TABLES[kind]
    columns = ", ".join((key, begins, *others))
    query = f"SELECT {columns} FROM {table} WHERE session_id = ? ORDER BY {begins}, {key}"
    return connection.execute(query, (session_id,)).fetchall()


def _values(annotation: Annotation) -> tuple[int, *tuple[Value, ...]]:
    """An annotation's row, with texts as they are stored. Raises ValueError for wrong times."""
    if isinstance(annotation, Marker):
        return annotation.marker_id, _time_s(annotation.t_s), clean_line(annotation.text)
    if isinstance(annotation, Segment):
        return annotation.segment_id, _time_s(annotation.t_s), clean_line(annotation.title)
    start_s, end_s = _time_s(annotation.start_s), _time_s(annotation.end_s)
    if end_s <= start_s:
        raise ValueError(f"an exclusion from {start_s} s to {end_s} s")
    return annotation.exclusion_id, start_s, end_s, clean_line(annotation.reason)


def _time_s(t_s: float) -> float:
    if not (math.isfinite(t_s) and t_s >= 0):
        raise ValueError(f"a time of {t_s} s")
    return float(t_s)
