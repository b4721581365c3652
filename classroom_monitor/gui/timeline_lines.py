"""The plot items that paint confidence bounds, and shares as three lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QTransform

from classroom_monitor.gui.bands import StepsItem, paint_steps, polygon, runs, y_px
from classroom_monitor.gui.timeline_means import FloatArray

_LINE_PX = 2
_BAND_ALPHA = 55


class BoundsItem(StepsItem):
    """Bounds around levels, between low and high: a flat step per column, or joined like lines."""

    def __init__(self, *, joined: bool = False) -> None:
        super().__init__()
        self._joined = joined
        self._low: FloatArray = np.zeros((0, 1))
        self._high: FloatArray = np.zeros((0, 1))
        self._brushes: tuple[QBrush, ...] = ()

    @property
    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """(m, k) lower and upper levels as they are drawn now."""
        return self._low, self._high

    def set_colours(self, colours: Sequence[QColor], alpha: int = _BAND_ALPHA) -> None:
        """Choose one colour per level, seen through by alpha (0 to 255)."""
        self._brushes = tuple(QBrush(QColor(c.red(), c.green(), c.blue(), alpha)) for c in colours)
        self.update()

    def set_columns(self, edges_s: FloatArray, low: FloatArray, high: FloatArray) -> None:
        """Draw (m, k) bounds between (m + 1,) edges; NaN rows stay empty."""
        self._low, self._high = low, high
        self._take_edges(edges_s)

    def paint_pixels(self, painter: QPainter, xs_px: FloatArray, to_pixels: QTransform) -> None:
        """Paint each band of bounds."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        low, high = y_px(to_pixels, self._low), y_px(to_pixels, self._high)
        for level, brush in enumerate(self._brushes):
            if self._joined:
                _paint_joined(painter, xs_px, low[:, level], high[:, level], brush)
            else:
                both = np.column_stack([low[:, level], high[:, level]])
                paint_steps(painter, xs_px, both, (brush,))


def _paint_joined(
    painter: QPainter, xs_px: FloatArray, low_px: FloatArray, high_px: FloatArray, brush: QBrush
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    for start, stop in runs(np.isfinite(low_px)):
        xs, lower = through_middles(xs_px, low_px, start, stop)
        _, upper = through_middles(xs_px, high_px, start, stop)
        there_and_back = np.concatenate([xs, xs[::-1]])
        painter.drawPolygon(polygon(there_and_back, np.concatenate([lower, upper[::-1]])))


def through_middles(
    xs_px: FloatArray, ys_px: FloatArray, start: int, stop: int
) -> tuple[FloatArray, FloatArray]:
    """Return a line's points through the middles of columns [start, stop), held to their ends."""
    middles = (xs_px[start:stop] + xs_px[start + 1 : stop + 1]) / 2
    held = ys_px[start:stop]
    xs = np.concatenate([[xs_px[start]], middles, [xs_px[stop]]])
    return xs, np.concatenate([held[:1], held, held[-1:]])


class LinesItem(StepsItem):
    """One line per share through the middles of the columns, broken where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._values: FloatArray = np.zeros((0, 1))
        self._pens: tuple[QPen, ...] = ()

    @property
    def values(self) -> FloatArray:
        """(m, lines) shares as they are drawn now; NaN rows are holes."""
        return self._values

    def set_colours(self, colours: Sequence[QColor]) -> None:
        """Choose one colour per line."""
        self._pens = tuple(QPen(colour, _LINE_PX) for colour in colours)
        for pen in self._pens:
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        self.update()

    def set_columns(self, edges_s: FloatArray, values: FloatArray) -> None:
        """Draw (m, lines) shares between (m + 1,) edges."""
        self._values = values
        self._take_edges(edges_s)

    def paint_pixels(self, painter: QPainter, xs_px: FloatArray, to_pixels: QTransform) -> None:
        """Paint the lines; a column without neighbours is a dash as wide as itself."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ys = to_pixels.m22() * self._values + to_pixels.dy()
        for start, stop in runs(np.isfinite(ys[:, -1])):
            for line, pen in enumerate(self._pens):
                painter.setPen(pen)
                points = through_middles(xs_px, ys[:, line], start, stop)
                painter.drawLines(line_pieces(*points))


def line_pieces(xs: FloatArray, ys: FloatArray) -> list[QLineF]:
    """Return a line through (n,), (n,) points as n - 1 pieces.

    Qt paints pieces with square ends many times faster than one broken line with joins: 580 points
    two pixels apart took 2.5 ms of processor time instead of 69.
    """
    ends = np.column_stack([xs[:-1], ys[:-1], xs[1:], ys[1:]])
    return [QLineF(*piece) for piece in ends.tolist()]
