"""How sessions are kept, as the window asks for it: for how long, and in backups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from classroom_monitor.audit import AuditLog
from classroom_monitor.backups import restore_backup, write_backup
from classroom_monitor.keeping import Overdue, agreement, delete_overdue, find_overdue
from classroom_monitor.program_log import ProgramLog
from classroom_monitor.sealed import require_library
from classroom_monitor.session_archive import SessionArchive
from classroom_monitor.sessions.store_copy import Restored
from classroom_monitor.settings import Settings, store_folder
from classroom_monitor.settings_desk import SettingsDesk


class SessionKeeper(SettingsDesk, SessionArchive):
    """Implements what gui.services.Services says of keeping sessions."""

    def __init__(
        self,
        settings: Settings,
        settings_file: Path,
        log: ProgramLog | None = None,
        statements_file: Path | None = None,
        audit: AuditLog | None = None,
    ) -> None:
        """Statements go to the user's data folder unless a file is named.

        Without an audit log nothing is noted.
        """
        SettingsDesk.__init__(self, settings, settings_file, log, statements_file, audit)
        SessionArchive.__init__(self, lambda: store_folder(self._settings), audit)

    def note_picture(self, place: Literal["clipboard", "picture"], sessions: int) -> None:
        """Note in the audit log that a plot of sessions was copied, or saved as a picture."""
        self._audit.note("export", sessions=sessions, format=place)

    def overdue_sessions(self) -> Overdue:
        """Return the sessions that are too old by the settings. Raises StoreProblem."""
        return find_overdue(self._settings, self._store_dir())

    def delete_overdue(self, session_ids: Sequence[int]) -> None:
        """Delete sessions that are too old, for good, all or none. Raises StoreProblem.

        Those who were asked have agreed to the rules with it, and are asked about others only.
        """
        folder = self._store_dir()
        delete_overdue(folder, session_ids, self._audit)
        agreed = agreement(self._settings, folder)
        if agreed != self._settings.retention_agreed:
            self.save_settings(replace(self._settings, retention_agreed=agreed))

    def require_encryption(self) -> None:
        """Raise EnvironmentProblem where backups cannot be sealed, as a package is missing."""
        require_library()

    def back_up(self, target: Path, passphrase: str) -> int:
        """Write all sessions to a sealed file; return how many. Raises EnvironmentProblem."""
        return write_backup(self._store_dir(), target, passphrase, self._audit)

    def restore_backup(self, source: Path, passphrase: str) -> Restored:
        """Add a backup's sessions that the store lacks. Raises EnvironmentProblem.

        Before sessions that came back are deleted for their age, somebody is asked anew.
        """
        restored = restore_backup(source, self._store_dir(), passphrase, self._audit)
        if restored.added and self._settings.retention_agreed:
            self.save_settings(replace(self._settings, retention_agreed=""))
        return restored
