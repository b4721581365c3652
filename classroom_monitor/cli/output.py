"""What the commands print, and where: results on stdout, everything else on stderr."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TextIO

import click

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.settings import Settings, load_settings, settings_path

REGION_NOTICE = (
    "Notice: the region isn't set. In the European Union, recognising emotions in education is "
    "prohibited outside medical and safety uses; 'classroom-monitor settings region eu' (or "
    "other) sets it."
)


class NativeStderr:
    """Sends what native libraries write to file descriptor 2 to the null device.

    LiteRT, MediaPipe and FFmpeg log there past Python, which would bury the one line a user needs.
    Python's sys.stderr and faulthandler keep the real stderr. With --verbose on the command line
    nothing is redirected.
    """

    def __init__(self) -> None:
        self._python_stderr: TextIO | None = None

    def __enter__(self) -> None:
        if "--verbose" in sys.argv or "-v" in sys.argv:
            return
        sys.stderr.flush()
        self._python_stderr = sys.stderr
        kept = os.dup(2)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        os.close(null)
        sys.stderr = os.fdopen(kept, "w", buffering=1, errors="backslashreplace")
        faulthandler.enable(file=sys.stderr)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._python_stderr is None:
            return
        faulthandler.disable()
        sys.stderr.flush()
        os.dup2(sys.stderr.fileno(), 2)
        sys.stderr = self._python_stderr


@contextmanager
def problems_to_exit_code() -> Iterator[None]:
    """Turn a problem the user can mend into one line on stderr and exit code 1."""
    try:
        yield
    except EnvironmentProblem as problem:
        print_problem(problem)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our stdout has gone (`... | head`): nothing to report, nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def print_problem(problem: EnvironmentProblem) -> None:
    """Print a problem as one line on stderr."""
    print(f"classroom-monitor: {' '.join(str(problem).split())}", file=sys.stderr)


def print_json(document: Any) -> None:
    """Print the command's one JSON document on stdout."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))


def settings_with_notice() -> Settings:
    """Return the settings; while the region isn't set, say so in one line on stderr.

    For commands that look at a room: what they may do depends on where they are used.
    """
    settings = load_settings(settings_path())
    if settings.region == "unset":
        print(REGION_NOTICE, file=sys.stderr)
    return settings
