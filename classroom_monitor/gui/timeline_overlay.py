"""Markers, segment starts, exclusions, change points and the selection, over a plot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from classroom_monitor.contracts import MOODS, Exclusion
from classroom_monitor.gui.palette import Colours
from classroom_monitor.gui.time_scale import TimeScale
from classroom_monitor.gui.timeline_annotations import same, start_s
from classroom_monitor.gui.timeline_items import Drawn
from classroom_monitor.sessions.change_points import ChangePoint

_FLAG_PX = 6.0
_EXCLUDED_ALPHA = 165
_RANGE_ALPHA = 50


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
        scale, drawn = TimeScale.of(self._box), self._drawn
        painter.setClipRect(scale.rect)
        for exclusion in drawn.annotations.exclusions:
            selected = same(exclusion, drawn.selected)
            _paint_exclusion(painter, scale, exclusion, self._colours, selected=selected)
        if drawn.range_s is not None:
            stretch = scale.stretch(*drawn.range_s)
            painter.fillRect(stretch, _through(self._colours.selection, _RANGE_ALPHA))
            _paint_ends(painter, stretch, QPen(self._colours.selection, 1))
        starts, moments = drawn.annotations.segments, drawn.annotations.markers
        _paint_lines(painter, scale, (s.t_s for s in starts), QPen(self._colours.faint, 1))
        _paint_lines(painter, scale, (m.t_s for m in moments), QPen(self._colours.marker, 1))
        for change in drawn.changes:
            _paint_change(painter, scale, change, self._colours, flag=self._flags)
        if drawn.selected is not None and not isinstance(drawn.selected, Exclusion):
            pen = QPen(self._colours.selection, 3)
            _paint_lines(painter, scale, (start_s(drawn.selected),), pen)


def _paint_lines(painter: QPainter, scale: TimeScale, times_s: Iterable[float], pen: QPen) -> None:
    top, bottom = scale.rect.top(), scale.rect.bottom()
    xs_px = (round(scale.x_px(t_s)) + 0.5 for t_s in times_s)
    lines = [QLineF(x, top, x, bottom) for x in xs_px if scale.shows(x)]
    if lines:
        painter.setPen(pen)
        painter.drawLines(lines)


def _paint_ends(painter: QPainter, stretch: QRectF, pen: QPen) -> None:
    painter.setPen(pen)
    for x in (stretch.left(), stretch.right()):
        painter.drawLine(QLineF(x, stretch.top(), x, stretch.bottom()))


def _paint_exclusion(
    painter: QPainter, scale: TimeScale, item: Exclusion, colours: Colours, *, selected: bool
) -> None:
    stretch = scale.stretch(item.start_s, item.end_s)
    if stretch.isEmpty():
        return
    edge = colours.selection if selected else colours.excluded
    painter.fillRect(stretch, _through(colours.surface, _EXCLUDED_ALPHA))
    painter.fillRect(stretch, QBrush(edge, Qt.BrushStyle.FDiagPattern))
    _paint_ends(painter, stretch, QPen(edge, 2 if selected else 1))


def _paint_change(
    painter: QPainter, scale: TimeScale, change: ChangePoint, colours: Colours, *, flag: bool
) -> None:
    """Paint a dashed line and, at its top, a triangle that points where the share went."""
    x, top = round(scale.x_px(change.t_s)) + 0.5, scale.rect.top()
    if not scale.shows(x, _FLAG_PX):
        return
    painter.setPen(QPen(colours.ink, 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, top, x, scale.rect.bottom()))
    if not flag:
        return
    ends = (top + 1, top + 2 * _FLAG_PX - 1)
    tip, base = ends if change.after > change.before else ends[::-1]
    corners = [QPointF(x, tip), QPointF(x - _FLAG_PX, base), QPointF(x + _FLAG_PX, base)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.surface, 1.5))
    painter.setBrush(colours.mood_texts[MOODS.index(change.mood)])
    painter.drawPolygon(QPolygonF(corners))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _through(colour: QColor, alpha: int) -> QColor:
    clear = QColor(colour)
    clear.setAlpha(alpha)
    return clear
