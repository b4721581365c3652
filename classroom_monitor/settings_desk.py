"""The part of the program behind the window that keeps settings, statements and the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classroom_monitor.audit import AuditLog, audit_path, on_record, read_statements
from classroom_monitor.diagnostics import save_diagnostics
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.program_log import ProgramLog
from classroom_monitor.settings import Settings, load_settings, save_changes, save_settings

_LARGEST_FILE_BYTES = 2**20


class SettingsDesk:
    """Keeps the settings in force; each statement among them is on record before it holds."""

    def __init__(
        self,
        settings: Settings,
        settings_file: Path,
        log: ProgramLog | None = None,
        statements_file: Path | None = None,
        audit: AuditLog | None = None,
    ) -> None:
        """statements_file is that of the user's data folder unless another one is named.

        Without an audit log nothing is noted.
        """
        self._audit = audit or AuditLog()
        self._settings = settings
        self._settings_file = settings_file
        self._log = log
        self._statements_file = statements_file

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def save_settings(self, settings: Settings) -> None:
        """Keep what was changed of the settings in force. Raises EnvironmentProblem."""
        with on_record(self._settings, settings, self._statements_path):
            save_changes(self._settings, settings, self._settings_file)
        self._audit.note_changes(self._settings, settings)
        self._settings = settings

    def export_settings(self, settings: Settings, path: Path) -> None:
        """Write settings to a file that import_settings reads. Raises EnvironmentProblem."""
        save_settings(settings, path)

    def import_settings(self, path: Path) -> Settings:
        """Return a file's settings, with the statements of this computer; nothing is kept yet.

        Where the program is used, what was stated about it, and that sessions may be deleted, is
        never taken from a file.
        Raises EnvironmentProblem.
        """
        try:
            size = path.stat().st_size
        except OSError as error:
            raise EnvironmentProblem(f"cannot read {path} ({error.strerror})") from error
        if size > _LARGEST_FILE_BYTES:
            raise EnvironmentProblem(f"{path} is too large for a settings file: choose another")
        here = self._settings
        return replace(
            load_settings(path),
            region=here.region,
            lawful_exception=here.lawful_exception,
            informed=here.informed,
            retention_agreed=here.retention_agreed,
        )

    def log_lines(self) -> Sequence[str]:
        """Return what this run has logged, oldest first."""
        return self._log.lines() if self._log is not None else ()

    def statements(self) -> Sequence[str]:
        """Return the statements on record, oldest first. Raises EnvironmentProblem."""
        return read_statements(self._statements_path)

    def audit_lines(self) -> Sequence[str]:
        """Return what is in the audit log, oldest first. Raises EnvironmentProblem."""
        return self._audit.lines()

    def save_diagnostics(self, path: Path) -> None:
        """Write a file for whoever helps, with nothing personal. Raises EnvironmentProblem."""
        lines = self._log.kept_lines() if self._log is not None else ()
        save_diagnostics(path, self._settings, lines)

    @property
    def _statements_path(self) -> Path:
        return self._statements_file or audit_path()
