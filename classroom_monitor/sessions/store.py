"""The store of sessions: lists, reads, begins, edits and deletes them.

One SQLite file in a folder that the caller chooses. A Store belongs to the thread that opened
it; every thread and process that needs the store opens its own, and several may at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from classroom_monitor.contracts import (
    Annotation,
    Annotations,
    NewSession,
    ResumedSession,
    SessionInfo,
    SessionWriter,
)
from classroom_monitor.sessions.store_annotations import change_annotations
from classroom_monitor.sessions.store_connection import (
    STORE_NAME,
    connect_read_only,
    connect_writable,
    store_errors,
)
from classroom_monitor.sessions.store_overwrite import catch_up
from classroom_monitor.sessions.store_rows import clean_line, clean_text
from classroom_monitor.sessions.store_trash import StoreTrash
from classroom_monitor.sessions.store_writer import StoreSessionWriter, transaction
from classroom_monitor.sessions.writer_lock import remove_lock, writer_lives


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


class Store(StoreTrash):
    """An open store; made by open_store, used by one thread, closed by close or a with block.

    Every method raises StoreProblem where the file lets it down.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        super().__init__(connection, folder)
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

    def resume(self, session_id: int, engine: str) -> ResumedSession:
        """Go on writing an interrupted session; it is listed as running from now on.

        An engine that differs from those before is written down beside them. Raises StoreProblem
        where it is not an interrupted session (any more).
        """
        info = self.description(session_id)
        if engine and engine not in info.engine.split(", "):
            info = replace(info, engine=f"{info.engine}, {engine}")
        writer = StoreSessionWriter(self._connection, self._path, info)
        self._writers.append(writer)
        return ResumedSession(writer, info.started_at, tuple(self.points(session_id)))

    def edit(
        self,
        session_id: int,
        title: str | None = None,
        course: str | None = None,
        notes: str | None = None,
    ) -> None:
        """Change a session's description; None leaves a part as it is.

        Raises StoreProblem for an unknown session.
        """
        parts = (title and clean_line(title), course and clean_line(course))
        values = (*parts, notes and clean_text(notes), session_id)
        with self._changing(session_id) as connection:
            connection.execute(
                "UPDATE sessions SET title = coalesce(?, title), course = coalesce(?, course),"
                " notes = coalesce(?, notes) WHERE session_id = ?",
                values,
            )

    def annotate(
        self, session_id: int, put: Sequence[Annotation], remove: Sequence[Annotation]
    ) -> Annotations:
        """Remove and store annotations, all or none, and return what the session then has.

        One with id 0 is new; another replaces that of its id, or comes back under it. Raises
        StoreProblem for an unknown session, ValueError for times that cannot be meant.
        """
        with self._changing(session_id) as connection:
            change_annotations(connection, session_id, put, remove)
        return self.annotations(session_id)

    def settle(self) -> None:
        """Write down which sessions were interrupted, and tidy up after writers and deletions."""
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
        catch_up(self._connection, self._path, self._is_recorded_into)
