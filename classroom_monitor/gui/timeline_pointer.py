"""What the mouse does on a timeline, beyond panning and zooming."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent

from classroom_monitor.contracts import Exclusion
from classroom_monitor.gui.timeline_annotations import Annotation, start_s
from classroom_monitor.gui.timeline_canvas import TimelineCanvas
from classroom_monitor.gui.timeline_items import TimelineItems

_REACH_PX = 5.0
_DRAG_PX = 4
_TURN = 120
"""One notch of a wheel, in the eighths of a degree that Qt counts."""
_PAN_PART = 0.1


@dataclass(slots=True)
class _Drag:
    """A button held down: where, on what, and since it moved, what is done with it."""

    at: QPoint
    item: Annotation | None
    grip_s: float = 0.0
    edge: int = 0
    holds: bool = False
    ranges: bool = False
    moved: bool = False


class TimelinePointer(QObject):
    """Selects, drags and marks out; what it has no use for goes on to the plot."""

    edit_asked = Signal(object)  # Annotation
    pan_asked = Signal(float)  # part of the view
    context_asked = Signal(object, float, QPoint)  # Annotation or None, t_s, place on the screen

    def __init__(self, canvas: TimelineCanvas, items: TimelineItems, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._items = items
        self._drag: _Drag | None = None
        self.active = True
        self.editable = False
        canvas.view.viewport().installEventFilter(self)

    @property
    def is_held(self) -> bool:
        """Whether the left button is held down."""
        return self._drag is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that are about things on the timeline."""
        if not self.active:
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                return self._on_press(event)
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                return self._on_move(event)
            case QEvent.Type.MouseButtonRelease if isinstance(event, QMouseEvent):
                return self._on_release(event)
            case QEvent.Type.MouseButtonDblClick if isinstance(event, QMouseEvent):
                return self._on_double_click(event)
            case QEvent.Type.Wheel if isinstance(event, QWheelEvent):
                return self._on_wheel(event)
            case QEvent.Type.ContextMenu if isinstance(event, QContextMenuEvent):
                return self._on_context(event)
        return False

    def item_at(self, spot: QPoint) -> Annotation | None:
        """Return what lies under a pixel of the view: flags, lines, stretches, exclusions."""
        lane, lane_spot = self._canvas.lane, self._lane_spot(spot)
        if lane.contains(lane_spot):
            label = lane.label_at(lane_spot)
            return None if label is None else label.item
        at_s, annotations = self._canvas.time_at(spot), self._items.drawn.annotations
        reach_s = self._reach_s()
        lines: list[Annotation] = [*annotations.markers, *annotations.segments]
        near = [item for item in lines if abs(start_s(item) - at_s) <= reach_s]
        if near:
            return min(near, key=lambda item: abs(start_s(item) - at_s))
        for exclusion in annotations.exclusions:
            if exclusion.start_s - reach_s <= at_s <= exclusion.end_s + reach_s:
                return exclusion
        return None

    def _lane_spot(self, spot: QPoint) -> QPointF:
        """Return where a pixel of the view is in the lane."""
        there: QPointF = self._canvas.lane.mapFromScene(self._canvas.view.mapToScene(spot))
        return there

    def _reach_s(self) -> float:
        first, last = self._canvas.view_s
        return _REACH_PX * (last - first) / max(1.0, self._canvas.width_px)

    def _on_press(self, event: QMouseEvent) -> bool:
        if event.button() is Qt.MouseButton.RightButton:
            return True  # the context menu's; the plot would scale with it
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        spot = event.position().toPoint()
        self._drag = _Drag(spot, self.item_at(spot))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag.ranges = True
            return True
        self._drag.holds = self._takes_hold(self._drag)
        return self._drag.holds

    def _takes_hold(self, drag: _Drag) -> bool:
        """Whether this press holds a thing that may be dragged; says by what."""
        item = drag.item
        if not self.editable or item is None:
            return False
        at_s = self._canvas.time_at(drag.at)
        drag.grip_s = at_s - start_s(item)
        lane, lane_spot = self._canvas.lane, self._lane_spot(drag.at)
        if lane.contains(lane_spot):
            return lane.holds_at(lane_spot)
        if item != self._items.selection:
            return False  # in the plots a first click selects, so that panning moves nothing
        if isinstance(item, Exclusion):
            for edge, edge_s in ((-1, item.start_s), (1, item.end_s)):
                if abs(at_s - edge_s) <= self._reach_s():
                    drag.edge, drag.grip_s = edge, at_s - edge_s
        return True

    def _on_move(self, event: QMouseEvent) -> bool:
        drag = self._drag
        if drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event)
            return False
        spot = event.position().toPoint()
        if not drag.moved and (spot - drag.at).manhattanLength() < _DRAG_PX:
            return drag.holds or drag.ranges
        drag.moved = True
        at_s = self._canvas.time_at(spot)
        if drag.ranges:
            self._items.select_range((self._canvas.time_at(drag.at), at_s), finished=False)
        elif drag.holds:
            self._items.select(drag.item)
            self._items.drag(round(at_s - drag.grip_s, 1), drag.edge)
        return drag.holds or drag.ranges

    def _on_release(self, event: QMouseEvent) -> bool:
        drag, self._drag = self._drag, None
        if drag is None or event.button() is not Qt.MouseButton.LeftButton:
            return event.button() is Qt.MouseButton.RightButton
        if drag.ranges:
            self._items.select_range(self._items.drawn.range_s if drag.moved else None)
        elif drag.moved:
            self._items.finish()
        else:
            self._items.select(drag.item)
            if drag.item is None:
                self._items.select_range(None)
        return drag.holds or drag.ranges

    def _on_double_click(self, event: QMouseEvent) -> bool:
        item = self.item_at(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or item is None:
            return False
        self._items.select(item)
        self.edit_asked.emit(item)
        return True

    def _on_context(self, event: QContextMenuEvent) -> bool:
        item = self.item_at(event.pos())
        self._items.select(item)
        at_s = min(max(0.0, self._canvas.time_at(event.pos())), self._items.drawn.end_s)
        self.context_asked.emit(item, at_s, event.globalPos())
        return True

    def _on_wheel(self, event: QWheelEvent) -> bool:
        """Pan by a wheel turned sideways, or with Shift; otherwise the plot zooms."""
        turned = event.angleDelta()
        sideways = turned.x() if abs(turned.x()) > abs(turned.y()) else 0
        if not sideways and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = turned.y()
        if sideways:
            self.pan_asked.emit(-sideways / _TURN * _PAN_PART)
        return bool(sideways)

    def _point(self, event: QMouseEvent) -> None:
        """Show by the pointer's shape what can be dragged."""
        spot = event.position().toPoint()
        held = self.editable and self._takes_hold(_Drag(spot, self.item_at(spot)))
        shape = Qt.CursorShape.SizeHorCursor if held else Qt.CursorShape.ArrowCursor
        viewport = self._canvas.view.viewport()
        if viewport.cursor().shape() is not shape:
            viewport.setCursor(shape)
