"""A change of what a session is called, belongs to, and is noted of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from classroom_monitor.contracts import SessionInfo

LONGEST_TEXT = 200
"""Letters that a title, a course or a marker's text may have."""


@dataclass(frozen=True, slots=True)
class SessionEdit:
    """What of a session's description is to change; None for what stays as it is."""

    session_id: int
    title: str | None = None
    course: str | None = None
    notes: str | None = None


def edited(info: SessionInfo, edit: SessionEdit) -> SessionInfo:
    """Return the description with an edit in it."""
    return replace(
        info,
        title=info.title if edit.title is None else edit.title,
        course=info.course if edit.course is None else edit.course,
        notes=info.notes if edit.notes is None else edit.notes,
    )
