"""The plot item that paints stacked shares per second, with holes where there are none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from classroom_monitor.gui.timeline_series import BoolArray, FloatArray


class BandsItem(pg.GraphicsObject):  # type: ignore[misc]
    """Stacked bands over time, one flat step per column.

    Painted in pixels and not through a curve, because neighbouring seconds must never be joined
    across a hole, and because a hatch has to keep its width at every zoom.
    """

    def __init__(self) -> None:
        super().__init__()
        self._edges_s: FloatArray = np.zeros(1)
        self._values: FloatArray = np.zeros((0, 1))
        self._hatched: BoolArray = np.zeros(0, dtype=np.bool_)
        self._blank: BoolArray = np.zeros(0, dtype=np.bool_)
        self._brushes: tuple[QBrush, ...] = ()
        self._hatch = QBrush()
        self._gap = QBrush()

    @property
    def values(self) -> FloatArray:
        """(m, bands) heights as they are drawn now; NaN rows are holes."""
        return self._values

    @property
    def hatched(self) -> BoolArray:
        """(m,) columns that are drawn as having too few faces."""
        return self._hatched

    @property
    def blank(self) -> BoolArray:
        """(m,) columns that are drawn as having no pictures at all."""
        return self._blank

    def set_colours(self, bands: tuple[QColor, ...], hatch: QColor, gap: QColor) -> None:
        """Choose one colour per band, of the hatch and of gaps."""
        self._brushes = tuple(QBrush(colour) for colour in bands)
        self._hatch = QBrush(hatch, Qt.BrushStyle.BDiagPattern)
        self._gap = QBrush(gap)
        self.update()

    def set_columns(
        self, edges_s: FloatArray, values: FloatArray, hatched: BoolArray, blank: BoolArray
    ) -> None:
        """Draw (m, bands) heights between (m + 1,) edges; NaN rows stay empty or are hatched."""
        self.prepareGeometryChange()
        self._edges_s, self._values = edges_s, values
        self._hatched, self._blank = hatched, blank
        self.update()

    def boundingRect(self) -> QRectF:
        """The drawn seconds, from 0 to the highest stack (at least 1)."""
        heights = np.nansum(self._values, axis=1)
        top = max(1.0, float(heights.max())) if len(heights) else 1.0
        return QRectF(self._edges_s[0], 0.0, self._edges_s[-1] - self._edges_s[0], top)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the bands from the bottom up, then gaps and the hatch of too few faces."""
        if not len(self._values):
            return
        to_pixels = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        xs_px = np.round(to_pixels.m11() * self._edges_s + to_pixels.dx())
        self._paint_bands(painter, to_pixels, xs_px)
        bottom_px, top_px = _y_px(to_pixels, np.array([0.0, self.boundingRect().height()]))
        for brush, columns in ((self._gap, self._blank), (self._hatch, self._hatched)):
            for start, stop in _runs(columns):
                left, right = xs_px[start], xs_px[stop]
                corner, far = QPointF(left, top_px), QPointF(right, bottom_px)
                painter.fillRect(QRectF(corner, far), brush)
        painter.restore()

    def _paint_bands(
        self, painter: QPainter, to_pixels: QTransform, xs_px: NDArray[np.float64]
    ) -> None:
        heights = np.cumsum(self._values, axis=1)
        levels_px = _y_px(to_pixels, np.column_stack([np.zeros(len(heights)), heights]))
        for start, stop in _runs(np.isfinite(heights[:, -1])):
            across = np.repeat(xs_px[start : stop + 1], 2)[1:-1]
            for band, brush in enumerate(self._brushes):
                lower = np.repeat(levels_px[start:stop, band], 2)
                upper = np.repeat(levels_px[start:stop, band + 1], 2)
                painter.setBrush(brush)
                painter.drawPolygon(
                    _polygon(
                        np.concatenate([across, across[::-1]]),
                        np.concatenate([lower, upper[::-1]]),
                    )
                )


def _y_px(to_pixels: QTransform, levels: FloatArray) -> FloatArray:
    return np.asarray(np.round(to_pixels.m22() * levels + to_pixels.dy()))


def _polygon(xs: FloatArray, ys: FloatArray) -> QPolygonF:
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(xs, ys)
    return polygon


def _runs(flags: BoolArray) -> Iterator[tuple[int, int]]:
    """Yield the start and stop of every stretch of True."""
    steps = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    yield from zip(
        np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True
    )
