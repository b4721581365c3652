"""Exports sessions, and pictures of a timeline, from the sessions page; says where they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.compare_page import ComparePage
from classroom_monitor.gui.comparison_picture import ComparisonPicture
from classroom_monitor.gui.export_dialog import ExportDialog
from classroom_monitor.gui.plot_saving import PlotSaving
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.session_view import SessionView


class SessionExports(QObject):
    """Opens the dialog for what is to be exported, and listens to what a session's view copies."""

    said = Signal(str)  # what was done
    problem = Signal(object)  # Exception

    def __init__(
        self,
        services: Services,
        background: Background,
        view: SessionView,
        compare: ComparePage,
        page: QWidget,
    ) -> None:
        """Take what pictures are made of, and the page that dialogs stand on."""
        super().__init__(page)
        self._services = services
        self._background = background
        self._page = page
        self._plots = PlotSaving(background, view)
        self._plots.copied.connect(self.on_copied)
        self._plots.saved.connect(self.on_saved)
        self._plots.problem.connect(self.problem)
        self._comparisons = ComparisonPicture(compare)
        self._comparisons.copied.connect(self.on_comparison_copied)
        self._comparisons.saved.connect(self.on_saved)
        self._comparisons.problem.connect(self.problem)

    def export(self, infos: Sequence[SessionInfo]) -> None:
        """Ask how and where to write sessions; nothing happens for none."""
        if not infos:
            return
        dialog = ExportDialog(self._services, self._background, infos, self._page)
        dialog.exported.connect(self.on_exported)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_exported(self, paths: Sequence[Path]) -> None:
        """Say where the files are."""
        if len(paths) == 1:
            self.said.emit(self.tr("Exported to {0}").format(paths[0]))
            return
        text = self.tr("{0} sessions exported to {1}")
        self.said.emit(text.format(len(paths), paths[0].parent))

    def on_copied(self) -> None:
        """Say that the timeline was copied."""
        self._note("clipboard")
        self.said.emit(self.tr("The timeline is on the clipboard."))

    def on_comparison_copied(self, sessions: int) -> None:
        """Say that the comparison was copied."""
        self._note("clipboard", sessions)
        self.said.emit(self.tr("The comparison is on the clipboard."))

    def on_saved(self, path: Path, sessions: int = 1) -> None:
        """Say where the picture is."""
        self._note("picture", sessions)
        self.said.emit(self.tr("Saved as {0}").format(path))

    def _note(self, place: Literal["clipboard", "picture"], sessions: int = 1) -> None:
        self._background.run(
            "note export",
            partial(self._services.note_picture, place, sessions),
            lambda _none: None,
            self.problem.emit,
        )
