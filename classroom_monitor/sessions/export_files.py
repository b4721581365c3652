"""Puts the files of an export in their places: all of them whole, or none."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from classroom_monitor.errors import EnvironmentProblem

_PERMISSIONS = 0o666  # less what the user's umask takes away, as any program's new files have


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write files, replacing existing ones, with the permissions that new files usually get.

    Everything is on the disk under other names before the first file is replaced. Raises
    EnvironmentProblem, with every existing file as it was, where one cannot be written.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            if path.exists() and not path.is_file():
                raise EnvironmentProblem(f"{path} is not a file: choose another name")
            waiting[path] = temporary_name(path)
            _write(waiting[path], data)
        for path in tuple(waiting):
            waiting.pop(path).replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        for left_over in waiting.values():
            with suppress(OSError):
                left_over.unlink()


def temporary_name(path: Path) -> Path:
    """Return a free name in path's folder, from which a rename puts a file in path's place."""
    return path.with_name(f".{path.name[:40]}-{secrets.token_hex(4)}.tmp")


def make_folder(folder: Path) -> None:
    """Make a folder for several files, unless it is there. Raises EnvironmentProblem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def unwritable(path: Path, error: OSError) -> EnvironmentProblem:
    """Return the problem of a target that the system refuses."""
    return EnvironmentProblem(
        f"{path} cannot be written ({error.strerror or error}): choose another place, or close "
        "the program that has the file open"
    )


def encoded(text: str) -> bytes:
    """Return text as UTF-8; what cannot be encoded becomes a question mark."""
    return text.encode("utf-8", "replace")


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, _PERMISSIONS), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
