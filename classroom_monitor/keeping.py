"""Lets go of sessions for good: those that are too old by the user's rules, and the trash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from classroom_monitor.audit import AuditLog
from classroom_monitor.contracts import SessionInfo
from classroom_monitor.sessions.retention import RetentionRules, read_course_days, too_old
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.settings import Settings

TRASH_KEPT = timedelta(minutes=10)
"""How long a trashed session can be brought back, by another window as well."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Sessions that are too old, newest first, and whether somebody is to be asked about them."""

    sessions: tuple[SessionInfo, ...] = ()
    must_ask: bool = False


def retention_rules(settings: Settings) -> RetentionRules:
    """Return the rules that the settings stand for."""
    return RetentionRules(settings.retention_days, read_course_days(settings.retention_by_course))


def agreement(settings: Settings, folder: Path) -> str:
    """Return what stands for agreeing to these rules for this store, as a digest.

    Other rules are agreed to anew, and so is another store: an old one that is only opened loses
    nothing.
    """
    rules = retention_rules(settings)
    meant = [rules.days, sorted(rules.course_days.items()), str(folder.resolve())]
    return hashlib.sha256(json.dumps(meant).encode()).hexdigest()[:32]


def find_overdue(settings: Settings, folder: Path, now: datetime | None = None) -> Overdue:
    """Return what is too old in a folder's store. Makes no store; raises StoreProblem.

    Somebody is to be asked where the rules were not agreed to yet, and where nothing would be
    left: then the computer's clock may be wrong, or the store was not used for long.
    """
    rules = retention_rules(settings)
    if not rules.delete_anything or not (folder / STORE_NAME).exists():
        return Overdue()
    with open_store(folder) as store:
        sessions = store.list_sessions()
    old = too_old(sessions, rules, now or datetime.now(UTC))
    agreed = settings.retention_agreed == agreement(settings, folder)
    return Overdue(tuple(old), not agreed or len(old) == len(sessions))


def delete_overdue(folder: Path, session_ids: Sequence[int], audit: AuditLog) -> None:
    """Delete sessions that are too old, for good, all or none. Raises StoreProblem."""
    with open_store(folder) as store:
        store.delete_all(session_ids)
    audit.note("deletion", sessions=len(session_ids), because="kept long enough")


def purge_old_trash(folder: Path, audit: AuditLog) -> None:
    """Delete for good what was trashed over ten minutes ago. Raises StoreProblem.

    Makes no store where there is none.
    """
    if not (folder / STORE_NAME).exists():
        return
    with open_store(folder) as store:
        purged = store.purge_trashed_before(datetime.now(UTC) - TRASH_KEPT)
    if purged:
        audit.note("deletion", sessions=purged, because="in the trash")


def purge_trash(folder: Path, session_ids: Sequence[int], audit: AuditLog) -> None:
    """Delete those of these sessions that are trashed, for good. Raises StoreProblem."""
    with open_store(folder) as store:
        purged = store.purge(session_ids)
    if purged:
        audit.note("deletion", sessions=purged, because="asked for")
