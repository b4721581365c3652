"""The timeline of a session, with what the lecturer put on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment
from classroom_monitor.gui.focus_frame import paint_focus
from classroom_monitor.gui.spoken import announce
from classroom_monitor.gui.timeline_annotations import Annotation, start_s
from classroom_monitor.gui.timeline_items import TimelineItems
from classroom_monitor.gui.timeline_keys import TimelineKeys
from classroom_monitor.gui.timeline_pointer import TimelinePointer
from classroom_monitor.gui.timeline_series import TimelineSeries
from classroom_monitor.gui.timeline_view import TimelineView
from classroom_monitor.gui.timeline_words import describe, describe_range, notes_at
from classroom_monitor.sessions.change_points import ChangePoint

_REACH_PX = 5.0


class TimelinePlot(TimelineView):
    """Draws a session; where `navigable`, mouse and keyboard move, select, mark out and edit.

    Who owns the session stores what marker_moved, segment_moved and exclusion_changed tell, and
    then calls show_annotations with what is stored; that puts back a change that failed.
    """

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
        super().__init__(parent, navigable=navigable)
        self.items = TimelineItems(self)
        self._navigable = navigable
        self._pointer = TimelinePointer(self.canvas, self.items, self)
        self._keys = TimelineKeys(self, self.items, self)
        self.length_changed.connect(self.items.show_end)
        self.items.drawn_changed.connect(self.on_drawn_changed)
        self.items.moved.connect(self.on_moved)
        self.items.selected.connect(self.on_selected)
        self.items.range_changed.connect(self.on_range_changed)
        self._keys.edit_asked.connect(self.edit_requested)
        self._keys.remove_asked.connect(self.remove_requested)
        self._pointer.edit_asked.connect(self.edit_requested)
        self._pointer.pan_asked.connect(self.pan)
        self._pointer.context_asked.connect(self.context_requested)
        self._pointer.active = navigable

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

    def clear(self) -> None:
        """Forget the session shown."""
        self.items.clear()
        self.show_series(TimelineSeries())

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
            self.show_within(start_s(item) - (last - first) / 2, last - first)

    def select_range(self, range_s: tuple[float, float] | None) -> None:
        """Mark out a stretch of time, or none."""
        self.items.select_range(range_s)

    def notes(self, at_s: float | None) -> tuple[str, ...]:
        """Return what lies on the timeline there."""
        if at_s is None:
            return ()
        first, last = self.view_s
        reach_s = _REACH_PX * (last - first) / max(1.0, self.canvas.width_px)
        return notes_at(self.items.drawn, at_s, max(0.5, reach_s))

    def is_held(self) -> bool:
        """Whether a button is held down on the plots."""
        return self._pointer.is_held

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
        """Begin anew with Tab's way through what is on the timeline."""
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
        at_s = self.cursor_s if item is None else start_s(item)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show that keys are for the timeline."""
        super().paintEvent(event)
        paint_focus(self)

    def on_drawn_changed(self) -> None:
        """Paint annotations and selection anew."""
        self.canvas.show_drawn(self.items.drawn)

    def on_moved(self, item: Annotation) -> None:
        """Tell of what was moved, to those who hear it too."""
        announce(self, describe(item, self.items.place()))
        match item:
            case Marker():
                self.marker_moved.emit(item)
            case Segment():
                self.segment_moved.emit(item)
            case Exclusion():
                self.exclusion_changed.emit(item)

    def on_selected(self, item: Annotation | None) -> None:
        """Tell of what is selected, to those who hear it too."""
        announce(self, describe(item, self.items.place()))
        self.item_selected.emit(item)

    def on_range_changed(self, range_s: tuple[float, float] | None) -> None:
        """Tell of a stretch marked out."""
        if range_s is None:
            self.range_cleared.emit()
        else:
            announce(self, describe_range(range_s))
            self.range_selected.emit(*range_s)
