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
                line = through_middles(xs_px, ys, start, stop)
                painter.drawLines(dashed_pieces(*line, curve_dashes(number)))


def dashed_pieces(xs: FloatArray, ys: FloatArray, dashes: Sequence[float]) -> list[QLineF]:
    """Return the pieces of a line through (n,), (n,) points that lie in its dashes.

    Dashes are as long on a slope as on the level. Qt's own are too slow for curves like these.
    """
    if not dashes:
        return line_pieces(xs, ys)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(xs), np.diff(ys)))])
    ends = np.cumsum(dashes) * _LINE_PX
    cuts = (np.arange(0.0, along[-1], ends[-1])[:, None] + ends).ravel()
    every = np.union1d(along, cuts[cuts < along[-1]])
    pieces = line_pieces(np.interp(every, along, xs), np.interp(every, along, ys))
    middles = (every[:-1] + every[1:]) / 2 % ends[-1]
    drawn = np.searchsorted(ends, middles, side="right") % 2 == 0
    return [piece for piece, shown in zip(pieces, drawn.tolist(), strict=True) if shown]
