"""What is read from the store of sessions: lists, single sessions, points, annotations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import (
    Annotations,
    Marker,
    SessionInfo,
    SessionState,
    TimelinePoint,
)
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.session_lookup import pick_session
from classroom_monitor.sessions.store_annotations import read_annotations
from classroom_monitor.sessions.store_connection import STORE_NAME, damaged, store_errors
from classroom_monitor.sessions.store_outline import outline
from classroom_monitor.sessions.store_rows import (
    POINT_COLUMNS,
    SESSION_COLUMNS,
    Row,
    points_from_rows,
    session_from_row,
)
from classroom_monitor.sessions.writer_lock import writer_lives

_Read = TypeVar("_Read")


class StoreReader:
    """The reading half of a Store; every method raises StoreProblem where the file fails it.

    A trashed session is nowhere to be seen: whoever asks for it hears that there is none.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._path = folder / STORE_NAME

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._path

    def list_sessions(self) -> list[SessionInfo]:
        """Return all sessions, newest first."""
        return self._sessions("trashed_at IS NULL ORDER BY session_id DESC", ())

    def session(self, key: int | str) -> SessionInfo:
        """Return the session of an id, of "latest", or of a title or the unique start of one.

        Letters' case doesn't matter. Raises StoreProblem for none and for several.
        """
        return pick_session(self.list_sessions(), key, self._path)

    def description(self, session_id: int) -> SessionInfo:
        """Return the session of an id that a list has shown. Raises StoreProblem if it's gone."""
        found = self._sessions("session_id = ? AND trashed_at IS NULL", (session_id,))
        if not found:
            raise StoreProblem(
                f"session {session_id} is no longer in {self._path}: it was deleted; choose another"
            )
        return found[0]

    def interrupted(self, job: str) -> SessionInfo | None:
        """Return the newest session of a job (not "") if it was interrupted, else None."""
        found = self._sessions("job = ? AND trashed_at IS NULL ORDER BY session_id DESC", (job,))
        return found[0] if found and found[0].state is SessionState.INTERRUPTED else None

    def points(self, session_id: int) -> list[TimelinePoint]:
        """Return a session's seconds, in order. Raises StoreProblem for an unknown session."""
        started_at = self.description(session_id).started_at
        query = f"SELECT {POINT_COLUMNS} FROM points WHERE session_id = ? ORDER BY t_s"
        return self._read(query, (session_id,), lambda rows: points_from_rows(rows, started_at))

    def annotations(self, session_id: int) -> Annotations:
        """Return a session's markers, segments and exclusions; none for an unknown session."""
        return self._guarded(lambda: read_annotations(self._connection, session_id))

    def markers(self, session_id: int) -> list[Marker]:
        """Return a session's markers, by time; none for an unknown session."""
        return list(self.annotations(session_id).markers)

    def outline(self, session_id: int, columns: int) -> NDArray[np.float64]:
        """Return a session's course in (columns, 5) float64, for a thumbnail.

        A row holds the means of negative, neutral, positive, coverage and seen over a step of the
        session, NaN where no second that isn't excluded has one. Raises StoreProblem for an
        unknown session.
        """
        seconds = self.description(session_id).seconds
        return self._guarded(lambda: outline(self._connection, session_id, seconds, columns))

    def _sessions(self, condition: str, values: tuple[int | str, ...]) -> list[SessionInfo]:
        # Seconds are contiguous from 0, so the last one tells how many there are, in no time.
        query = (
            f"SELECT {SESSION_COLUMNS}, (SELECT max(t_s) + 1 FROM points"
            f" WHERE points.session_id = sessions.session_id) FROM sessions WHERE {condition}"
        )
        return self._read(query, values, lambda rows: [self._info(row) for row in rows])

    def _info(self, row: Row) -> SessionInfo:
        *session, seconds = row
        lives = session[11] == "running" and writer_lives(self._folder, str(session[12]))
        return session_from_row(session, int(seconds or 0), lives)

    def _read(
        self,
        query: str,
        values: tuple[int | str, ...],
        records: Callable[[Iterable[Row]], list[_Read]],
    ) -> list[_Read]:
        return self._guarded(lambda: records(self._connection.execute(query, values)))

    def _guarded(self, read: Callable[[], _Read]) -> _Read:
        """Read something, with the file's troubles told in one line."""
        with store_errors(self._path):
            try:
                return read()
            except (TypeError, ValueError) as error:
                raise damaged(self._path) from error
