"""What is to be accounted for later: statements, and what was done with sessions.

Two files of one line each, only ever added to. The statements say where and how the program is
used, in the user's own words. The audit log says what the program did (it opened, began a session,
exported, deleted, backed up) and which rules changed, in words and numbers of its own: no names,
titles, texts, paths or addresses, and nothing about anybody in the room.
"""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from classroom_monitor import __version__
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.settings import Settings, default_store_dir

logger = logging.getLogger(__name__)

FILE_NAME = "statements.jsonl"
AUDIT_NAME = "audit.jsonl"
INFORMED_STATEMENT = "Those present are told before every session."
"""What the first-start page's box states; kept in English whatever the window's language."""

_NEWEST_BYTES = 2**18


def audit_path() -> Path:
    """Return the file of the statements, in the user's data folder; it need not exist."""
    return default_store_dir() / FILE_NAME


class AuditLog:
    """The audit log in a file; one without a file keeps nothing."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    def note(self, event: str, **facts: int | str) -> None:
        """Append an event of now, with facts in the program's own words and numbers.

        A file that cannot be written is logged: it is no reason to miss a lecture, or to keep
        what was to be deleted.
        """
        if self._path is None:
            return
        try:
            _append(self._path, [{"event": event, **facts}])
        except OSError as error:
            logger.warning("%s cannot be noted in the audit log: %s", event, error)

    def note_changes(self, before: Settings, after: Settings) -> None:
        """Append what has changed of the rules that sessions follow."""
        rules: dict[str, tuple[int | str, int | str]] = {
            "group minimum": (before.group_minimum, after.group_minimum),
            "mode": (_mode(before), _mode(after)),
            "days kept": (before.retention_days, after.retention_days),
        }
        for rule, (old, new) in rules.items():
            if old != new:
                self.note(rule, before=old, after=new)
        if before.retention_by_course != after.retention_by_course:
            self.note("days kept by course")

    def lines(self) -> tuple[str, ...]:
        """Return the newest events, oldest first. Raises EnvironmentProblem."""
        return read_statements(self._path) if self._path is not None else ()


def audit_log() -> AuditLog:
    """Return the audit log of the user's data folder."""
    return AuditLog(default_store_dir() / AUDIT_NAME)


def record_changes(before: Settings, after: Settings, path: Path) -> None:
    """Append a line for each statement made or withdrawn, and for each change of mode.

    Called before the settings are saved, so that no mood is ever computed on a statement that is
    not on record. Raises EnvironmentProblem where the file cannot be written.
    """
    events = list(_events(before, after))
    if not events:
        return
    try:
        _append(path, events)
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


def _append(path: Path, events: Sequence[Mapping[str, int | str]]) -> None:
    """Write a line for each event at once, at the end, and wait until they are on the disk."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    lines = [json.dumps({"at": at, "program": __version__, **event}) + "\n" for event in events]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        data = "".join(lines).encode()
        if os.write(descriptor, data) < len(data):
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
