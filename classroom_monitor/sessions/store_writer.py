"""Writes one running session, each second committed before the call returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import classroom_monitor
from classroom_monitor.contracts import (
    Annotation,
    Marker,
    NewSession,
    Segment,
    SessionInfo,
    TimelinePoint,
)
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.bounds import CONFIDENCE_LEVEL
from classroom_monitor.sessions.store_annotations import insert_annotation
from classroom_monitor.sessions.store_connection import store_errors
from classroom_monitor.sessions.store_presence import Receipt, StoreFiles, session_rows
from classroom_monitor.sessions.store_rows import (
    POINT_COLUMNS,
    SESSION_COLUMNS,
    Row,
    clean_line,
    fixed_offset,
    point_to_row,
)
from classroom_monitor.sessions.writer_lock import WriterLock


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """Commit what the block writes, or nothing of it. Raises StoreProblem."""
    with store_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


class StoreSessionWriter:
    """Implements SessionWriter on a store's own connection; the store's thread uses it."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, session: NewSession | SessionInfo
    ) -> None:
        """Start a new session, or go on with an interrupted one, under a lock of its own.

        The change is committed when this returns. Raises StoreProblem.
        """
        self._connection = connection
        self._path = path
        self._session = session
        self._written = Receipt()
        self._lock = _take_lock(path)
        try:
            if isinstance(session, NewSession):
                self._session_id, self._next_s = self._insert(session), 0
            else:
                self._session_id, self._next_s = session.session_id, self._take_over(session)
            self._files = StoreFiles(path)
        except BaseException:
            self._lock.release()
            raise

    @property
    def session_id(self) -> int:
        """The id under which the session is stored."""
        return self._session_id

    def append(self, points: Sequence[TimelinePoint]) -> None:
        """Store finished seconds, in order, all or none; they are committed when this returns.

        Raises StoreProblem, after which the same points may be tried again, and ValueError for
        points that are not the session's next seconds or show a group below its minimum.
        """
        if not points:
            return
        for expected_s, point in enumerate(points, start=self._next_s):
            self._check(point, expected_s)
        holders = ", ".join("?" * (POINT_COLUMNS.count(",") + 2))
        rows = [point_to_row(self._session_id, point) for point in points]
        with self._writing(rows) as connection:
            self._require_session(connection)
            connection.executemany(
                f"INSERT INTO points (session_id, {POINT_COLUMNS}) VALUES ({holders})", rows
            )
        self._next_s = points[-1].t_s + 1

    def add_marker(self, t_s: float, text: str) -> Marker:
        """Store a marker at t_s seconds (at least 0) from the start. Raises StoreProblem."""
        line = clean_line(text)
        return Marker(self._add(Marker(0, t_s, line)), t_s, line)

    def add_segment(self, t_s: float, title: str) -> Segment:
        """Store a segment from t_s seconds (at least 0) after the start. Raises StoreProblem."""
        line = clean_line(title)
        return Segment(self._add(Segment(0, t_s, line)), t_s, line)

    def finish(self) -> None:
        """Mark the session complete, look whether it is there, and let go of it.

        Harmless the second time. Raises StoreProblem, also where the file doesn't hold what was
        written to it: somebody may have overwritten it meanwhile.
        """
        with self._writing() as connection:
            connection.execute(
                "UPDATE sessions SET state = 'complete' WHERE session_id = ?", (self._session_id,)
            )
        self._files.require_rows(self._session_id, self._written)
        self._lock.release()

    def release(self) -> None:
        """Let go of the session as it is: unless complete, it shows as interrupted from now on."""
        self._lock.release()

    @contextmanager
    def _writing(self, rows: Sequence[Row] = ()) -> Iterator[sqlite3.Connection]:
        """Commit what the block writes to files that are still there; rows are its seconds.

        Raises StoreProblem.
        """
        written = self._written.with_rows(rows)
        try:
            with transaction(self._connection, self._path) as connection:
                yield connection
        except StoreProblem as problem:
            self._files.require_in_place(self._session_id, self._written, problem)
            raise
        self._files.require_in_place(self._session_id, written)
        self._written = written

    def _insert(self, new: NewSession) -> int:
        if new.started_at.utcoffset() is None:
            raise ValueError("started_at has no UTC offset")
        holders = ", ".join("?" * (SESSION_COLUMNS.count(",") + 1))
        row = (
            None,
            clean_line(new.title),
            clean_line(new.source),
            fixed_offset(new.started_at).isoformat(),
            new.mode,
            new.engine,
            clean_line(new.model),
            classroom_monitor.__version__,
            new.group_minimum,
            int(new.counts_only),
            CONFIDENCE_LEVEL,
            "running",
            self._lock.token,
            new.job,
            clean_line(new.course),
            "",
        )
        with transaction(self._connection, self._path) as connection:
            cursor = connection.execute(
                f"INSERT INTO sessions ({SESSION_COLUMNS}) VALUES ({holders})", row
            )
        return int(cursor.lastrowid or 0)

    def _take_over(self, session: SessionInfo) -> int:
        """Make the interrupted session this writer's, and return its next second."""
        with transaction(self._connection, self._path) as connection:
            taken = connection.execute(
                "UPDATE sessions SET state = 'running', writer = ?, engine = ?"
                " WHERE session_id = ? AND state = 'interrupted' AND trashed_at IS NULL",
                (self._lock.token, session.engine, session.session_id),
            )
            if taken.rowcount != 1:
                raise StoreProblem(
                    f"session {session.session_id} of {self._path} is no longer interrupted: it "
                    "was deleted, or another program goes on with it; start again"
                )
            rows = session_rows(connection, session.session_id)
            self._written = self._written.with_rows(rows)
            query = "SELECT coalesce(max(t_s) + 1, 0) FROM points WHERE session_id = ?"
            return int(connection.execute(query, (session.session_id,)).fetchone()[0])

    def _check(self, point: TimelinePoint, expected_s: int) -> None:
        """Refuse, as the last door before the disk, what the timeline must never hand out."""
        if point.t_s != expected_s:
            raise ValueError(f"second {point.t_s} where {expected_s} is next")
        small = point.used < self._session.group_minimum
        if point.shares is not None and (small or self._session.counts_only):
            raise ValueError(f"second {point.t_s} has shares of {point.used} faces")

    def _add(self, annotation: Annotation) -> int:
        with self._writing() as connection:
            self._require_session(connection)
            return insert_annotation(connection, self._session_id, annotation)

    def _require_session(self, connection: sqlite3.Connection) -> None:
        found = connection.execute(
            "SELECT 1 FROM sessions WHERE session_id = ?", (self._session_id,)
        ).fetchone()
        if found is None:
            raise StoreProblem(
                f"session {self._session_id} was deleted from {self._path}; start a new one"
            )


def _take_lock(path: Path) -> WriterLock:
    try:
        return WriterLock(path.parent)
    except OSError as error:
        raise StoreProblem(
            f"{path.parent} cannot be written ({error.strerror}); choose another folder (--store)"
        ) from error
