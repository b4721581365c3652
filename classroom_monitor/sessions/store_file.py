"""Makes the store's file, for its owner's eyes only.

On Linux and macOS the folder is made with mode 700 and the file with 600, which SQLite gives to the
files beside it, too; what was opened wider since is taken back whenever the store is opened for
writing. On Windows files take the permissions of their folder: in the user's profile, where the
usual store lies, they are the user's and the administrators'; a folder elsewhere is as it was set
up, and nothing is changed there.
"""

from __future__ import annotations

import logging
import os
import re
import stat
from pathlib import Path

from classroom_monitor.errors import StoreProblem

logger = logging.getLogger(__name__)

_BESIDE = ("-wal", "-shm", "-journal")
_OWN_NAME = re.compile(
    r"sessions\.sqlite(-wal|-shm|-journal)?|sessions-(writer|overwrite)[-.].*"
    r"|(statements|audit)\.jsonl|models|face_models|rescued"
)
"""What the program puts into the folder; one that holds nothing else is the program's."""


def make_store_file(folder: Path, path: Path) -> bool:
    """Make an empty store that only its owner may read; return whether it wasn't there.

    Raises StoreProblem where the folder or the file cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        _keep_all_private(folder, path)
    except FileExistsError as error:
        if not folder.is_dir() or not path.is_file():
            thing = path if folder.is_dir() else folder
            kind = "file" if folder.is_dir() else "folder"
            raise StoreProblem(
                f"{thing} is not a {kind}; choose another folder (--store)"
            ) from error
        _keep_all_private(folder, path)
        return False
    except OSError as error:
        raise StoreProblem(
            f"{path} cannot be made ({error.strerror}); choose another folder (--store)"
        ) from error
    return True


def _keep_all_private(folder: Path, path: Path) -> None:
    """Take files that others may read (copied there, say) back to their owner.

    So is the folder where it holds nothing but the program's files. Where the disk refuses that,
    the log says so: it is no reason to lose a session.
    """
    if os.name != "posix":
        return
    try:
        for name in (path.name, *(path.name + ending for ending in _BESIDE)):
            _keep_private(path.with_name(name), 0o600)
        if all(_OWN_NAME.fullmatch(entry.name) for entry in folder.iterdir()):
            _keep_private(folder, 0o700)
    except OSError as error:
        logger.warning("%s may be readable by others: %s", folder, error)


def _keep_private(path: Path, mode: int) -> None:
    if not path.exists():
        return
    status = path.stat()
    if status.st_uid == os.getuid() and stat.S_IMODE(status.st_mode) & 0o077:
        path.chmod(mode)
