"""A session's timeline as small as a row of a list; never a picture of anyone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QBrush, QPainter

from classroom_monitor.gui.bands import paint_steps
from classroom_monitor.gui.palette import Colours

_COVERAGE_PART = 0.22
"""Part of the height that shows coverage, below the mix."""


def paint_thumbnail(
    painter: QPainter, place: QRect, outline: NDArray[np.float64], colours: Colours
) -> None:
    """Paint an outline into a place of a widget.

    outline is (columns, 5): shares in the order of MOODS, coverage and seen, NaN where missing.
    Where no column has shares, as in counts-only mode, the faces seen are painted in their stead.
    """
    painter.save()
    painter.fillRect(place, colours.gap)
    if len(outline):
        xs_px = place.left() + np.linspace(0.0, place.width(), len(outline) + 1)
        cut_px = place.top() + round(place.height() * (1 - _COVERAGE_PART))
        heights, brushes = _upper(outline, colours)
        levels = np.column_stack([np.zeros(len(outline)), np.cumsum(heights, axis=1)])
        paint_steps(painter, xs_px, cut_px - 1 - levels * (cut_px - 1 - place.top()), brushes)
        below = np.column_stack([np.zeros(len(outline)), outline[:, 3]])
        bottom_px = place.bottom() + 1
        brush = QBrush(colours.coverage)
        paint_steps(painter, xs_px, bottom_px - below * (bottom_px - cut_px), (brush,))
    painter.setPen(colours.border)
    painter.setBrush(QBrush())
    painter.drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def _upper(
    outline: NDArray[np.float64], colours: Colours
) -> tuple[NDArray[np.float64], tuple[QBrush, ...]]:
    """Return (columns, bands) heights up to 1, and the bands' brushes."""
    shares, seen = outline[:, :3], outline[:, 4]
    if np.isfinite(shares).any() or not np.isfinite(seen).any():
        return shares, tuple(QBrush(colour) for colour in colours.moods)
    return (seen / max(1.0, float(np.nanmax(seen))))[:, None], (QBrush(colours.unused),)
