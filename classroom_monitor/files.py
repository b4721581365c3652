"""Files that are either the old ones or the whole new ones, never half-written."""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from tokenize import TokenError

ARCHIVE_ERRORS = (
    *(ValueError, EOFError, KeyError, TypeError, AttributeError, SyntaxError, OverflowError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, TokenError),
)
"""What zipfile, zlib and numpy raise over damaged and forged .npz archives, besides OSError."""

WEIGHTS_ERRORS = (
    *(OSError, ValueError, KeyError, RuntimeError, TypeError, IndexError, AttributeError),
    *(OverflowError, MemoryError),
)
"""What h5py and Keras raise over damaged and forged weights."""


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
