"""The store of sessions: lists, reads, begins, edits and deletes them.

One SQLite file in a folder that the caller chooses. A Store belongs to the thread that opened
it; every thread and process that needs the store opens its own, and several may at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from classroom_monitor.contracts import (
    Marker,
    NewSession,
    ResumedSession,
    SessionInfo,
    SessionState,
    SessionWriter,
    TimelinePoint,
)
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.session_lookup import pick_session
from classroom_monitor.sessions.store_connection import (
    STORE_NAME,
    connect_read_only,
    connect_writable,
    damaged,
    store_errors,
)
from classroom_monitor.sessions.store_rows import (
    MARKER_COLUMNS,
    POINT_COLUMNS,
    SESSION_COLUMNS,
    Row,
    marker_from_row,
    point_from_row,
    session_from_row,
)
from classroom_monitor.sessions.store_writer import (
    StoreSessionWriter,
    transaction,
)
from classroom_monitor.sessions.writer_lock import remove_lock, writer_lives

_Record = TypeVar("_Record")


def open_store(folder: Path, read_only: bool = False, wait_s: float | None = None) -> Store:
    """Open the store in a folder, making both where they are missing, unless read_only.

    wait_s is how long a writer waits for the commits of others, where not for the usual 5 seconds.

    Raises StoreProblem with one line that names the file and the way out: folder or file
    missing (read_only), not writable, locked, damaged, not a store, of a newer version.
    """
    connection = connect_read_only(folder) if read_only else connect_writable(folder, wait_s)
    store = Store(connection, folder)
    if not read_only:
        store.settle()
    return store


def find_interrupted(folder: Path, job: str) -> SessionInfo | None:
    """Return the newest session of a job in a folder's store if it was interrupted, else None.

    Makes no store where there is none. Raises StoreProblem.
    """
    if not job or not (folder / STORE_NAME).exists():
        return None
    with open_store(folder) as store:
        return store.interrupted(job)


class Store:
    """An open store; made by open_store, used by one thread, closed by close or a with block.

    Every method raises StoreProblem where the file lets it down.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._path = folder / STORE_NAME
        self._writers: list[StoreSessionWriter] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._path

    def close(self) -> None:
        """Close the file; harmless the second time. A session begun here and not finished is
        interrupted then.
        """
        for writer in self._writers:
            writer.release()
        with store_errors(self._path):
            self._connection.close()

    def begin(self, new: NewSession) -> SessionWriter:
        """Start a session; it is listed from now on, as running. Raises StoreProblem."""
        writer = StoreSessionWriter(self._connection, self._path, new)
        self._writers.append(writer)
        return writer

    def interrupted(self, job: str) -> SessionInfo | None:
        """Return the newest session of a job (not "") if it was interrupted, else None."""
        with store_errors(self._path):
            row = self._connection.execute(
                "SELECT max(session_id) FROM sessions WHERE job = ?", (job,)
            ).fetchone()
        if row[0] is None:
            return None
        info = self._session(int(row[0]))
        return info if info.state is SessionState.INTERRUPTED else None

    def resume(self, session_id: int, engine: str) -> ResumedSession:
        """Go on writing an interrupted session; it is listed as running from now on.

        An engine that differs from those before is written down beside them. Raises StoreProblem
        where it is not an interrupted session (any more).
        """
        info = self._session(session_id)
        if engine and engine not in info.engine.split(", "):
            info = replace(info, engine=f"{info.engine}, {engine}")
        writer = StoreSessionWriter(self._connection, self._path, info)
        self._writers.append(writer)
        return ResumedSession(writer, info.started_at, tuple(self.points(session_id)))

    def list_sessions(self) -> list[SessionInfo]:
        """Return all sessions, newest first."""
        return self._sessions("ORDER BY session_id DESC", ())

    def session(self, key: int | str) -> SessionInfo:
        """Return the session of an id, of "latest", or of a title or the unique start of one.

        Letters' case doesn't matter. Raises StoreProblem for none and for several.
        """
        return pick_session(self.list_sessions(), key, self._path)

    def points(self, session_id: int) -> list[TimelinePoint]:
        """Return a session's seconds, in order."""
        started_at = self._session(session_id).started_at
        return self._read(
            f"SELECT {POINT_COLUMNS} FROM points WHERE session_id = ? ORDER BY t_s",
            (session_id,),
            lambda row: point_from_row(row, started_at),
        )

    def markers(self, session_id: int) -> list[Marker]:
        """Return a session's markers, by time."""
        return self._read(
            f"SELECT {MARKER_COLUMNS} FROM markers WHERE session_id = ? ORDER BY t_s, marker_id",
            (session_id,),
            marker_from_row,
        )

    def delete(self, session_id: int) -> None:
        """Delete a session with its points and markers, overwriting them in the file.

        Raises StoreProblem for an unknown session and for one that is being written.
        """
        if self._session(session_id).state is SessionState.RUNNING:
            raise StoreProblem(f"session {session_id} is being recorded; stop it, then delete it")
        with transaction(self._connection, self._path) as connection:
            connection.execute("DELETE FROM sessions WHERE session_id = ?", (session_id,))
        with store_errors(self._path):  # older versions of the pages lie in the log until then
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def settle(self) -> None:
        """Write down which sessions were interrupted, and tidy up after their writers."""
        with store_errors(self._path):
            rows = self._connection.execute(
                "SELECT session_id, writer FROM sessions WHERE state = 'running'"
            ).fetchall()
        for session_id, writer in rows:
            if writer_lives(self._folder, str(writer)):
                continue
            with transaction(self._connection, self._path) as connection:
                connection.execute(
                    "UPDATE sessions SET state = 'interrupted'"
                    " WHERE session_id = ? AND state = 'running'",
                    (session_id,),
                )
            remove_lock(self._folder, str(writer))

    def _sessions(self, clause: str, values: tuple[int, ...]) -> list[SessionInfo]:
        # Seconds are contiguous from 0, so the last one tells how many there are, in no time.
        return self._read(
            f"SELECT {SESSION_COLUMNS}, (SELECT max(t_s) + 1 FROM points"
            f" WHERE points.session_id = sessions.session_id) FROM sessions {clause}",
            values,
            self._info,
        )

    def _info(self, row: Row) -> SessionInfo:
        *session, seconds = row
        lives = session[11] == "running" and writer_lives(self._folder, str(session[12]))
        return session_from_row(session, int(seconds or 0), lives)

    def _session(self, session_id: int) -> SessionInfo:
        found = self._sessions("WHERE session_id = ?", (session_id,))
        return pick_session(found, session_id, self._path)

    def _read(
        self, query: str, values: Iterable[int], record: Callable[[Row], _Record]
    ) -> list[_Record]:
        with store_errors(self._path):
            rows = self._connection.execute(query, tuple(values)).fetchall()
        try:
            return [record(row) for row in rows]
        except (TypeError, ValueError) as error:
            raise damaged(self._path) from error
