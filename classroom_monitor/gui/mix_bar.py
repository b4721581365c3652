"""The mix of a stretch of time as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.timeline_series import Mix


class MixBar(QWidget):
    """One stacked bar: negative, neutral, positive from left to right; hatched where unknown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mix: Mix | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A slim bar."""
        return QSize(240, 14)

    def show_mix(self, mix: Mix | None) -> None:
        """Show a mix, or that there is none."""
        self._mix = mix
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the three shares side by side in a rounded bar."""
        colours = colours_for(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 7, 7)
        painter.setClipPath(outline)
        if self._mix is None:
            painter.fillRect(self.rect(), colours.gap)
            return
        left = 0.0
        for share, colour in zip(self._mix.shares, colours.moods, strict=True):
            width = share * self.width()
            painter.fillRect(QRectF(left, 0, max(width - 1.5, 0), self.height()), colour)
            left += width
