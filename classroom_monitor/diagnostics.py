"""What a person who helps needs to know of this installation, and nothing about anybody."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import os
import platform
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import psutil

from classroom_monitor import __version__
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.files import replace_text
from classroom_monitor.settings import FREE_TEXTS, Settings

_LIBRARIES = (
    "ai-edge-litert",
    "cv2-enumerate-cameras",
    "mediapipe",
    "numpy",
    "opencv-contrib-python",
    "pyqtgraph",
    "PySide6-Essentials",
    "tensorflow",
)
_MOST_LINES = 3000
_GIB = 2**30


def save_diagnostics(path: Path, settings: Settings, log_lines: Sequence[str]) -> None:
    """Write the versions, this machine's size, the settings without their texts, and the log.

    log_lines must be the kept ones, which name nobody. Raises EnvironmentProblem.
    """
    text = "\n".join(diagnostics(settings, log_lines)) + "\n"
    try:
        replace_text(path, text)
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot write {path} ({error.strerror}): choose another place"
        ) from error


def diagnostics(settings: Settings, log_lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the file."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    yield f"Diagnostics of classroom-monitor {__version__}, {now}"
    yield "No names, titles, notes, paths, addresses or pictures are in this file."
    yield from ("", "[versions]", f"Python {platform.python_version()}")
    yield from (f"{name} {_version(name)}" for name in _LIBRARIES)
    yield from ("", "[machine]", f"{platform.system()} {platform.release()} {platform.machine()}")
    yield f"{os.cpu_count()} cores, {psutil.virtual_memory().total / _GIB:.1f} GiB of memory"
    yield from ("", "[settings]")
    yield from (f"{name} = {shown}" for name, shown in settings_without_texts(settings).items())
    yield from ("", "[log]")
    yield from log_lines[-_MOST_LINES:]


def settings_without_texts(settings: Settings) -> dict[str, str]:
    """Return the settings; of those that hold a user's own words, only whether they are set."""
    values = dataclasses.asdict(settings)
    return {
        name: ("(set)" if value else "(not set)") if name in FREE_TEXTS else str(value)
        for name, value in values.items()
    }


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
