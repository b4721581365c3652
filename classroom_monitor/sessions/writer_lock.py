"""Tells whether the writer of a session still lives, by a lock that dies with its process.

Each running session holds a lock on a small empty file beside the store. The operating system
lets go of it when the process ends, however it ends, so that a session whose lock can be had was
left behind. No process ids (they are reused) and no heartbeat (a suspended machine misses it).
Locks belong to the opened file, on POSIX and on Windows alike, so a second look from the
same process sees them too.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import uuid
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger(__name__)

_TOKEN = re.compile("[0-9a-f]{32}")
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # for a writer, should the lock be a pipe


def _try_lock(descriptor: int) -> bool:
    """Lock the open file without waiting; False where somebody else holds it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # a file system without locks: nothing can be told apart there
        logger.warning("no file locks here, running sessions look interrupted: %s", error)
    return True


class WriterLock:
    """Held by the writer of one running session; the token names it in the store."""

    def __init__(self, folder: Path) -> None:
        """Make the lock's file in the store's folder and hold it. Raises OSError."""
        self.token = uuid.uuid4().hex
        self._path = lock_path(folder, self.token)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        _try_lock(self._descriptor)

    def release(self) -> None:
        """Let go of the lock and remove its file; harmless the second time."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
            remove_lock(self._path.parent, self.token)


def lock_path(folder: Path, token: str) -> Path:
    """Return where the lock of a session's writer lies."""
    return folder / f"sessions-writer-{token}.lock"


def writer_lives(folder: Path, token: str) -> bool:
    """Return whether the process that writes the session of this token still holds its lock."""
    if not _TOKEN.fullmatch(token):  # a forged store's, which might lead to any file
        return False
    try:
        descriptor = os.open(lock_path(folder, token), os.O_RDONLY | _NO_WAITING)
    except FileNotFoundError:
        return False
    except PermissionError:  # another user's store: its writer cannot be judged from here
        return True
    try:
        return not _try_lock(descriptor)
    finally:
        os.close(descriptor)


def remove_lock(folder: Path, token: str) -> None:
    """Remove the file that a finished or dead writer leaves; it may be gone already."""
    if _TOKEN.fullmatch(token):
        with suppress(FileNotFoundError, PermissionError):
            lock_path(folder, token).unlink()
