"""The plot item that paints one line per session, told apart by colour and by dashes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from classroom_monitor.gui.bands import StepsItem, runs
from classroom_monitor.gui.timeline_lines import line_pieces, through_middles
from classroom_monitor.gui.timeline_means import FloatArray

_LINE_PX = 2.0
_FINE_PX = 2.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.5, 2), (7, 2, 1.5, 2))
"""Dash and space lengths in widths of the line; () is one without a break."""


def curve_dashes(number: int) -> tuple[float, ...]:
    """Return the dashes of curve `number`; with six colours the first twelve curves differ."""
    return _DASHES[number % len(_DASHES)]


def curve_pen(colours: Sequence[QColor], number: int) -> QPen:
    """Return the pen of curve `number` for a short sample of it."""
    pen = QPen(colours[number % len(colours)], _LINE_PX)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if curve_dashes(number):
        pen.setDashPattern(list(curve_dashes(number)))
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
        middles = (xs_px[:-1] + xs_px[1:]) / 2
        beyond_px = float(np.diff(xs_px).max())  # a line comes into view from the next column
        there = (middles > -beyond_px) & (middles < painter.viewport().width() + beyond_px)
        for number in reversed(range(len(self._values))):
            painter.setPen(QPen(self._colours[number % len(self._colours)], _LINE_PX))
            ys = to_pixels.m22() * self._values[number] + to_pixels.dy()
            for start, stop in runs(np.isfinite(ys) & there):
                line = _fine(*through_middles(xs_px, ys, start, stop))
                painter.drawLines(_dashed(line_pieces(*line), *line, curve_dashes(number)))


def _fine(xs: FloatArray, ys: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return a line with a point every other pixel, so that dashes can be cut from it."""
    fine = np.union1d(xs, np.arange(xs[0], xs[-1], _FINE_PX))
    return fine, np.interp(fine, xs, ys)


def _dashed(
    pieces: list[QLineF], xs: FloatArray, ys: FloatArray, dashes: Sequence[float]
) -> list[QLineF]:
    """Return the pieces that lie in dashes: Qt's own dashes are too slow for curves like these."""
    if not dashes:
        return pieces
    ends = np.cumsum(dashes) * _LINE_PX
    along = np.cumsum(np.hypot(np.diff(xs), np.diff(ys))) % ends[-1]
    drawn = np.searchsorted(ends, along, side="right") % 2 == 0
    return [piece for piece, shown in zip(pieces, drawn.tolist(), strict=True) if shown]
