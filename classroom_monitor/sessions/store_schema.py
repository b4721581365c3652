"""The store's tables, their version, and the way from an older version to this one.

The version stands in PRAGMA user_version and the program's mark in PRAGMA application_id, both
in the file's header. Each step runs in one transaction together with its new version number, so
a migration that is cut short leaves the older, whole version behind.

Rows describe the room only: no row, column or value is about one person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

APPLICATION_ID = 0x434D5331  # "CMS1"

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE sessions (
            session_id INTEGER PRIMARY KEY AUTOINCREMENT, -- a deleted session's id never returns
            title TEXT NOT NULL,
            source TEXT NOT NULL,
            started_at TEXT NOT NULL, -- ISO 8601 with UTC offset
            mode TEXT NOT NULL,
            engine TEXT NOT NULL,
            model TEXT NOT NULL,
            program_version TEXT NOT NULL,
            group_minimum INTEGER NOT NULL CHECK (group_minimum >= 1),
            counts_only INTEGER NOT NULL CHECK (counts_only IN (0, 1)),
            confidence_level REAL NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'interrupted')),
            writer TEXT NOT NULL -- names the lock that the writer holds while it lives
        )
        """,
        """
        CREATE TABLE points (
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            t_s INTEGER NOT NULL CHECK (t_s >= 0),
            seen INTEGER NOT NULL,
            used INTEGER NOT NULL CHECK (used BETWEEN 0 AND seen),
            negative REAL, neutral REAL, positive REAL,
            negative_low REAL, negative_high REAL,
            neutral_low REAL, neutral_high REAL,
            positive_low REAL, positive_high REAL,
            expected INTEGER NOT NULL,
            coverage REAL,
            gap INTEGER NOT NULL CHECK (gap IN (0, 1)),
            PRIMARY KEY (session_id, t_s)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE markers (
            marker_id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            t_s REAL NOT NULL CHECK (t_s >= 0),
            text TEXT NOT NULL
        )
        """,
        "CREATE INDEX markers_by_session ON markers (session_id, t_s)",
    ),
    (
        # A digest of recording, options and models: what an interrupted analysis goes on with.
        "ALTER TABLE sessions ADD COLUMN job TEXT NOT NULL DEFAULT ''",
    ),
    (
        "ALTER TABLE sessions ADD COLUMN course TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE sessions ADD COLUMN notes TEXT NOT NULL DEFAULT ''",
        # When it was thrown away, ISO 8601 in UTC; hidden until it is restored or deleted.
        "ALTER TABLE sessions ADD COLUMN trashed_at TEXT",
        """
        CREATE TABLE segments (
            segment_id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            t_s REAL NOT NULL CHECK (t_s >= 0), -- until the next one's start, or the end
            title TEXT NOT NULL
        )
        """,
        "CREATE INDEX segments_by_session ON segments (session_id, t_s)",
        """
        CREATE TABLE exclusions (
            exclusion_id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            start_s REAL NOT NULL CHECK (start_s >= 0),
            end_s REAL NOT NULL CHECK (end_s > start_s),
            reason TEXT NOT NULL
        )
        """,
        "CREATE INDEX exclusions_by_session ON exclusions (session_id, start_s)",
    ),
)
"""Statements that lead from version n to n + 1, n being the index."""

SCHEMA_VERSION = len(MIGRATIONS)


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the file's version: 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def application_id(connection: sqlite3.Connection) -> int:
    """Return whose file this is: 0 for an empty file, APPLICATION_ID for a store."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def is_empty(connection: sqlite3.Connection) -> bool:
    """Return whether the file has no table at all yet."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def is_whole(connection: sqlite3.Connection) -> bool:
    """Return whether the file holds exactly the tables that its version promises.

    It is held against a fresh store, made in memory by the same steps: a damaged definition would
    show as a puzzling error much later, and a planted trigger would run with each write.
    """
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(fresh)
        return _definitions(connection) == _definitions(fresh)
    finally:
        fresh.close()


def _definitions(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """What the file defines, without what SQLite itself adds (sequences, statistics)."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    return set(connection.execute(query))


def migrate(
    connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> None:
    """Lead the file, step by step, to the last of the migrations; nothing to do is harmless.

    The connection is in autocommit mode. Two processes may do this at once: the version is read
    again inside each step's transaction. Raises sqlite3.Error, the file then being as before the
    failed step.
    """
    while schema_version(connection) < len(migrations):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = schema_version(connection)
            if version < len(migrations):
                for statement in migrations[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
