"""Opens the store's file safely, and says in one line why it cannot be opened.

Settings, and why:

- journal_mode=WAL: the window can read while a session is written. It needs shared memory, which
  network folders lack; there the file falls back to a rollback journal, with a notice.
- synchronous=FULL: with WAL, NORMAL would keep the file whole after a power cut but could lose the
  last seconds' commits: in tests/faults/power_cut.py FULL loses none of them, NORMAL up to all
  since the log was last emptied into the file. A commit a second can afford to wait for the disk.
  On macOS that takes fullfsync=ON, as a plain fsync returns before the disk has written.
- secure_delete=ON: a deleted session is overwritten with zeros, not only unlinked
  (store_overwrite.py does the rest).
- temp_store=MEMORY: nothing of the store ever lies in a temporary file elsewhere.
- busy_timeout: several processes may write to one store; each waits for the others' short commits.
  SQLite keeps no queue: with eight processes that did nothing but commit, one waited for 3 s.

Source: https://www.sqlite.org/pragma.html and https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions import store_schema
from classroom_monitor.sessions.store_file import make_store_file

logger = logging.getLogger(__name__)

STORE_NAME = "sessions.sqlite"
_BUSY_S = 5.0  # somebody may be waiting at the window

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
    sqlite3.SQLITE_IOERR: "cannot be read or written, the disk reports an error or your quota is "
    "used up; make room, check the disk, or choose another folder (--store)",
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


def connect_writable(folder: Path, wait_s: float | None = None) -> sqlite3.Connection:
    """Open the folder's store for reading and writing, making folder and file where missing.

    wait_s is how long it and its later users wait for others' commits, where not as usual. Raises
    StoreProblem, and leaves no file behind that it could not set up.
    """
    path = folder / STORE_NAME
    made = make_store_file(folder, path)
    try:
        with store_errors(path):
            return _open(path, writable=True, wait_s=_BUSY_S if wait_s is None else wait_s)
    except BaseException:
        if made and path.exists() and path.stat().st_size == 0:
            path.unlink()
        raise


def connect_read_only(folder: Path) -> sqlite3.Connection:
    """Open an existing store for reading only. Raises StoreProblem."""
    path = folder / STORE_NAME
    try:
        missing = not path.is_file()
    except PermissionError as error:
        raise StoreProblem(
            f"{folder} may not be read; allow it, or choose another folder"
        ) from error
    if missing:
        raise StoreProblem(
            f"{path} does not exist; record or analyze something first, or name the store's folder"
            " (--store)"
        )
    with store_errors(path):
        try:
            return _open(path, writable=False, wait_s=_BUSY_S)
        except sqlite3.OperationalError as error:
            if not _needs_no_shared_memory(error, path):
                raise
            return _open(path, writable=False, wait_s=_BUSY_S, options="&immutable=1")


def check_image(connection: sqlite3.Connection, path: Path) -> None:
    """Check a store that was put into memory whole, and bring its tables up to date.

    It may come from anywhere: pages, rules of the tables and definitions are checked. path is
    named in messages. Raises StoreProblem.
    """
    with store_errors(path):
        try:
            _be_careful(connection)
            _check_owner(connection, path)
            (first,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if first != "ok":
                raise damaged(path)
            store_schema.migrate(connection)
            if not store_schema.is_whole(connection):
                raise damaged(path)
        except (sqlite3.OperationalError, sqlite3.IntegrityError) as error:
            raise damaged(path) from error


def _needs_no_shared_memory(error: sqlite3.OperationalError, path: Path) -> bool:
    """Whether a store that couldn't be opened lies whole in a folder that cannot be written.

    A WAL file is read through shared memory, a file beside it. Where that can't be made but no
    log is waiting to be merged, SQLite may read the store as one that nobody changes.
    """
    log = path.with_name(f"{path.name}-wal")
    refused = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
    code = error.sqlite_errorcode & 0xFF
    return code in refused and not (log.exists() and log.stat().st_size)


def _open(path: Path, writable: bool, wait_s: float, options: str = "") -> sqlite3.Connection:
    """Connect, check whose file it is, set it up; nothing stays open on failure."""
    address = f"{_uri(path)}?mode=rw{options}"
    connection = sqlite3.connect(address, uri=True, timeout=wait_s, isolation_level=None)
    try:
        _be_careful(connection)
        _check_owner(connection, path)
        if writable:
            _prepare(connection, path, wait_s)
        else:
            connection.execute("PRAGMA query_only = ON")
            _check_version(connection, path)
        if not store_schema.is_whole(connection):
            raise damaged(path)
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # nothing asked so far can be wrong
            raise damaged(path) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _be_careful(connection: sqlite3.Connection) -> None:
    """Take nothing in the file for granted, and leave nothing of it elsewhere."""
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")


def _uri(path: Path) -> str:
    """The file's address for SQLite, which takes a Windows share's server only as a path."""
    return re.sub(r"^file://(?=[^/])", "file:////", path.resolve().as_uri())


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreProblem for a newer store and for another program's database."""
    connection.execute("BEGIN")  # one view of the file, which another process may just be making
    try:
        version = store_schema.schema_version(connection)
        owner = store_schema.application_id(connection)
        is_empty = store_schema.is_empty(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if owner != store_schema.APPLICATION_ID and (owner or not is_empty):
        raise not_a_store(path)
    if version < 0:
        raise damaged(path)
    if version > store_schema.SCHEMA_VERSION:
        raise StoreProblem(
            f"{path} was written by a newer version of this program (schema {version}, this one "
            f"knows {store_schema.SCHEMA_VERSION}); update the program, or choose another folder "
            "(--store)"
        )


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreProblem for an older store, which only a writable opening can bring up to date."""
    version = store_schema.schema_version(connection)
    if version == 0:
        raise StoreProblem(f"{path} is empty; record or analyze something first")
    if version < store_schema.SCHEMA_VERSION:
        raise StoreProblem(
            f"{path} was written by an older version of this program (schema {version}); start "
            "the window once, or analyze into it, to bring it up to date"
        )


def _prepare(connection: sqlite3.Connection, path: Path, wait_s: float) -> None:
    """Choose how commits are made, and bring the tables up to date."""
    connection.execute("PRAGMA secure_delete = ON")
    if not _use_wal(connection, wait_s):
        logger.warning("%s: no write-ahead log in this folder; readers may have to wait", path)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    store_schema.migrate(connection)


def _use_wal(connection: sqlite3.Connection, wait_s: float) -> bool:
    """Switch to WAL where the folder can do it; return whether it is on.

    SQLite does not always wait for a lock while it switches, so a second process that makes the
    same store at the same moment is waited for here.
    """
    deadline_s = time.monotonic() + wait_s
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            store_schema.schema_version(connection)
        except sqlite3.OperationalError as error:
            code = error.sqlite_errorcode & 0xFF
            if code == sqlite3.SQLITE_BUSY and time.monotonic() < deadline_s:
                time.sleep(0.02)
                continue
            if code not in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL):
                raise
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        return str(mode) == "wal"
