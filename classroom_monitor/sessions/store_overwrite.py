"""Makes deletions complete: nothing of what was deleted stays in the store's files.

secure_delete zeroes what is deleted where it lies. It doesn't reach copies of rows that SQLite left
in the unused parts of pages when it moved rows from page to page, nor older versions of pages in
the write-ahead log. So after a deletion the file is written anew from what is left (VACUUM), and
the log is emptied into it. A marker file beside the store is made before a deletion and removed
once that is done: where another program was in the way, or this one was killed, the next one that
opens the store for writing catches up.

What the disk keeps of blocks that files once had (journals, snapshots, spare blocks of an SSD) is
beyond a program's reach; a disk that is encrypted as a whole is the answer to that.

Source: https://www.sqlite.org/pragma.html#pragma_secure_delete, https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store_connection import store_errors

logger = logging.getLogger(__name__)

PENDING_NAME = "sessions-overwrite.pending"

_LARGEST_BESIDE_RECORDING = 2**24
"""Bytes of a store that is written anew while a session is recorded into it, which waits then.

Writing 52 MB anew took 1.2 s; a recorder waits for half a second before it says so.
"""


def announce_deletion(folder: Path, path: Path) -> None:
    """Note that something is about to be deleted from the store. Raises StoreProblem."""
    try:
        os.close(os.open(folder / PENDING_NAME, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreProblem(
            f"{path} cannot be written ({error.strerror}); allow writing to its folder"
        ) from error


def overwriting_is_pending(folder: Path) -> bool:
    """Return whether something was deleted that isn't overwritten everywhere yet."""
    return (folder / PENDING_NAME).exists()


def overwrite_deleted(connection: sqlite3.Connection, path: Path, recording: bool) -> bool:
    """Write the file anew without what was deleted, and empty its log; return whether it's done.

    recording is whether a session is written just now. What stands in the way (a reader, a full
    disk) is logged, and the marker stays. The connection is in no transaction.
    """
    try:
        with store_errors(path):
            size = path.stat().st_size
            if recording and size > _LARGEST_BESIDE_RECORDING:
                logger.info("deleted sessions are overwritten once no session is recorded")
                return False
            if shutil.disk_usage(path.parent).free < 2 * size:  # for the log, and for others
                logger.warning("deleted sessions are overwritten once the disk has more room")
                return False
            done = _log_is_emptied(connection)
            if done:  # else somebody reads, and would keep the older pages in the log
                connection.execute("VACUUM")
                done = _log_is_emptied(connection)
    except (StoreProblem, OSError) as problem:
        logger.warning("deleted sessions are overwritten later: %s", problem)
        return False
    if not done:
        logger.warning("deleted sessions are overwritten once nobody else reads the store")
        return False
    with suppress(FileNotFoundError):
        (path.parent / PENDING_NAME).unlink()
    return True


def catch_up(
    connection: sqlite3.Connection, path: Path, is_recorded_into: Callable[[], bool]
) -> None:
    """Do what an earlier deletion has left to do, without waiting for anybody."""
    if not overwriting_is_pending(path.parent):
        return
    (wait_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        overwrite_deleted(connection, path, is_recorded_into())
    finally:
        connection.execute(f"PRAGMA busy_timeout = {wait_ms}")


def _log_is_emptied(connection: sqlite3.Connection) -> bool:
    """Move the log's pages into the file and cut it to nothing; False where somebody reads it."""
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
