"""The lane above the plots: segments as labelled stretches, markers as flags with their texts."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem, QWidget

from classroom_monitor.gui.lane_labels import FLAG_PX, Label, marker_labels, segment_labels
from classroom_monitor.gui.palette import Colours
from classroom_monitor.gui.time_scale import TimeScale
from classroom_monitor.gui.timeline_annotations import same, stretches
from classroom_monitor.gui.timeline_items import Drawn

_TEXT_SCALE = 0.88
_LEAST_TEXT_PX = 22.0


class Lane(pg.GraphicsWidget):  # type: ignore[misc]
    """As high as what there is to show; shares the horizontal scale of a plot's view box."""

    def __init__(self, box: Any) -> None:
        super().__init__()
        self._box = box
        self._drawn = Drawn()
        self._colours: Colours | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigXRangeChanged.connect(self.on_moved)
        self._fit()

    def show_drawn(self, drawn: Drawn) -> None:
        """Paint these."""
        self._drawn = drawn
        self._fit()
        self.update()

    def dress(self, colours: Colours) -> None:
        """Paint in these colours."""
        self._colours = colours
        self.update()

    def on_moved(self) -> None:
        """Paint other seconds."""
        self.update()

    def label_at(self, spot: QPointF) -> Label | None:
        """Return what stands at a place in the lane, a later one before an earlier."""
        spot = spot - QPointF(self._left_px(), 0)
        segments, markers = self._labels(TimeScale.of(self._box))
        every = [*(label for _, label in segments), *markers]
        return next((label for label in reversed(every) if label.place.contains(spot)), None)

    def holds_at(self, spot: QPointF) -> bool:
        """Whether what stands at a place in the lane can be dragged from there."""
        label = self.label_at(spot)
        return label is not None and label.is_held_at(spot.x() - self._left_px())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the stretches above, the flags below."""
        if self._colours is None:
            return
        scale = TimeScale.of(self._box)
        painter.translate(self._left_px(), 0)
        painter.setClipRect(QRectF(0, 0, scale.rect.width(), self.size().height()))
        painter.setFont(_font())
        metrics = QFontMetricsF(painter.font())
        segments, markers = self._labels(scale)
        for number, label in segments:
            self._paint_segment(painter, label, self._colours, number)
            text = label.text or QCoreApplication.translate("Lane", "untitled")
            _write(painter, metrics, label.text_place, text, self._colours.ink)
        for label in markers:
            self._paint_flag(painter, metrics, label, self._colours)
            _write(painter, metrics, label.text_place, label.text, self._colours.ink)

    def _paint_segment(
        self, painter: QPainter, label: Label, colours: Colours, number: int
    ) -> None:
        shade = colours.segments[number % len(colours.segments)]
        painter.fillRect(label.place.adjusted(0, 0, -1, 0), shade)
        if same(label.item, self._drawn.selected):
            painter.setPen(QPen(colours.selection, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(label.place.adjusted(1, 1, -2, -1))

    def _paint_flag(
        self, painter: QPainter, metrics: QFontMetricsF, label: Label, colours: Colours
    ) -> None:
        x, top = label.place.left() + 3, label.place.top()
        colour = colours.marker
        if same(label.item, self._drawn.selected):
            colour = colours.selection
            wide = FLAG_PX + 10 + metrics.horizontalAdvance(label.text)
            lit = QRectF(x, top + 1, min(wide, label.place.width()), label.place.height() - 1)
            painter.fillRect(lit, colours.segments[0])
        painter.setPen(QPen(colour, 1))
        painter.setBrush(colour)
        corners = [QPointF(x, top + 3), QPointF(x + FLAG_PX, top + 6.5), QPointF(x, top + 10)]
        painter.drawPolygon(QPolygonF(corners))
        painter.drawLine(QPointF(x, top + 3), QPointF(x, label.place.bottom()))

    def _labels(self, scale: TimeScale) -> tuple[list[tuple[int, Label]], list[Label]]:
        """Return the segments with their numbers, and the markers, as they stand in view."""
        annotations, row_px = self._drawn.annotations, _row_px()
        spans = stretches(annotations.segments, self._drawn.end_s)
        top_px = row_px + 1 if spans else 0.0
        return (
            segment_labels(spans, scale, row_px),
            marker_labels(annotations.markers, scale, top_px, row_px),
        )

    def _left_px(self) -> float:
        """Return where the plot begins, right of its axis."""
        return float(self.mapFromItem(self._box, QPointF(0, 0)).x())

    def _fit(self) -> None:
        annotations = self._drawn.annotations
        rows = bool(annotations.segments) + bool(annotations.markers)
        height = rows * (_row_px() + 1)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)
            self.setPreferredHeight(height)


def _write(
    painter: QPainter, metrics: QFontMetricsF, place: QRectF, text: str, colour: QColor
) -> None:
    """Write as much of a text as there is room for, if that is worth reading."""
    if not text or place.width() < _LEAST_TEXT_PX:
        return
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, side, shown)


def _font() -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * _TEXT_SCALE)
    return font


def _row_px() -> float:
    return float(round(QFontMetricsF(_font()).height() + 4))
