"""Makes the store's file, for its owner's eyes only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from classroom_monitor.errors import StoreProblem


def make_store_file(folder: Path, path: Path) -> bool:
    """Make an empty store that only its owner may read; return whether it wasn't there.

    Raises StoreProblem where the folder or the file cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        if not folder.is_dir() or not path.is_file():
            thing = path if folder.is_dir() else folder
            kind = "file" if folder.is_dir() else "folder"
            raise StoreProblem(
                f"{thing} is not a {kind}; choose another folder (--store)"
            ) from error
        _keep_private(path)
        return False
    except OSError as error:
        raise StoreProblem(
            f"{path} cannot be made ({error.strerror}); choose another folder (--store)"
        ) from error
    return True


def _keep_private(path: Path) -> None:
    """Take a store that others may read (copied there, say) back to its owner."""
    if os.name != "posix":
        return
    status = path.stat()
    if status.st_uid == os.getuid() and stat.S_IMODE(status.st_mode) & 0o077:
        path.chmod(0o600)
