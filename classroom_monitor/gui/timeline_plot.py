"""The timeline: the mix of every second, and below it, on the same time axis, the coverage."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment, TimelinePoint
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.timeline_annotations import Annotation, start_s
from classroom_monitor.gui.timeline_canvas import SHORTEST_VIEW_S, TimelineCanvas
from classroom_monitor.gui.timeline_curves import TimelineCurves
from classroom_monitor.gui.timeline_items import TimelineItems
from classroom_monitor.gui.timeline_keys import TimelineKeys
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_pointer import TimelinePointer
from classroom_monitor.gui.timeline_readout import Readout
from classroom_monitor.gui.timeline_series import TimelineSeries
from classroom_monitor.gui.timeline_words import describe
from classroom_monitor.sessions.change_points import ChangePoint


class TimelinePlot(QWidget):
    """Draws a session's seconds; where `navigable`, mouse and keyboard move through them.

    Who owns the session stores what marker_moved, segment_moved and exclusion_changed tell, and
    then calls show_annotations with what is stored; that puts back a change that failed.
    """

    hovered = Signal(object)  # the second under the pointer or the cursor (int), or None
    view_changed = Signal(float, float)  # first and last second in view
    marker_moved = Signal(object)  # Marker at its new time
    segment_moved = Signal(object)  # Segment at its new time
    exclusion_changed = Signal(object)  # Exclusion with its new ends
    item_selected = Signal(object)  # Marker, Segment, Exclusion or None
    edit_requested = Signal(object)  # Marker, Segment or Exclusion
    remove_requested = Signal(object)  # Marker, Segment or Exclusion
    context_requested = Signal(object, float, QPoint)  # item or None, t_s, place on the screen
    range_selected = Signal(float, float)  # first and last second of a stretch marked out
    range_cleared = Signal()

    def __init__(self, parent: QWidget | None = None, *, navigable: bool) -> None:
        super().__init__(parent)
        self.series = TimelineSeries()
        self.items = TimelineItems(self)
        self._navigable = navigable
        self._cursor_s: float | None = None
        self._canvas = TimelineCanvas(navigable=navigable)
        self.curves = TimelineCurves(self._canvas)
        self.moods, self.faces = self.curves.moods, self.curves.faces
        self.coverage = self.curves.coverage
        self._pointer = TimelinePointer(self._canvas, self.items, self)
        self._keys = TimelineKeys(self, self.items, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._canvas.view)
        self.readout = Readout(self)
        if navigable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._dress()
        self.set_counts_only(False)
        self.show_all()

    @property
    def view_s(self) -> tuple[float, float]:
        """The first and last second in view."""
        return self._canvas.view_s

    @property
    def cursor_s(self) -> float | None:
        """Where the pointer or the keys last were, in seconds."""
        return self._cursor_s

    @property
    def annotations(self) -> Annotations:
        """What is drawn on the timeline."""
        return self.items.drawn.annotations

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The markers that are drawn."""
        return self.annotations.markers

    @property
    def selected_item(self) -> Annotation | None:
        """The selected marker, segment or exclusion."""
        return self.items.selection

    @property
    def selected_range(self) -> tuple[float, float] | None:
        """The first and last second of the stretch marked out."""
        return self.items.drawn.range_s

    @property
    def look(self) -> TimelineLook:
        """How the seconds are drawn."""
        return self.curves.look

    def clear(self) -> None:
        """Forget the session shown."""
        self.items.clear()
        self.show_series(TimelineSeries())

    def show_series(self, series: TimelineSeries) -> None:
        """Draw a session whose seconds were made into arrays elsewhere, say in a thread."""
        self.series = series
        self._point_at(None)
        self.items.show_end(len(series))
        self.curves.show_series(series)
        self.show_all()

    def extend(self, points: Sequence[TimelinePoint]) -> bool:
        """Draw what points has beyond the last call; returns whether there was anything."""
        if not self.series.extend(points):
            return False
        self.items.show_end(len(self.series))
        self.curves.show_series(self.series)
        return True

    def set_counts_only(self, counts_only: bool) -> None:
        """Plot the faces seen and used instead of the moods."""
        self.curves.set_counts_only(counts_only)

    def set_look(self, look: TimelineLook) -> None:
        """Choose stacked shares or lines, bounds, smoothing."""
        self.curves.set_look(look)

    def set_editable(self, editable: bool) -> None:
        """Let annotations be dragged, edited and removed."""
        self._pointer.editable = self._keys.editable = editable

    def show_annotations(self, annotations: Annotations) -> None:
        """Draw exactly these; costs nothing when they are the ones drawn already."""
        self.items.show(annotations)

    def show_changes(self, changes: Sequence[ChangePoint]) -> None:
        """Flag these change points."""
        self.items.show_changes(changes)

    def select(self, item: Annotation | None) -> None:
        """Select what is drawn of a marker, segment or exclusion, and bring it into view."""
        self.items.select(item)
        first, last = self.view_s
        if item is not None and not first <= start_s(item) <= last:
            self._show_within(start_s(item) - (last - first) / 2, last - first)

    def select_range(self, range_s: tuple[float, float] | None) -> None:
        """Mark out a stretch of time, or none."""
        self.items.select_range(range_s)

    def show_span(self, first_s: float, last_s: float) -> None:
        """Bring a stretch into view, also beyond the newest second."""
        self._canvas.limit(max(last_s, len(self.series)))
        self._canvas.show_span(first_s, last_s)

    def show_all(self) -> None:
        """Bring the whole session into view."""
        self.show_span(0.0, max(float(len(self.series)), SHORTEST_VIEW_S))

    def pan(self, part: float) -> None:
        """Move on by a part of what is in view, back for less than 0."""
        first, last = self.view_s
        self._show_within(first + part * (last - first), last - first)

    def zoom(self, factor: float) -> None:
        """Show factor times as many seconds around the middle."""
        first, last = self.view_s
        wanted = (last - first) * factor
        self._show_within(first + (last - first - wanted) / 2, wanted)

    def move_cursor(self, to_s: float) -> None:
        """Point at a second, as the pointer does, and keep it in view."""
        at_s = min(max(0.0, to_s), max(0.0, float(len(self.series))))
        first, last = self.view_s
        if not first <= at_s <= last:
            self._show_within(at_s - (last - first) / 2, last - first)
        self._point_at(at_s)
        self.setAccessibleDescription(self.readout.text)

    def upper_spot(self, at_s: float, share: float = 0.5) -> QPoint:
        """Return where a second and a share lie in this widget, in pixels."""
        scene = self._canvas.upper.vb.mapViewToScene(QPointF(at_s, share))
        spot: QPoint = self._canvas.view.mapTo(self, self._canvas.view.mapFromScene(scene))
        return spot

    def paint_on(self, painter: QPainter, target: QRectF) -> None:
        """Paint lane, plots and axes as they are in view into a place of another device."""
        self._canvas.paint_on(painter, target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do everything that the mouse does; timeline_keys.py says how."""
        if not self._navigable or not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell of what the arrows moved."""
        self._keys.release(event)
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Let Tab go through what is on the timeline before it goes on."""
        if self.hasFocus() and self._navigable and self._keys.goes_on(forwards=forwards):
            return True
        return super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with nothing selected by keys."""
        self._keys.on_focus()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell of what the arrows moved last."""
        self.items.finish()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is selected, at the cursor, when a key asked for it."""
        item = self.items.selection
        first, last = self.view_s
        at_s = self._cursor_s if item is None else start_s(item)
        at_s = (first + last) / 2 if at_s is None else at_s
        self.context_requested.emit(item, at_s, self.mapToGlobal(self.upper_spot(at_s)))

    def event(self, event: QEvent) -> bool:
        """Keep keys that the timeline needs from being shortcuts of the window."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._navigable
            and self._keys.wants(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer."""
        super().leaveEvent(event)
        self._point_at(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def on_drawn_changed(self) -> None:
        """Paint annotations and selection anew."""
        self._canvas.show_drawn(self.items.drawn)

    def on_range_in_view(self) -> None:
        """Draw what is in view now."""
        self.curves.redraw()
        self.view_changed.emit(*self.view_s)

    def on_mouse_moved(self, position: QPointF) -> None:
        """Move the crosshair, and tell which second it is on."""
        at_s = float(self._canvas.upper.vb.mapSceneToView(position).x())
        self._point_at(at_s if 0 <= at_s < len(self.series) else None)

    def on_moved(self, item: Annotation) -> None:
        """Tell of what was moved."""
        match item:
            case Marker():
                self.marker_moved.emit(item)
            case Segment():
                self.segment_moved.emit(item)
            case Exclusion():
                self.exclusion_changed.emit(item)

    def on_selected(self, item: Annotation | None) -> None:
        """Tell of what is selected, aloud too."""
        self.setAccessibleDescription(describe(item, self.items.place()))
        self.item_selected.emit(item)

    def on_range_changed(self, range_s: tuple[float, float] | None) -> None:
        """Tell of a stretch marked out."""
        if range_s is None:
            self.range_cleared.emit()
        else:
            self.range_selected.emit(*range_s)

    def _connect(self) -> None:
        self._canvas.upper.sigXRangeChanged.connect(self.on_range_in_view)
        self._canvas.view.scene().sigMouseMoved.connect(self.on_mouse_moved)
        self.items.drawn_changed.connect(self.on_drawn_changed)
        self.items.moved.connect(self.on_moved)
        self.items.selected.connect(self.on_selected)
        self.items.range_changed.connect(self.on_range_changed)
        self._keys.edit_asked.connect(self.edit_requested)
        self._keys.remove_asked.connect(self.remove_requested)
        self._pointer.edit_asked.connect(self.edit_requested)
        self._pointer.context_asked.connect(self.context_requested)

    def _point_at(self, at_s: float | None) -> None:
        second = None if at_s is None else min(int(at_s), len(self.series) - 1)
        self._cursor_s = at_s
        self._canvas.point_at(None if second is None else second + 0.5)
        self.readout.show_second(self.series, second)
        if second is not None:
            spot = self.upper_spot(second + 0.5, 1.0)
            self.readout.stand_beside(spot.x(), spot.y() + 6, (0.0, float(self.width())))
        self.hovered.emit(second)

    def _show_within(self, first_s: float, span_s: float) -> None:
        """Show span_s from first_s on, slid and cut so that it stays inside the session."""
        end = max(float(len(self.series)), SHORTEST_VIEW_S)
        span = min(max(span_s, SHORTEST_VIEW_S), end)
        first = min(max(first_s, 0.0), end - span)
        self.show_span(first, first + span)

    def _dress(self) -> None:
        colours = colours_for(self.palette())
        self._canvas.dress(colours)
        self.curves.dress(colours)
