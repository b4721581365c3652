"""Stored sessions in memory, as the window reads and changes them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import (
    Annotation,
    Annotations,
    Marker,
    Segment,
    SessionInfo,
    SessionState,
)
from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.keeping import Overdue
from classroom_monitor.sessions.store_copy import Restored


class FakeArchive:
    """The stored half of Services; a session id without a session raises StoreProblem."""

    def __init__(self) -> None:
        self.stored: dict[int, StoredSession] = {}
        self.trash: dict[int, StoredSession] = {}
        self.purged: list[int] = []
        self.old_trash_purges = 0
        self.overdue = Overdue()
        self.backups: list[tuple[Path, str]] = []
        self.restored = Restored(0, 0)
        self.encryption_problem: EnvironmentProblem | None = None
        self.store_problem: EnvironmentProblem | None = None
        self.load_gates: dict[int, threading.Event] = {}
        self._annotation_ids = count(101)  # never given twice

    def sessions(self) -> Sequence[SessionInfo]:
        """List the stored sessions, newest first."""
        infos = [session.info for session in self.stored.values()]
        return sorted(infos, key=lambda info: info.started_at, reverse=True)

    def session(self, session_id: int) -> StoredSession:
        """Load a session, once the test lets this one load."""
        if session_id in self.load_gates:
            self.load_gates[session_id].wait()
        return self._found(session_id)

    def outline(self, session_id: int, columns: int) -> NDArray[np.float64]:
        """Return a rising course, its first step without a mix."""
        self._found(session_id)
        steps = np.linspace(0.0, 1.0, columns)
        thinned = np.stack((0.3 + 0 * steps, 0.7 - 0.7 * steps, 0.7 * steps, steps, 20 * steps))
        thinned[:3, :1] = np.nan
        return thinned.T.copy()

    def edit_session(
        self,
        session_id: int,
        title: str | None = None,
        course: str | None = None,
        notes: str | None = None,
    ) -> None:
        """Change a session's description, or raise what the test put here."""
        stored = self._writable(session_id)
        info = replace(
            stored.info,
            title=stored.info.title if title is None else title,
            course=stored.info.course if course is None else course,
            notes=stored.info.notes if notes is None else notes,
        )
        self.stored[session_id] = replace(stored, info=info)

    def annotate(
        self, session_id: int, put: Sequence[Annotation], remove: Sequence[Annotation]
    ) -> Annotations:
        """Store and remove annotations as the real store does."""
        stored = self._writable(session_id)
        changed = annotated(stored.annotations, put, remove, self._annotation_ids)
        self.stored[session_id] = replace(stored, annotations=changed)
        return changed

    def trash_session(self, session_id: int) -> None:
        """Hide a session."""
        stored = self._writable(session_id)
        if stored.info.state is SessionState.RUNNING:
            raise StoreProblem(f"session {session_id} is being recorded; stop it, then delete it")
        self.trash[session_id] = self.stored.pop(session_id)

    def restore_session(self, session_id: int) -> None:
        """Bring a trashed session back."""
        if session_id in self.trash:
            self.stored[session_id] = self.trash.pop(session_id)
        self._writable(session_id)

    def purge_trash(self, session_ids: Sequence[int]) -> None:
        """Forget trashed sessions, and remember which."""
        self.purged += [number for number in session_ids if self.trash.pop(number, None)]

    def purge_old_trash(self) -> None:
        """Count."""
        self.old_trash_purges += 1

    def overdue_sessions(self) -> Overdue:
        """Return what the test put here."""
        return self.overdue

    def delete_overdue(self, session_ids: Sequence[int]) -> None:
        """Forget sessions, and remember which; the next are agreed to."""
        for session_id in session_ids:
            self._writable(session_id)
        self.purged += [self.stored.pop(number).info.session_id for number in session_ids]
        self.overdue = Overdue()

    def require_encryption(self) -> None:
        """Raise what the test put here."""
        if self.encryption_problem is not None:
            raise self.encryption_problem

    def back_up(self, target: Path, passphrase: str) -> int:
        """Remember where and under which words, or raise what the test put here."""
        if self.store_problem is not None:
            raise self.store_problem
        self.backups.append((target, passphrase))
        return len(self.stored)

    def restore_backup(self, source: Path, passphrase: str) -> Restored:
        """Remember where and under which words, or raise what the test put here."""
        if self.store_problem is not None:
            raise self.store_problem
        self.backups.append((source, passphrase))
        return self.restored

    def _found(self, session_id: int) -> StoredSession:
        if session_id not in self.stored:
            raise StoreProblem(f"there is no session {session_id}: refresh the list")
        return self.stored[session_id]

    def _writable(self, session_id: int) -> StoredSession:
        if self.store_problem is not None:
            raise self.store_problem
        return self._found(session_id)


def annotated(
    before: Annotations,
    put: Sequence[Annotation],
    remove: Sequence[Annotation],
    ids: Iterator[int],
) -> Annotations:
    """Return annotations after a change, with new ids where they are 0, by time."""
    markers = {marker.marker_id: marker for marker in before.markers}
    segments = {segment.segment_id: segment for segment in before.segments}
    exclusions = {exclusion.exclusion_id: exclusion for exclusion in before.exclusions}
    for item in remove:
        if isinstance(item, Marker):
            markers.pop(item.marker_id, None)
        elif isinstance(item, Segment):
            segments.pop(item.segment_id, None)
        else:
            exclusions.pop(item.exclusion_id, None)
    for item in put:
        if isinstance(item, Marker):
            number = item.marker_id or next(ids)
            markers[number] = replace(item, marker_id=number)
        elif isinstance(item, Segment):
            number = item.segment_id or next(ids)
            segments[number] = replace(item, segment_id=number)
        else:
            number = item.exclusion_id or next(ids)
            exclusions[number] = replace(item, exclusion_id=number)
    return Annotations(
        tuple(sorted(markers.values(), key=lambda marker: marker.t_s)),
        tuple(sorted(segments.values(), key=lambda segment: segment.t_s)),
        tuple(sorted(exclusions.values(), key=lambda exclusion: exclusion.start_s)),
    )
