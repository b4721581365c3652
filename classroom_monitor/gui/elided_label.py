"""A line of text that gives way where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from classroom_monitor.gui.plain_tip import plain_tip


class ElidedLabel(QLabel):
    """A line that is cut where there is no room for it, with all of it as tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """The line as it would be with room enough."""
        return self._whole

    def show_line(self, text: str) -> None:
        """Show a line."""
        self._whole = text
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut it anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room_px = self.contentsRect().width()
        elide = self.fontMetrics().elidedText
        self.setText(elide(self._whole, Qt.TextElideMode.ElideRight, room_px))
