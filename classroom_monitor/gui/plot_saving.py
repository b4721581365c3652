"""Copies and saves the timeline of the session that is open, as it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.export_target import documents_folder
from classroom_monitor.gui.plot_export import copy_plot, plot_image, plot_svg, save_plot
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.gui.session_view import SessionView
from classroom_monitor.sessions.export_names import export_name
from classroom_monitor.sessions.report_timeline import TimelineDrawing


class PlotSaving(QObject):
    """Draws the plot beside the window: what is in view, in the style that is chosen."""

    copied = Signal()
    saved = Signal(object)  # Path
    problem = Signal(object)  # Exception

    def __init__(self, background: Background, view: SessionView) -> None:
        super().__init__(view)
        self._background = background
        self._view = view
        view.head.copy_requested.connect(self.on_copy)
        view.head.save_requested.connect(self.on_save)

    def on_copy(self) -> None:
        """Put the plot on the clipboard once it is drawn."""
        session = self._session()
        if session is not None:
            self._run(partial(_drawn, session, self._drawing()), self.on_drawn)

    def on_drawn(self, drawn: tuple[str, QImage]) -> None:
        """Put it on the clipboard, which belongs to the window's thread."""
        copy_plot(*drawn)
        self.copied.emit()

    def on_save(self) -> None:
        """Ask for a file."""
        session = self._session()
        if session is None:
            return
        dialog = QFileDialog(self._view, self.tr("Save the timeline"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("PNG picture (*.png)"), self.tr("SVG drawing (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("svg" if "*.svg" in chosen else "png")
        )
        dialog.setDirectory(documents_folder())
        dialog.selectFile(Path(export_name(session.info, "pdf")).stem)
        dialog.fileSelected.connect(partial(self.on_chosen, session, self._drawing()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_chosen(self, session: StoredSession, drawing: TimelineDrawing, name: str) -> None:
        """Draw and write the file."""
        path = Path(name)
        self._run(partial(_save, path, session, drawing), lambda _: self.saved.emit(path))

    def _run(self, work: Callable[[], Any], on_result: Callable[[Any], None]) -> None:
        self._background.run("draw plot", work, on_result, self.problem.emit)

    def _session(self) -> StoredSession | None:
        """Return the session shown, with its annotations as they are drawn now."""
        review = self._view.review
        if review is None:
            return None
        return replace(review.session, annotations=self._view.plot.annotations)

    def _drawing(self) -> TimelineDrawing:
        """Return how the plot is shown now."""
        look, plot = self._view.options.look, self._view.plot
        first_s, last_s = plot.view_s
        return TimelineDrawing(
            line_style=look.style,
            span_s=(max(0.0, first_s), max(first_s + 1, min(last_s, self._view.end_s))),
            changes=plot.items.drawn.changes,
            smoothing_s=look.smoothing_s,
            bands=look.bands,
        )


def _drawn(session: StoredSession, drawing: TimelineDrawing) -> tuple[str, QImage]:
    svg = plot_svg(session, drawing)
    return svg, plot_image(svg)


def _save(path: Path, session: StoredSession, drawing: TimelineDrawing) -> None:
    save_plot(path, plot_svg(session, drawing))
