"""What the files of exported sessions are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classroom_monitor.contracts import ExportFormat, SessionInfo

_LONGEST_TITLE = 60
_MOST_BYTES = 150
"""Of a title: names have 255 bytes on most systems, and a letter takes up to four."""


def export_name(info: SessionInfo, file_format: ExportFormat) -> str:
    """Return a file name that every system allows, from a session's start and its title."""
    return f"{_stem(info)}.{file_format}"


def export_names(infos: Sequence[SessionInfo], file_format: ExportFormat) -> list[str]:
    """Return names for files in one folder: where some are alike, all get their numbers.

    Systems that don't tell large letters from small ones would take more of them for alike.
    """
    stems = [_stem(info) for info in infos]
    if len({stem.casefold() for stem in stems}) < len(stems):
        stems = [f"{stem}_{info.session_id}" for stem, info in zip(stems, infos, strict=True)]
    return [f"{stem}.{file_format}" for stem in stems]


def plain_name(title: str) -> str:
    """Return a title as a file name without ending, "" where nothing of it can stand in one."""
    name = re.sub(r"[^\w.-]+", "-", title)[:_LONGEST_TITLE]
    return name.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").strip("-.")


def _stem(info: SessionInfo) -> str:
    title = plain_name(info.title or info.source)
    return f"{info.started_at:%Y-%m-%d_%H%M}_{title or 'session'}"
