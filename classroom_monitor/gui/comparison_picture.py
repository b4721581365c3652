"""Copies and saves compared sessions as a picture: curves and numbers, as they are shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QFileDialog

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.compare_page import ComparePage
from classroom_monitor.gui.export_target import documents_folder
from classroom_monitor.gui.plot_export import png_bytes
from classroom_monitor.sessions.export_files import replace_files
from classroom_monitor.sessions.export_names import plain_name

SCALE = 2.0
"""Pixels of the picture for each of the window's, so that it stays sharp on a slide."""

_MARGIN = 12


class ComparisonPicture(QObject):
    """Paints what a page compares; its values obey group minimum and exclusions already."""

    copied = Signal(int)  # how many sessions are in it
    saved = Signal(object, int)  # Path, and as many
    problem = Signal(object)  # Exception

    def __init__(self, page: ComparePage) -> None:
        super().__init__(page)
        self._page = page
        page.copy_requested.connect(self.on_copy)
        page.save_requested.connect(self.on_save)

    def on_copy(self) -> None:
        """Put the comparison on the clipboard."""
        if self._page.comparison is not None:
            QGuiApplication.clipboard().setImage(comparison_image(self._page))
            self.copied.emit(len(self._page.comparison.infos))

    def on_save(self) -> None:
        """Ask for a file."""
        if self._page.comparison is None:
            return
        dialog = QFileDialog(self._page, self.tr("Save the comparison"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PNG picture (*.png)"))
        dialog.setDefaultSuffix("png")
        dialog.setDirectory(documents_folder())
        dialog.selectFile(plain_name(self._page.title.whole))
        image, sessions = comparison_image(self._page), len(self._page.comparison.infos)
        dialog.fileSelected.connect(partial(self.on_chosen, image, sessions))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_chosen(self, image: QImage, sessions: int, name: str) -> None:
        """Write the picture as it was when the file was asked for."""
        path = Path(name)
        try:
            replace_files({path: png_bytes(image)})
        except EnvironmentProblem as problem:
            self.problem.emit(problem)
        else:
            self.saved.emit(path, sessions)


def comparison_image(page: ComparePage) -> QImage:
    """Return a page's title above its curves and numbers, in the colours of the window."""
    font = page.title.font()
    title_height = QFontMetrics(font).height() + _MARGIN
    shown = page.shown
    size = QSize(shown.width() + 2 * _MARGIN, shown.height() + title_height + 2 * _MARGIN)
    image = QImage(size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(page.palette().window().color())
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(page.palette().windowText().color())
    title = QFontMetrics(font).elidedText(
        page.title.whole, Qt.TextElideMode.ElideRight, shown.width()
    )
    painter.drawText(QPoint(_MARGIN, _MARGIN + QFontMetrics(font).ascent()), title)
    shown.render(painter, QPoint(_MARGIN, _MARGIN + title_height))
    painter.end()
    return image
