"""Makes sure that what a session's writer commits is where it will be looked for.

Files that were deleted or moved take commits for as long as they are open, and so does a file that
another program overwrites: nobody would hear of the loss. Files of a disk that was taken out fail
for ever, also once it is back.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from classroom_monitor.errors import StoreGone, StoreProblem
from classroom_monitor.sessions.store_connection import (
    connect_read_only,
    damaged,
    store_errors,
)
from classroom_monitor.sessions.store_rows import POINT_COLUMNS, Row


def session_rows(connection: sqlite3.Connection, session_id: int) -> Iterable[Row]:
    """Return the rows of a session's seconds, in order, as point_to_row makes them."""
    query = f"SELECT session_id, {POINT_COLUMNS} FROM points WHERE session_id = ? ORDER BY t_s"
    return connection.execute(query, (session_id,))


class Receipt:
    """Says in a few bytes which rows were written, whatever their number; equal for the same."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def with_rows(self, rows: Iterable[Row]) -> Receipt:
        """Return the receipt for further rows as well."""
        longer = Receipt()
        longer._digest = self._digest.copy()
        for row in rows:
            # A column of real numbers gives 1 back as 1.0; NumPy has representations of its own.
            values = [value if value is None else float(value) for value in row]
            longer._digest.update(repr(values).encode())
        return longer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Receipt) and self._digest.digest() == other._digest.digest()

    def __hash__(self) -> int:
        return hash(self._digest.digest())


class StoreFiles:
    """The files that an open store began with; they stay the same for as long as it is open."""

    def __init__(self, path: Path) -> None:
        """Remember the store's file and its log, which are there once something was committed."""
        self._path = path
        self._places = (path, path.with_name(f"{path.name}-wal"))
        self._identities = self._now()

    def require_in_place(
        self, session_id: int, written: Receipt, cause: StoreProblem | None = None
    ) -> None:
        """Raise StoreGone where other files lie there, or none; cause is what was noticed of it.

        Some network folders number the same file anew now and then: what it holds decides.
        """
        identities = self._now()
        if identities == self._identities:
            return
        try:
            self.require_rows(session_id, written)
        except StoreProblem:
            raise StoreGone(
                f"{self._path} was deleted or moved away while a session was written to it; "
                "start again, or choose another folder (--store)"
            ) from cause
        self._identities = identities

    def require_rows(self, session_id: int, written: Receipt) -> None:
        """Raise StoreProblem unless the files, read anew, hold what was written of a session."""
        with closing(connect_read_only(self._path.parent)) as fresh, store_errors(self._path):
            found = Receipt().with_rows(session_rows(fresh, session_id))
        if found != written:
            raise damaged(self._path)

    def _now(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(_identity(place) for place in self._places)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:  # gone, and perhaps its folder or its disk with it
        return None
    return status.st_dev, status.st_ino
