"""The lane above the plots: segments as labelled stretches, markers as flags with their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem, QWidget

from classroom_monitor.contracts import Marker
from classroom_monitor.gui.palette import Colours
from classroom_monitor.gui.time_scale import TimeScale
from classroom_monitor.gui.timeline_annotations import Annotation, Stretch, same, stretches
from classroom_monitor.gui.timeline_items import Drawn

_TEXT_SCALE = 0.88
_PADDING_PX = 5.0
_FLAG_PX = 8.0
_LEAST_TEXT_PX = 22.0
_LONGEST_TEXT_PX = 190.0
_EDGE_PX = 6.0


class Lane(pg.GraphicsWidget):  # type: ignore[misc]
    """As high as what there is to show; shares the horizontal scale of a plot's view box."""

    def __init__(self, box: Any) -> None:
        super().__init__()
        self._box = box
        self._drawn = Drawn()
        self._colours: Colours | None = None
        self._places: list[tuple[QRectF, Annotation]] = []
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

    def item_at(self, spot: QPointF) -> Annotation | None:
        """Return what was painted there, flags before stretches."""
        for place, item in reversed(self._places):
            if place.contains(spot):
                return item
        return None

    def starts_at(self, spot: QPointF, item: Annotation) -> bool:
        """Whether a spot is where an item can be taken hold of: a flag, a segment's first edge."""
        for place, there in self._places:
            if same(there, item):
                return isinstance(item, Marker) or spot.x() - place.left() <= _EDGE_PX
        return False

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the stretches above, the flags below."""
        self._places = []
        if self._colours is None:
            return
        scale, left = TimeScale.of(self._box), self.mapFromItem(self._box, QPointF(0, 0)).x()
        painter.setClipRect(QRectF(left, 0, scale.rect.width(), self.size().height()))
        painter.setFont(_font())
        metrics = QFontMetricsF(painter.font())
        painter.translate(left, 0)
        segments = self._drawn.annotations.segments
        for number, stretch in enumerate(stretches(segments, self._drawn.end_s)):
            self._paint_stretch(_Pen(painter, scale, metrics, left), stretch, number)
        top = _row_px() + 1 if segments else 0.0
        self._paint_flags(_Pen(painter, scale, metrics, left), top)

    def _paint_stretch(self, pen: _Pen, stretch: Stretch, number: int) -> None:
        assert self._colours is not None
        place = pen.scale.stretch(stretch.start_s, stretch.end_s)
        place.setRect(place.left(), 0, place.width(), _row_px() - 1)
        if place.isEmpty():
            return
        self._places.append((place.translated(pen.left_px, 0), stretch.segment))
        shades = self._colours.segments
        pen.painter.fillRect(place.adjusted(0, 0, -1, 0), shades[number % len(shades)])
        if same(stretch.segment, self._drawn.selected):
            pen.painter.setPen(QPen(self._colours.selection, 2))
            pen.painter.setBrush(Qt.BrushStyle.NoBrush)
            pen.painter.drawRect(place.adjusted(1, 1, -2, -1))
        title = stretch.segment.title or QCoreApplication.translate("Lane", "untitled")
        pen.write(place.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0), title, self._colours.ink)

    def _paint_flags(self, pen: _Pen, top: float) -> None:
        assert self._colours is not None
        every = ((pen.scale.x_px(m.t_s), m) for m in self._drawn.annotations.markers)
        flags = [(x, marker) for x, marker in every if pen.scale.shows(x)]
        ends = [*(x for x, _ in flags), pen.scale.rect.width()][1:]
        height = _row_px()
        for (x, marker), end in zip(flags, ends, strict=True):
            chosen = same(marker, self._drawn.selected)
            colour = self._colours.selection if chosen else self._colours.marker
            at = round(x) + 0.5
            room = min(end - x - _FLAG_PX - 2 * _PADDING_PX, _LONGEST_TEXT_PX)
            text = QRectF(at + _FLAG_PX + 3, top, max(0.0, room), height)
            grip = QRectF(at - 3, top, _FLAG_PX + 6 + text.width(), height)
            self._places.append((grip.translated(pen.left_px, 0), marker))
            if chosen:
                shown = pen.metrics.horizontalAdvance(marker.text) + _FLAG_PX + 2 * _PADDING_PX
                pen.painter.fillRect(
                    QRectF(at, top + 1, min(grip.width(), shown), height - 1),
                    self._colours.segments[0],
                )
            pen.painter.setPen(QPen(colour, 1))
            pen.painter.setBrush(colour)
            pen.painter.drawPolygon(_flag(at, top + 3))
            pen.painter.drawLine(QPointF(at, top + 3), QPointF(at, top + height))
            if marker.text:
                pen.write(text, marker.text, self._colours.ink)

    def _fit(self) -> None:
        annotations = self._drawn.annotations
        rows = bool(annotations.segments) + bool(annotations.markers)
        height = rows * (_row_px() + 1)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)
            self.setPreferredHeight(height)


@dataclass(frozen=True, slots=True)
class _Pen:
    """What the lane is painted with: x counts from the plot's left edge, left_px in the lane."""

    painter: QPainter
    scale: TimeScale
    metrics: QFontMetricsF
    left_px: float

    def write(self, place: QRectF, text: str, colour: QColor) -> None:
        """Write as much of a text as there is room for, if that is worth reading."""
        if place.width() < _LEAST_TEXT_PX:
            return
        shown = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        self.painter.setPen(colour)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self.painter.drawText(place, side, shown)


def _font() -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * _TEXT_SCALE)
    return font


def _row_px() -> float:
    return float(round(QFontMetricsF(_font()).height() + 4))


def _flag(x: float, top: float) -> QPolygonF:
    corners = [QPointF(x, top), QPointF(x + _FLAG_PX, top + 3.5), QPointF(x, top + 7)]
    return QPolygonF(corners)
