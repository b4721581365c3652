"""The stored sessions as the window reads and changes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.audit import AuditLog
from classroom_monitor.contracts import Annotation, Annotations, SessionInfo
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.keeping import purge_old_trash, purge_trash
from classroom_monitor.sessions.store import Store, open_store


def stored_session(store: Store, session_id: int) -> StoredSession:
    """Read a session with everything that belongs to it. Raises StoreProblem."""
    return StoredSession(
        info=store.description(session_id),
        points=tuple(store.points(session_id)),
        annotations=store.annotations(session_id),
    )


class SessionArchive:
    """Implements what gui.services.Services says of stored sessions.

    Each call opens the store for itself, so that any thread may make it, and other windows and
    commands may use the store meanwhile.
    """

    def __init__(self, store_dir: Callable[[], Path], audit: AuditLog | None = None) -> None:
        """Take what tells the store's folder, asked at each call: the settings may change it.

        Without an audit log nothing is noted.
        """
        self._store_dir = store_dir
        self._audit = audit or AuditLog()

    def sessions(self) -> Sequence[SessionInfo]:
        """List stored sessions, newest first. Raises StoreProblem."""
        with self._store() as store:
            return store.list_sessions()

    def session(self, session_id: int) -> StoredSession:
        """Load a session. Raises StoreProblem."""
        with self._store() as store:
            return stored_session(store, session_id)

    def outline(self, session_id: int, columns: int) -> NDArray[np.float64]:
        """Return a session's course, (columns, 5), for a thumbnail. Raises StoreProblem."""
        with self._store() as store:
            return store.outline(session_id, columns)

    def edit_session(
        self,
        session_id: int,
        title: str | None = None,
        course: str | None = None,
        notes: str | None = None,
    ) -> None:
        """Change a session's description; None leaves a part as it is. Raises StoreProblem."""
        with self._store() as store:
            store.edit(session_id, title, course, notes)

    def annotate(
        self, session_id: int, put: Sequence[Annotation], remove: Sequence[Annotation]
    ) -> Annotations:
        """Store and remove annotations, and return what there is then. Raises StoreProblem."""
        with self._store() as store:
            return store.annotate(session_id, put, remove)

    def trash_session(self, session_id: int) -> None:
        """Hide a session until it is restored or purged. Raises StoreProblem."""
        with self._store() as store:
            store.trash(session_id)

    def restore_session(self, session_id: int) -> None:
        """Bring a trashed session back. Raises StoreProblem where it is gone."""
        with self._store() as store:
            store.restore(session_id)

    def purge_trash(self, session_ids: Sequence[int]) -> None:
        """Delete those of these sessions that are trashed, for good. Raises StoreProblem."""
        purge_trash(self._store_dir(), session_ids, self._audit)

    def purge_old_trash(self) -> None:
        """Delete for good what was trashed over ten minutes ago. Raises StoreProblem.

        Makes no store where there is none.
        """
        purge_old_trash(self._store_dir(), self._audit)

    def _store(self) -> Store:
        return open_store(self._store_dir())
