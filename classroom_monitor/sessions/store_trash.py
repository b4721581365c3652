"""What of the store of sessions is thrown away: into the trash, out of it, or for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from classroom_monitor.contracts import SessionInfo, SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store_overwrite import (
    announce_deletion,
    overwrite_deleted,
    overwriting_is_pending,
)
from classroom_monitor.sessions.store_reader import StoreReader
from classroom_monitor.sessions.store_writer import transaction


class StoreTrash(StoreReader):
    """The throwing half of a Store; every method raises StoreProblem where the file fails it."""

    def trashed(self, before: datetime | None = None) -> list[SessionInfo]:
        """Return what is in the trash, or was put there before an aware moment, newest first."""
        if before is None:
            return self._sessions("trashed_at IS NOT NULL ORDER BY session_id DESC", ())
        limit = before.astimezone(UTC).isoformat(timespec="seconds")
        return self._sessions("trashed_at < ? ORDER BY session_id DESC", (limit,))

    def trash(self, session_id: int) -> None:
        """Hide a session until it is restored or purged.

        Raises StoreProblem for an unknown session and for one that is being written.
        """
        with self._changing(session_id) as connection:
            self._require_idle(session_id)
            connection.execute(
                "UPDATE sessions SET trashed_at = ? WHERE session_id = ?",
                (datetime.now(UTC).isoformat(timespec="seconds"), session_id),
            )

    def restore(self, session_id: int) -> None:
        """Bring a trashed session back; harmless for one that isn't trashed.

        Raises StoreProblem for one that is gone.
        """
        with transaction(self._connection, self._path) as connection:
            connection.execute(
                "UPDATE sessions SET trashed_at = NULL WHERE session_id = ?", (session_id,)
            )
            self.description(session_id)

    def purge(self, session_ids: Sequence[int]) -> int:
        """Delete those of these sessions that are trashed, as delete does; return how many."""
        trashed = {info.session_id for info in self.trashed()}
        return self._delete([key for key in session_ids if key in trashed], trashed=True)

    def purge_trashed_before(self, moment: datetime) -> int:
        """Delete, as delete does, all that was trashed before an aware moment; return how many."""
        old = [info.session_id for info in self.trashed(moment)]
        return self._delete(old, trashed=True)

    def delete(self, session_id: int) -> None:
        """Delete a session with all that belongs to it, overwriting it in the store's files.

        Raises StoreProblem for an unknown session and for one that is being written.
        """
        self.delete_all((session_id,))

    def delete_all(self, session_ids: Sequence[int]) -> None:
        """Delete sessions as delete does, all or none of them."""
        self._delete(session_ids, trashed=False)

    @property
    def has_traces(self) -> bool:
        """Whether something was deleted that isn't overwritten everywhere yet.

        So it is while somebody else reads, or records into a large store; it is caught up with.
        """
        return overwriting_is_pending(self._folder)

    @contextmanager
    def _changing(self, session_id: int) -> Iterator[sqlite3.Connection]:
        """Change a session within one transaction. Raises StoreProblem for an unknown one."""
        with transaction(self._connection, self._path) as connection:
            self.description(session_id)
            yield connection

    def _require_idle(self, session_id: int) -> None:
        if self.description(session_id).state is SessionState.RUNNING:
            raise StoreProblem(f"session {session_id} is being recorded; stop it, then delete it")

    def _delete(self, session_ids: Sequence[int], trashed: bool) -> int:
        """Delete sessions, all from the trash or none, at once; return how many there were."""
        if not session_ids:
            return 0
        announce_deletion(self._folder, self._path)
        with transaction(self._connection, self._path) as connection:
            if not trashed:
                for session_id in session_ids:
                    self._require_idle(session_id)
            gone = connection.executemany(
                "DELETE FROM sessions WHERE session_id = ? AND (trashed_at IS NOT NULL) = ?",
                [(session_id, trashed) for session_id in session_ids],
            )
        overwrite_deleted(self._connection, self._path, self._is_recorded_into())
        return gone.rowcount

    def _is_recorded_into(self) -> bool:
        return any(info.state is SessionState.RUNNING for info in self.list_sessions())
