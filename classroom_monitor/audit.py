"""What was stated about where and how the program is used: one line each, only ever added to.

Nothing else is written here: no names, no sessions, no pictures. A statement's own words are kept
as the user wrote them, because they are what is to be accounted for later.
"""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from classroom_monitor import __version__
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.settings import Settings, default_store_dir

logger = logging.getLogger(__name__)

FILE_NAME = "statements.jsonl"
INFORMED_STATEMENT = "Those present are told before every session."
"""What the first-start page's box states; kept in English whatever the window's language."""

_NEWEST_BYTES = 2**18


def audit_path() -> Path:
    """Return the file of the statements, in the user's data folder; it need not exist."""
    return default_store_dir() / FILE_NAME


def record_changes(before: Settings, after: Settings, path: Path) -> None:
    """Append a line for each statement made or withdrawn, and for each change of mode.

    Called before the settings are saved, so that no mood is ever computed on a statement that is
    not on record. Raises EnvironmentProblem where the file cannot be written.
    """
    events = list(_events(before, after))
    if not events:
        return
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    lines = [json.dumps({"at": at, "program": __version__, **event}) + "\n" for event in events]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _append(path, "".join(lines).encode())
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot write the statement to {path} ({error.strerror}), so nothing was changed:"
            " check the folder's permissions"
        ) from error


@contextmanager
def on_record(before: Settings, after: Settings, path: Path) -> Iterator[None]:
    """Record changed settings, and take that back in a further line if they cannot be kept.

    Raises EnvironmentProblem, as record_changes and what is done meanwhile do.
    """
    record_changes(before, after, path)
    try:
        yield
    except EnvironmentProblem:
        record_changes(after, before, path)
        raise


def read_statements(path: Path) -> tuple[str, ...]:
    """Return the newest lines of the file, oldest first; () where there is none.

    Raises EnvironmentProblem for a file that cannot be read.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _NEWEST_BYTES))
            text = file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise EnvironmentProblem(f"cannot read {path} ({error.strerror})") from error
    lines = text.splitlines()
    return tuple(lines[1:] if size > _NEWEST_BYTES else lines)


def _append(path: Path, lines: bytes) -> None:
    """Write all lines at once, at the end, and wait until they are on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(descriptor, lines) < len(lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _events(before: Settings, after: Settings) -> Iterator[dict[str, str]]:
    if after.region != before.region:
        yield {"event": "region", "from": before.region, "to": after.region}
    if after.informed != before.informed:
        yield _statement("informed", INFORMED_STATEMENT if after.informed else "")
    exception = after.lawful_exception.strip()
    if exception != before.lawful_exception.strip():
        yield _statement("lawful exception", exception)
    if after.counts_only != before.counts_only:
        yield {"event": "mode", "from": _mode(before), "to": _mode(after)}


def _statement(about: str, words: str) -> dict[str, str]:
    if not words:
        return {"event": "withdrawn", "about": about}
    return {"event": "statement", "about": about, "statement": words}


def _mode(settings: Settings) -> str:
    return "counts only" if settings.counts_only else "moods"
