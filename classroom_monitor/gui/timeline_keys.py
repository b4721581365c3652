"""What keys do on a timeline: everything that the mouse does."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from classroom_monitor.contracts import Exclusion
from classroom_monitor.gui.timeline_annotations import start_s
from classroom_monitor.gui.timeline_items import TimelineItems

_PAN = {Qt.Key.Key_Left: -0.2, Qt.Key.Key_Right: 0.2}
_PAGE = {Qt.Key.Key_PageUp: -0.9, Qt.Key.Key_PageDown: 0.9}
_ZOOM = {Qt.Key.Key_Plus: 0.6, Qt.Key.Key_Equal: 0.6, Qt.Key.Key_Minus: 1 / 0.6}
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_STEPS_IN_VIEW = 400
_LONG_STEP = 10


class Navigable(Protocol):
    """A view of time that keys move."""

    @property
    def view_s(self) -> tuple[float, float]:
        """The first and last second in view."""

    @property
    def cursor_s(self) -> float | None:
        """The second pointed at."""

    def pan(self, part: float) -> None:
        """Move on by a part of what is in view."""

    def zoom(self, factor: float) -> None:
        """Show factor times as many seconds."""

    def show_all(self) -> None:
        """Bring the whole session into view."""

    def move_cursor(self, to_s: float) -> None:
        """Point at another second."""


class TimelineKeys(QObject):
    """Turns keys into what is done with the view, the selection and the things on the timeline."""

    edit_asked = Signal(object)  # Annotation
    remove_asked = Signal(object)  # Annotation

    def __init__(self, view: Navigable, items: TimelineItems, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._items = items
        self._tab_leaves = False
        self.editable = False

    def on_focus(self) -> None:
        """Begin anew with Tab's way through the things in view."""
        self._tab_leaves = False

    def goes_on(self, *, forwards: bool) -> bool:
        """Select the next thing for Tab; False where the focus is to leave the timeline."""
        if self._tab_leaves:
            return False
        return self._items.select_next(1 if forwards else -1, *self._view.view_s)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; returns whether it stands for anything."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _ARROWS:
            self._on_arrow(key, modifiers)
            return True
        if key in _PAGE:
            self._view.pan(_PAGE[key])
        elif key in _ZOOM:
            self._view.zoom(_ZOOM[key])
        elif key == Qt.Key.Key_Home:
            self._view.show_all()
        else:
            return self._on_selected(key)
        return True

    def release(self, event: QKeyEvent) -> None:
        """Tell of a move when the arrow is let go, not for every repetition of it."""
        if event.key() in _ARROWS and not event.isAutoRepeat():
            self._items.finish()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the timeline's before it is a shortcut of the window."""
        key = event.key()
        if key in _ARROWS or key in _PAGE or key in _ZOOM:
            return True
        chosen = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        return self._items.selection is not None and key in chosen

    def _on_arrow(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        way = _ARROWS[key]
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        item = self._items.selection
        if item is not None and self.editable and not control:
            if isinstance(item, Exclusion):
                edge_s = item.end_s if shift else item.start_s
                self._items.drag(round(edge_s) + way * self._step_s(), 1 if shift else -1)
            else:
                step_s = self._step_s() * (_LONG_STEP if shift else 1)
                self._items.drag(round(start_s(item)) + way * step_s)
        elif shift:
            self._extend(way)
        elif control:
            self._view.move_cursor(self._cursor_s() + way * self._step_s())
        else:
            self._view.pan(_PAN[key])

    def _extend(self, way: int) -> None:
        """Let the selected stretch reach from where it began to where the cursor goes."""
        was, range_s = self._cursor_s(), self._items.drawn.range_s
        begun = was
        if range_s is not None and was in range_s:
            begun = range_s[1] if was == range_s[0] else range_s[0]
        self._view.move_cursor(was + way * self._step_s())
        self._items.select_range((begun, self._cursor_s()))

    def _cursor_s(self) -> float:
        at_s = self._view.cursor_s
        first, last = self._view.view_s
        return at_s if at_s is not None and first <= at_s <= last else round((first + last) / 2)

    def _step_s(self) -> float:
        """One second, or in a wide view as much as can be seen to move."""
        first, last = self._view.view_s
        return float(max(1, round((last - first) / _STEPS_IN_VIEW)))

    def _on_selected(self, key: Qt.Key) -> bool:
        item = self._items.selection
        if key == Qt.Key.Key_Escape:
            return self._on_escape()
        if item is None or not self.editable:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._items.finish()
            self.edit_asked.emit(self._items.selection)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._items.cancel()
            self.remove_asked.emit(self._items.selection)
        else:
            return False
        return True

    def _on_escape(self) -> bool:
        """Put back what is being moved, else select nothing, else mark out nothing."""
        if self._items.cancel():
            return True
        if self._items.selection is not None:
            self._items.select(None)
            self._tab_leaves = True
            return True
        if self._items.drawn.range_s is not None:
            self._items.select_range(None)
            return True
        return False
