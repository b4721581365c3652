"""Holds a page, and scrolls it where the window is too small, instead of clipping it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class PageArea(QScrollArea):
    """A frameless scroll area that tells its page how wide it may be."""

    def __init__(self, page: QWidget, fit_width: Callable[[int], None]) -> None:
        super().__init__()
        self._fit_width = fit_width
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the page arrange itself for the width that is there."""
        self._fit_width(event.size().width())
        super().resizeEvent(event)
