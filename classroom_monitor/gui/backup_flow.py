"""Backs all sessions up to a sealed file, and brings sessions back from one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from classroom_monitor.backups import ENDING
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.file_question import FileQuestion, ask_for_file
from classroom_monitor.gui.passphrase_dialog import PassphraseDialog
from classroom_monitor.gui.services import Services
from classroom_monitor.sessions.store_copy import Restored


class BackupFlow(QObject):
    """Asks for file and passphrase, and has the work done in a thread."""

    said = Signal(str)
    problem = Signal(object)  # Exception
    restored = Signal()

    def __init__(self, services: Services, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self._window = window

    def back_up(self) -> None:
        """Ask for a new passphrase, then where the backup goes."""
        if self._can_seal():
            self._ask_words(self.tr("Back up all sessions"), True, self._ask_target)

    def restore(self) -> None:
        """Ask for a backup, then for its passphrase."""
        if not self._can_seal():
            return
        title = self.tr("Restore from a backup")
        question = FileQuestion(title, "", ENDING, self.tr("Backups"), writes=False)
        ask_for_file(
            self._window,
            question,
            lambda path: self._ask_words(title, False, partial(self.restore_from, path)),
        )

    def back_up_to(self, passphrase: str, path: Path) -> None:
        """Write the backup."""
        self.said.emit(self.tr("Backing up…"))
        said = self.tr("Backed up to {1}, sessions: {0}. Without the passphrase it stays closed.")
        self._background.run(
            "back up",
            partial(self._services.back_up, path, passphrase),
            lambda count: self.said.emit(said.format(count, path)),
            self.problem.emit,
        )

    def restore_from(self, path: Path, passphrase: str) -> None:
        """Add the sessions of a backup that aren't there."""
        self.said.emit(self.tr("Restoring…"))
        self._background.run(
            "restore",
            partial(self._services.restore_backup, path, passphrase),
            self.on_restored,
            self.problem.emit,
        )

    def on_restored(self, restored: Restored) -> None:
        """Say what came back."""
        text = self.tr("Sessions that came back: {0}, already there: {1}.")
        self.said.emit(text.format(restored.added, restored.present))
        self.restored.emit()

    def _ask_target(self, passphrase: str) -> None:
        name = f"classroom-monitor-{date.today().isoformat()}.{ENDING}"
        title = self.tr("Back up all sessions")
        question = FileQuestion(title, name, ENDING, self.tr("Backups"), writes=True)
        ask_for_file(self._window, question, partial(self.back_up_to, passphrase))

    def _ask_words(self, title: str, new: bool, then: Callable[[str], None]) -> None:
        dialog = PassphraseDialog(title, new, self._window)
        dialog.accepted.connect(lambda: then(dialog.passphrase))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _can_seal(self) -> bool:
        try:
            self._services.require_encryption()
        except EnvironmentProblem as problem:
            self.problem.emit(problem)
            return False
        return True
