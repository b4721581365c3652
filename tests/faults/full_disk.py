"""A disk of its own, so small that it can be filled."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

BLOCK = b"x" * 4096


@contextmanager
def small_disk(folder: Path, size_kib: int = 2048) -> Iterator[Path]:
    """Mount a small disk in memory on a folder; skips the test where that isn't allowed."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root on Linux")
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size_kib}k,mode=700", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, option: str) -> None:
    """Let a small disk be read only ("ro") or written again ("rw")."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all that is left of a folder's disk; return the file that does."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as handle, suppress(OSError):
        while True:
            handle.write(BLOCK)
    return ballast
