"""The plot item that paints stacked shares per second, with holes where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from classroom_monitor.gui.timeline_means import BoolArray, FloatArray


class StepsItem(pg.GraphicsObject):  # type: ignore[misc]
    """What belongs to columns of seconds, painted in pixels; its subclasses say what.

    Not painted through a curve, because neighbouring seconds must never be joined across a hole,
    and because a hatch has to keep its width at every zoom.
    """

    def __init__(self) -> None:
        super().__init__()
        self._edges_s: FloatArray = np.zeros(1)
        self._top = 1.0

    def boundingRect(self) -> QRectF:
        """The drawn seconds, from 0 to the highest value (at least 1)."""
        return QRectF(self._edges_s[0], 0.0, self._edges_s[-1] - self._edges_s[0], self._top)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint in pixels, so that widths stay what they are at every zoom."""
        if len(self._edges_s) < 2:
            return
        to_pixels = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        xs_px = np.round(to_pixels.m11() * self._edges_s + to_pixels.dx())
        self.paint_pixels(painter, xs_px, to_pixels)
        painter.restore()

    def paint_pixels(self, painter: QPainter, xs_px: FloatArray, to_pixels: QTransform) -> None:
        """Paint between the edges' pixels (m + 1,); to_pixels maps values to pixels down."""
        raise NotImplementedError

    def _take_edges(self, edges_s: FloatArray, top: float = 1.0) -> None:
        self.prepareGeometryChange()
        self._edges_s, self._top = edges_s, max(1.0, top)
        self.update()


class BandsItem(StepsItem):
    """Stacked bands over time, one flat step per column."""

    def __init__(self) -> None:
        super().__init__()
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

    def set_colours(self, bands: Sequence[QColor], hatch: QColor, gap: QColor) -> None:
        """Choose one colour per band, of the hatch and of gaps; no bands paint the rest alone."""
        self._brushes = tuple(QBrush(colour) for colour in bands)
        self._hatch = QBrush(hatch, Qt.BrushStyle.BDiagPattern)
        self._gap = QBrush(gap)
        self.update()

    def set_columns(
        self, edges_s: FloatArray, values: FloatArray, hatched: BoolArray, blank: BoolArray
    ) -> None:
        """Draw (m, bands) heights between (m + 1,) edges; NaN rows stay empty or are hatched."""
        self._values, self._hatched, self._blank = values, hatched, blank
        heights = np.nansum(values, axis=1)
        self._take_edges(edges_s, float(heights.max()) if len(heights) else 1.0)

    def paint_pixels(self, painter: QPainter, xs_px: FloatArray, to_pixels: QTransform) -> None:
        """Paint the bands from the bottom up, then gaps and the hatch of too few faces."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        heights = np.cumsum(self._values, axis=1)
        levels = np.column_stack([np.zeros(len(heights)), heights])
        paint_steps(painter, xs_px, y_px(to_pixels, levels), self._brushes)
        bottom_px, top_px = y_px(to_pixels, np.array([0.0, self.boundingRect().height()]))
        for brush, columns in ((self._gap, self._blank), (self._hatch, self._hatched)):
            for start, stop in runs(columns):
                corner, far = QPointF(xs_px[start], top_px), QPointF(xs_px[stop], bottom_px)
                painter.fillRect(QRectF(corner, far), brush)


def paint_steps(
    painter: QPainter, xs_px: FloatArray, levels_px: FloatArray, brushes: Sequence[QBrush]
) -> None:
    """Fill between neighbouring levels (m, bands + 1) over edges (m + 1,); NaN rows are holes.

    All in pixels; one brush per band, from the first level on.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    for start, stop in runs(np.isfinite(levels_px[:, -1])):
        across = np.repeat(xs_px[start : stop + 1], 2)[1:-1]
        there_and_back = np.concatenate([across, across[::-1]])
        for band, brush in enumerate(brushes):
            lower = np.repeat(levels_px[start:stop, band], 2)
            upper = np.repeat(levels_px[start:stop, band + 1], 2)
            painter.setBrush(brush)
            painter.drawPolygon(polygon(there_and_back, np.concatenate([lower, upper[::-1]])))


def y_px(to_pixels: QTransform, levels: FloatArray) -> FloatArray:
    """Return where values lie, in whole pixels down."""
    return np.asarray(np.round(to_pixels.m22() * levels + to_pixels.dy()))


def polygon(xs: FloatArray, ys: FloatArray) -> QPolygonF:
    """Return points (n,), (n,) as Qt takes them, without a call for each."""
    made: QPolygonF = pg.functions.arrayToQPolygonF(xs, ys)
    return made


def runs(flags: BoolArray) -> Iterator[tuple[int, int]]:
    """Yield the start and stop of every stretch of True."""
    steps = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    yield from zip(
        np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True
    )
