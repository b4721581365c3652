"""Finds the session that a user means among those of a store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.errors import StoreProblem

LATEST = "latest"
"""What names the newest session wherever one is asked for."""


def pick_session(sessions: Sequence[SessionInfo], key: int | str, path: Path) -> SessionInfo:
    """Return the session of an id, of "latest", of a title, or of the unique start of one.

    sessions are ordered newest first; path is their store, for the message. An id goes before a
    title of digits, a whole title before the start of others; letters' case doesn't matter.
    Raises StoreProblem where none or several fit.
    """
    text = str(key).strip()
    if text.casefold() == LATEST:
        if not sessions:
            raise StoreProblem(f"{path} holds no session yet; record or analyze something first")
        return sessions[0]
    found = _by_id(sessions, text)
    if not found and isinstance(key, str) and text:
        found = _by_title(sessions, text.casefold())
    if not found:
        raise StoreProblem(
            f"no session {text!r} in {path}; `classroom-monitor sessions` lists them"
        )
    if len(found) > 1:
        ids = ", ".join(str(info.session_id) for info in found[:10])
        raise StoreProblem(f"{len(found)} sessions are called {text!r}; give one's id ({ids})")
    return found[0]


def _by_id(sessions: Sequence[SessionInfo], text: str) -> list[SessionInfo]:
    return [info for info in sessions if str(info.session_id) == text.removeprefix("#")]


def _by_title(sessions: Sequence[SessionInfo], wanted: str) -> list[SessionInfo]:
    exact = [info for info in sessions if info.title.casefold() == wanted]
    return exact or [info for info in sessions if info.title.casefold().startswith(wanted)]
