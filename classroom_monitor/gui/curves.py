"""The plot item that paints one line per session, told apart by colour and by dashes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from classroom_monitor.gui.bands import StepsItem, polygon, runs
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.timeline_series import FloatArray

_LINE_PX = 2.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.5, 2), (7, 2, 1.5, 2))
"""Dash and space lengths in widths of the line; () is one without a break."""


def curve_pen(colours: Sequence[QColor], number: int) -> QPen:
    """Return the pen of curve `number`: colours repeat after dashes do, in another pairing."""
    pen = QPen(colours[number % len(colours)], _LINE_PX)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    dashes = _DASHES[(number + number // len(colours)) % len(_DASHES)]
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


class CurvesItem(StepsItem):
    """Lines through the middles of columns, broken where a session has no value."""

    def __init__(self) -> None:
        super().__init__()
        self._values: FloatArray = np.zeros((0, 0))
        self._colours: tuple[QColor, ...] = ()

    @property
    def values(self) -> FloatArray:
        """(k, m) values as they are drawn; NaN where a session has none."""
        return self._values

    def set_colours(self, colours: tuple[QColor, ...]) -> None:
        """Choose the colours, in the order of the curves."""
        self._colours = colours
        self.update()

    def set_curves(self, edges_s: FloatArray, values: FloatArray) -> None:
        """Draw (k, m) values between (m + 1,) edges."""
        self._values = values
        top = float(np.nanmax(values)) if np.isfinite(values).any() else 1.0
        self._take_edges(edges_s, top)

    def paint_pixels(self, painter: QPainter, xs_px: FloatArray, to_pixels: QTransform) -> None:
        """Paint the first curve last, over the others."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middles = (xs_px[:-1] + xs_px[1:]) / 2
        for number in reversed(range(len(self._values))):
            painter.setPen(curve_pen(self._colours, number))
            ys = to_pixels.m22() * self._values[number] + to_pixels.dy()
            for start, stop in runs(np.isfinite(ys)):
                xs = np.concatenate([[xs_px[start]], middles[start:stop], [xs_px[stop]]])
                held = ys[start:stop]
                painter.drawPolyline(polygon(xs, np.concatenate([held[:1], held, held[-1:]])))


class CurveSample(QWidget):
    """A piece of a curve, for a legend."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setFixedSize(QSize(34, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the piece."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(curve_pen(colours_for(self.palette()).curves, self._number))
        middle = self.height() / 2
        painter.drawLine(QLineF(0, middle, self.width(), middle))
