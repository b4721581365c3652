"""Markers, segment starts, exclusions, change points and the selection, over a plot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from classroom_monitor.contracts import MOODS, Exclusion
from classroom_monitor.gui.palette import Colours
from classroom_monitor.gui.timeline_annotations import same, start_s
from classroom_monitor.gui.timeline_items import Drawn
from classroom_monitor.sessions.change_points import ChangePoint

_FLAG_PX = 5.0


class Overlay(QGraphicsObject):
    """Covers a plot's inside; one item for all, because hundreds of lines are slow to move.

    flags says whether change points get a flag at the upper edge.
    """

    def __init__(self, box: Any, *, flags: bool) -> None:
        super().__init__(box)
        self._box = box
        self._flags = flags
        self._drawn = Drawn()
        self._colours: Colours | None = None
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigXRangeChanged.connect(self.on_moved)
        box.sigResized.connect(self.on_resized)

    def show_drawn(self, drawn: Drawn) -> None:
        """Paint these."""
        self._drawn = drawn
        self.update()

    def dress(self, colours: Colours) -> None:
        """Paint in these colours."""
        self._colours = colours
        self.update()

    def on_moved(self) -> None:
        """Paint other seconds."""
        self.update()

    def on_resized(self) -> None:
        """Cover the plot's new size."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        """The plot's inside, in pixels."""
        rect: QRectF = self._box.rect()
        return rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint from what covers most to what covers least."""
        if self._colours is None:
            return
        painter.setClipRect(self.boundingRect())
        for exclusion in self._drawn.annotations.exclusions:
            self._paint_exclusion(painter, exclusion, self._colours)
        self._paint_range(painter, self._colours)
        segments, markers = self._drawn.annotations.segments, self._drawn.annotations.markers
        self._paint_lines(painter, (s.t_s for s in segments), QPen(self._colours.faint, 1))
        self._paint_lines(painter, (m.t_s for m in markers), QPen(self._colours.marker, 1))
        for change in self._drawn.changes:
            self._paint_change(painter, change, self._colours)
        selected = self._drawn.selected
        if selected is not None and not isinstance(selected, Exclusion):
            self._paint_lines(painter, (start_s(selected),), QPen(self._colours.selection, 3))

    def x_px(self, t_s: float) -> float:
        """Return where a time lies, in pixels from the plot's left."""
        first, last = self._box.viewRange()[0]
        return float((t_s - first) / (last - first) * self._box.rect().width())

    def _paint_lines(self, painter: QPainter, times_s: Iterable[float], pen: QPen) -> None:
        rect = self.boundingRect()
        xs_px = (round(self.x_px(t_s)) + 0.5 for t_s in times_s)
        lines = [
            QLineF(x, rect.top(), x, rect.bottom()) for x in xs_px if -1 <= x <= rect.width() + 1
        ]
        if lines:
            painter.setPen(pen)
            painter.drawLines(lines)

    def _stretch(self, first_s: float, last_s: float) -> QRectF:
        rect = self.boundingRect()
        left = max(-2.0, self.x_px(first_s))
        right = min(rect.width() + 2.0, self.x_px(last_s))
        return QRectF(left, rect.top(), max(0.0, right - left), rect.height())

    def _paint_exclusion(self, painter: QPainter, item: Exclusion, colours: Colours) -> None:
        stretch = self._stretch(item.start_s, item.end_s)
        if stretch.isEmpty():
            return
        selected = same(item, self._drawn.selected)
        edge = colours.selection if selected else colours.excluded
        painter.fillRect(stretch, _through(colours.surface, 165))
        painter.fillRect(stretch, QBrush(_through(edge, 150), Qt.BrushStyle.FDiagPattern))
        painter.setPen(QPen(edge, 2 if selected else 1))
        for x in (stretch.left(), stretch.right()):
            painter.drawLine(QLineF(x, stretch.top(), x, stretch.bottom()))

    def _paint_range(self, painter: QPainter, colours: Colours) -> None:
        if self._drawn.range_s is None:
            return
        stretch = self._stretch(*self._drawn.range_s)
        painter.fillRect(stretch, _through(colours.selection, 50))
        painter.setPen(QPen(colours.selection, 1))
        for x in (stretch.left(), stretch.right()):
            painter.drawLine(QLineF(x, stretch.top(), x, stretch.bottom()))

    def _paint_change(self, painter: QPainter, change: ChangePoint, colours: Colours) -> None:
        rect, x = self.boundingRect(), round(self.x_px(change.t_s)) + 0.5
        if not -_FLAG_PX <= x <= rect.width() + _FLAG_PX:
            return
        painter.setPen(QPen(colours.ink, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
        if not self._flags:
            return
        rises = change.after > change.before
        tip, base = (1.0, 2 * _FLAG_PX + 1) if rises else (2 * _FLAG_PX + 1, 1.0)
        corners = [
            QPointF(x, rect.top() + tip),
            QPointF(x - _FLAG_PX - 1, rect.top() + base),
            QPointF(x + _FLAG_PX + 1, rect.top() + base),
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.surface, 1.5))
        painter.setBrush(colours.mood_texts[MOODS.index(change.mood)])
        painter.drawPolygon(QPolygonF(corners))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _through(colour: QColor, alpha: int) -> QColor:
    clear = QColor(colour)
    clear.setAlpha(alpha)
    return clear
