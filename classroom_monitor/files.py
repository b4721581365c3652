"""Files that are either the old ones or the whole new ones, never half-written."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write text as UTF-8, line ends untouched, as replace_bytes does."""
    replace_bytes(path, text.encode())


def replace_bytes(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read, and put it in place of path in one step.

    The data go to another name in the same folder first and reach the disk before the
    rename. Raises OSError where the folder cannot be written; path is unchanged then.
    """
    descriptor, name = tempfile.mkstemp(
        prefix=f".{path.name[:40]}-", suffix=".tmp", dir=path.parent
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
