"""Copies the opened session's timeline as a picture, or saves it where the user says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.export_dialog import documents_folder
from classroom_monitor.gui.plot_export import copy_plot, plot_svg, save_plot
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.gui.session_view import SessionView
from classroom_monitor.sessions.export_names import export_name


class PlotSaving(QObject):
    """Draws beside the window what is exported too, and not what is on screen."""

    said = Signal(str)  # what was done
    problem = Signal(object)  # Exception

    def __init__(
        self, background: Background, view: SessionView, session: Callable[[], StoredSession | None]
    ) -> None:
        """Take the view that asks, and what tells the session as it is stored now."""
        super().__init__(view)
        self._background = background
        self._view = view
        self._session = session
        self._drawing: Job[Any] | None = None
        view.head.copy_requested.connect(self.copy)
        view.head.save_requested.connect(self.save)

    def copy(self) -> None:
        """Put the timeline on the clipboard."""
        session = self._session()
        if session is not None:
            self._run(partial(plot_svg, session), self.on_drawn)

    def save(self) -> None:
        """Ask where to save the timeline."""
        session = self._session()
        if session is None:
            return
        dialog = QFileDialog(self._view, self.tr("Save the timeline"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Picture (*.png)"), self.tr("Drawing (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.setDirectory(documents_folder())
        dialog.selectFile(str(Path(export_name(session.info, "csv")).with_suffix(".png")))
        dialog.fileSelected.connect(partial(self.on_chosen, session))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_drawn(self, svg: str) -> None:
        """Copy what was drawn."""
        copy_plot(svg)
        self.said.emit(self.tr("The timeline is on the clipboard."))

    def on_chosen(self, session: StoredSession, name: str) -> None:
        """Draw and write the file."""
        path = Path(name)
        self._run(partial(_save, path, session), partial(self.on_saved, path))

    def on_saved(self, path: Path, _done: None) -> None:
        """Say where the file is."""
        self.said.emit(self.tr("Saved as {0}").format(path))

    def _run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
        self._drawing = self._background.run("draw plot", work, on_result, self.problem.emit)


def _save(path: Path, session: StoredSession) -> None:
    save_plot(path, plot_svg(session))
