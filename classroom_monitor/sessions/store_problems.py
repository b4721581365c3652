"""SQLite's errors that a user can mend, each in one line: what, where, what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classroom_monitor.errors import StoreProblem

_REASONS = {
    sqlite3.SQLITE_BUSY: "is locked by another program; close that program and try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; close that program and try again",
    sqlite3.SQLITE_READONLY: "cannot be written; allow writing to the file and its folder, or "
    "choose another folder (--store)",
    sqlite3.SQLITE_PERM: "may not be opened; allow access to the file and its folder, or choose "
    "another folder (--store)",
    sqlite3.SQLITE_AUTH: "may not be opened; allow access to the file and its folder, or choose "
    "another folder (--store)",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder is there and may be written, "
    "or choose another folder (--store)",
    sqlite3.SQLITE_FULL: "cannot grow, the disk is full; make room and try again",
    sqlite3.SQLITE_NOTADB: "is not a session store; move it away, or choose another folder "
    "(--store)",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a copy of it, or move it away to start a new one",
    sqlite3.SQLITE_IOERR: "cannot be read or written, the disk reports an error; check the disk or "
    "choose another folder (--store)",
}


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors that a user can mend into StoreProblem; let bugs through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _REASONS:
            raise
        raise StoreProblem(f"{path} {_REASONS[code]}") from error
    except UnicodeDecodeError as error:  # sqlite3 chokes on a message that quotes damaged names
        raise damaged(path) from error


def damaged(path: Path) -> StoreProblem:
    """Return the problem of a store whose content cannot be meant."""
    return StoreProblem(f"{path} {_REASONS[sqlite3.SQLITE_CORRUPT]}")


def not_a_store(path: Path) -> StoreProblem:
    """Return the problem of a file that another program made."""
    return StoreProblem(f"{path} {_REASONS[sqlite3.SQLITE_NOTADB]}")
