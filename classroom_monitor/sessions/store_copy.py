"""Copies a store as a whole: out of its file into bytes, and sessions of such bytes into a store.

The bytes are those of an SQLite file and stay in memory. What comes in is trusted no more than any
file: its tables must be the program's, its rows what the program would have written, and no second
may show a group smaller than its session's minimum.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from classroom_monitor.contracts import Annotation, Annotations, SessionInfo, TimelinePoint
from classroom_monitor.sessions.store_annotations import insert_annotation
from classroom_monitor.sessions.store_connection import (
    STORE_NAME,
    check_image,
    connect_read_only,
    connect_writable,
    damaged,
    store_errors,
)
from classroom_monitor.sessions.store_reader import StoreReader
from classroom_monitor.sessions.store_rows import (
    POINT_COLUMNS,
    SESSION_COLUMNS,
    Row,
    clean_line,
    clean_text,
    point_to_row,
)
from classroom_monitor.sessions.store_writer import transaction

_COLUMNS = SESSION_COLUMNS.split(", ")
_IDENTITY = ("started_at", "source", "mode", "model", "group_minimum", "counts_only", "job")
"""What a session is known by, wherever it is copied: all that nobody edits and nothing changes."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How many sessions were added to a store, and how many were there already."""

    added: int
    present: int


def store_image(folder: Path) -> tuple[bytes, int]:
    """Return a folder's store as the bytes of an SQLite file, and how many sessions it holds.

    What is in the trash is left out. A session that is being recorded is there up to its last
    stored second. Raises StoreProblem.
    """
    path = folder / STORE_NAME
    with (
        closing(connect_read_only(folder)) as source,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as copy,
        store_errors(path),
    ):
        source.backup(copy)
        copy.execute("PRAGMA foreign_keys = ON")
        copy.execute("DELETE FROM sessions WHERE trashed_at IS NOT NULL")
        copy.execute("VACUUM")
        (count,) = copy.execute("SELECT count(*) FROM sessions").fetchone()
        return copy.serialize(), int(count)


def add_sessions(image: bytes, name: Path, folder: Path) -> Restored:
    """Add the sessions of an image to a folder's store, which is made where it is missing.

    name is the file that the image came from, for messages. A session is there already where one
    began at the same moment with the same source and options. Each is added whole or not at all,
    under a new number. Raises StoreProblem, before anything is added, for no sound store.
    """
    if not image:  # which sqlite3 takes for a lack of memory
        raise damaged(name)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        with store_errors(name):
            copy.deserialize(image)
        check_image(copy, name)
        copy.execute("UPDATE sessions SET state = 'interrupted' WHERE state = 'running'")
        reader = StoreReader(copy, name)
        sessions = reader.list_sessions()[::-1]
        for info in sessions:  # all of them first, and each again later: they may not fit in memory
            _checked(reader, info, name)
        jobs = dict(copy.execute("SELECT session_id, job FROM sessions"))
        with closing(connect_writable(folder)) as connection:
            added = sum(
                _add(
                    connection,
                    folder / STORE_NAME,
                    _checked(reader, info, name),
                    clean_line(str(jobs[info.session_id])),
                )
                for info in sessions
            )
    return Restored(added, len(sessions) - added)


@dataclass(frozen=True, slots=True)
class _Session:
    info: SessionInfo
    points: Sequence[TimelinePoint]
    annotations: Annotations


def _checked(reader: StoreReader, info: SessionInfo, name: Path) -> _Session:
    """Read a session, and refuse what no session of the program holds. Raises StoreProblem."""
    points = reader.points(info.session_id)
    for expected_s, point in enumerate(points):
        small = point.used < info.group_minimum or info.counts_only
        if point.t_s != expected_s or (small and point.shares is not None):
            raise damaged(name)
    return _Session(info, points, reader.annotations(info.session_id))


def _add(connection: sqlite3.Connection, path: Path, session: _Session, job: str) -> bool:
    """Add a session unless it is there already; return whether it was added."""
    info = session.info
    with transaction(connection, path):
        row = _session_row(info, job)
        same = " AND ".join(f"{name} = ?" for name in _IDENTITY)
        known = connection.execute(
            f"SELECT 1 FROM sessions WHERE {same} AND trashed_at IS NULL",
            [row[_COLUMNS.index(name)] for name in _IDENTITY],
        )
        if known.fetchone() is not None:
            return False
        cursor = connection.execute(
            f"INSERT INTO sessions ({SESSION_COLUMNS}) VALUES ({_holders(row)})", row
        )
        session_id = int(cursor.lastrowid or 0)
        rows = [point_to_row(session_id, point) for point in session.points]
        if rows:
            connection.executemany(
                f"INSERT INTO points (session_id, {POINT_COLUMNS}) VALUES ({_holders(rows[0])})",
                rows,
            )
        for annotation in _as_new(session.annotations):
            insert_annotation(connection, session_id, annotation)
    return True


def _session_row(info: SessionInfo, job: str) -> Row:
    texts = [info.mode, info.engine, info.model, info.program_version]
    return (
        None,
        clean_line(info.title),
        clean_line(info.source),
        info.started_at.isoformat(),
        *map(clean_line, texts),
        info.group_minimum,
        int(info.counts_only),
        info.confidence_level,
        info.state.value,
        "",
        job,
        clean_line(info.course),
        clean_text(info.notes),
    )


def _as_new(annotations: Annotations) -> list[Annotation]:
    """The annotations without their numbers."""
    return [
        *(replace(marker, marker_id=0) for marker in annotations.markers),
        *(replace(segment, segment_id=0) for segment in annotations.segments),
        *(replace(exclusion, exclusion_id=0) for exclusion in annotations.exclusions),
    ]


def _holders(row: Row) -> str:
    return ", ".join("?" * len(row))
