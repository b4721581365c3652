"""Opens the settings, looks up what they offer, and keeps, reads and writes them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.file_question import FileQuestion, ask_for_file
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.settings_dialog import SettingsDialog

_FILE_NAME = "classroom-monitor-settings.json"


class SettingsFlow(QObject):
    """Stands between the window, the dialog and the program."""

    saved = Signal()
    problem = Signal(object)  # Exception
    notice_requested = Signal(object, object)  # Settings as they stand there, the dialog

    def __init__(self, services: Services, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self._window = window

    def open(self) -> None:
        """Edit the settings; the models and finders arrive when they have been looked at."""
        services = self._services
        dialog = SettingsDialog(services.settings, self._window, services.save_settings)
        jobs = (
            self._background.run(
                "list models", self._services.models, dialog.on_models, self.problem.emit
            ),
            self._background.run(
                "list finders", self._services.finders, dialog.on_finders, self.problem.emit
            ),
        )
        for job in jobs:
            dialog.finished.connect(job.cancel)
        dialog.accepted.connect(self.saved)
        dialog.import_requested.connect(partial(self._ask_import, dialog))
        dialog.export_requested.connect(partial(self._ask_export, dialog))
        dialog.use.notice_requested.connect(partial(self._show_notice, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_notice(self, dialog: SettingsDialog) -> None:
        self.notice_requested.emit(dialog.chosen(), dialog)

    def _ask_import(self, dialog: SettingsDialog) -> None:
        question = FileQuestion(
            self.tr("Import settings"), "", "json", self.tr("Settings"), writes=False
        )
        ask_for_file(dialog, question, partial(self._import, dialog))

    def _import(self, dialog: SettingsDialog, path: Path) -> None:
        job = self._background.run(
            "import settings",
            partial(self._services.import_settings, path),
            dialog.on_imported,
            dialog.on_problem,
        )
        dialog.finished.connect(job.cancel)

    def _ask_export(self, dialog: SettingsDialog) -> None:
        question = FileQuestion(
            self.tr("Export settings"), _FILE_NAME, "json", self.tr("Settings"), writes=True
        )
        ask_for_file(dialog, question, partial(self._export, dialog))

    def _export(self, dialog: SettingsDialog, path: Path) -> None:
        said = self.tr("Written: {0}").format(path)
        job = self._background.run(
            "export settings",
            partial(self._services.export_settings, dialog.chosen(), path),
            lambda _none: dialog.news.say(Tone.GOOD, said),
            dialog.on_problem,
        )
        dialog.finished.connect(job.cancel)
