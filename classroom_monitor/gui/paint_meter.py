"""Tells when the picture has really been repainted, for whoever measures the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from classroom_monitor.gui.picture_view import PictureView


class PaintMeter(QObject):
    """Watches the pictures of the windows that are open."""

    def __init__(self, on_painted: Callable[[], None]) -> None:
        """Take what to call, in the window's thread, after each repaint of a picture."""
        super().__init__(QApplication.instance())
        self._on_painted = on_painted
        for window in QApplication.topLevelWidgets():
            for picture in window.findChildren(PictureView):
                picture.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the repaint that begins here: the whole window is done when its turn comes."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._on_painted)
        return False


def close_windows() -> None:
    """Close every window, which saves what runs."""
    QApplication.closeAllWindows()
