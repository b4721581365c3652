"""The window's icon, drawn rather than shipped: three seconds of a timeline."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap

from classroom_monitor.gui.palette import Colours

_SIZE_PX = 128
_MIXES = ((0.35, 0.40, 0.25), (0.25, 0.35, 0.40), (0.15, 0.30, 0.55))


def window_icon(colours: Colours) -> QIcon:
    """Return a rounded tile with three stacked bars in the colours of the moods."""
    pixmap = QPixmap(_SIZE_PX, _SIZE_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tile = QPainterPath()
    tile.addRoundedRect(QRectF(4, 4, _SIZE_PX - 8, _SIZE_PX - 8), 24, 24)
    painter.fillPath(tile, QColor(Qt.GlobalColor.white))
    for column, mix in enumerate(_MIXES):
        bottom = 108.0
        for share, colour in zip(mix, colours.moods, strict=True):
            height = 88 * share
            painter.fillRect(QRectF(20 + 32 * column, bottom - height, 24, height), colour)
            bottom -= height
    painter.end()
    return QIcon(pixmap)
