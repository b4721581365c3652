"""The lane above the plots: segments as labelled stretches, markers as flags with their texts."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem, QWidget

from classroom_monitor.contracts import Marker
from classroom_monitor.gui.palette import Colours
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
        left = self.mapFromItem(self._box, QPointF(0, 0)).x()
        painter.setClipRect(QRectF(left, 0, self._box.rect().width(), self.size().height()))
        painter.setFont(_font())
        annotations, row = self._drawn.annotations, _row_px()
        for number, stretch in enumerate(stretches(annotations.segments, self._drawn.end_s)):
            self._paint_stretch(painter, stretch, number, left)
        top = row + 1 if annotations.segments else 0.0
        self._paint_flags(painter, top, left)

    def _paint_stretch(
        self, painter: QPainter, stretch: Stretch, number: int, left_px: float
    ) -> None:
        assert self._colours is not None
        width = self._box.rect().width()
        start = max(0.0, self._x_px(stretch.start_s))
        end = min(width, self._x_px(stretch.end_s))
        if end <= start:
            return
        place = QRectF(left_px + start, 0, end - start, _row_px() - 1)
        self._places.append((place, stretch.segment))
        painter.fillRect(
            place.adjusted(0, 0, -1, 0),
            self._colours.segments[number % len(self._colours.segments)],
        )
        if same(stretch.segment, self._drawn.selected):
            painter.setPen(QPen(self._colours.selection, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -2, -1))
        title = stretch.segment.title or QCoreApplication.translate("Lane", "untitled")
        self._write(painter, place.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0), title)

    def _paint_flags(self, painter: QPainter, top: float, left_px: float) -> None:
        assert self._colours is not None
        width, height = self._box.rect().width(), _row_px()
        flags = [(self._x_px(marker.t_s), marker) for marker in self._drawn.annotations.markers]
        flags = [(x, marker) for x, marker in flags if -1 <= x <= width + 1]
        ends = [*(x for x, _ in flags), width][1:]
        for (x, marker), end in zip(flags, ends, strict=True):
            chosen = same(marker, self._drawn.selected)
            colour = self._colours.selection if chosen else self._colours.marker
            at = left_px + round(x) + 0.5
            painter.setPen(QPen(colour, 1))
            painter.setBrush(colour)
            painter.drawPolygon(_flag(at, top + 3))
            painter.drawLine(QPointF(at, top + 3), QPointF(at, top + height))
            room = min(end - x - _FLAG_PX - 2 * _PADDING_PX, _LONGEST_TEXT_PX)
            text = QRectF(at + _FLAG_PX + 3, top, max(0.0, room), height)
            self._places.append((QRectF(at - 3, top, _FLAG_PX + 6 + text.width(), height), marker))
            if marker.text:
                self._write(painter, text, marker.text)

    def _write(self, painter: QPainter, place: QRectF, text: str) -> None:
        """Write as much of a text as there is room for, if that is worth reading."""
        if place.width() < _LEAST_TEXT_PX or self._colours is None:
            return
        shown = QFontMetricsF(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.setPen(self._colours.ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _x_px(self, t_s: float) -> float:
        first, last = self._box.viewRange()[0]
        return float((t_s - first) / (last - first) * self._box.rect().width())

    def _fit(self) -> None:
        annotations = self._drawn.annotations
        rows = bool(annotations.segments) + bool(annotations.markers)
        height = rows * (_row_px() + 1)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)
            self.setPreferredHeight(height)


def _font() -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * _TEXT_SCALE)
    return font


def _row_px() -> float:
    return float(round(QFontMetricsF(_font()).height() + 4))


def _flag(x: float, top: float) -> QPolygonF:
    corners = [QPointF(x, top), QPointF(x + _FLAG_PX, top + 3.5), QPointF(x, top + 7)]
    return QPolygonF(corners)
