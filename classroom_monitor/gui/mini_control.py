"""Opens the small window over a running session, and brings the large one back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from classroom_monitor.gui.mini_view import MiniView
from classroom_monitor.gui.room_now import RoomNow


class MiniControl(QObject):
    """Keeps at most one small window, and tells it what the large one shows."""

    opened = Signal()
    closed = Signal()
    mark_requested = Signal()
    pause_requested = Signal()
    alerts_off_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: MiniView | None = None
        self._actions: Sequence[QAction] = ()
        self._clock = ("", "", False)
        self._now: tuple[RoomNow, float] | None = None

    @property
    def view(self) -> MiniView | None:
        """The small window while it is open."""
        return self._view

    def use_actions(self, actions: Sequence[QAction]) -> None:
        """Let the small window have these shortcuts as well."""
        self._actions = actions

    def toggle(self) -> None:
        """Open the small window, or close it."""
        if self._view is None:
            self.open()
        else:
            self.close()

    def open(self) -> None:
        """Show the small window in place of the large one."""
        if self._view is not None:
            return
        view = self._view = MiniView()
        view.addActions(self._actions)
        view.mark_requested.connect(self.mark_requested)
        view.pause_requested.connect(self.pause_requested)
        view.alerts_off_requested.connect(self.alerts_off_requested)
        view.back_requested.connect(self.close)
        view.closing.connect(self.on_closing)
        text, topic, paused = self._clock
        view.show_clock(text, topic, paused=paused)
        if self._now is not None:
            view.show_now(*self._now)
        view.show()
        view.place()
        self.opened.emit()

    def close(self) -> None:
        """Close the small window; harmless when it isn't open."""
        if self._view is not None:
            self._view.close()

    def on_closing(self) -> None:
        """Bring the large window back, however the small one was closed."""
        self._view = None
        self.closed.emit()

    def show_clock(self, text: str, topic: str, *, paused: bool) -> None:
        """Show how long the session has been running, and its topic."""
        if self._clock == (text, topic, paused):
            return
        self._clock = (text, topic, paused)
        if self._view is not None:
            self._view.show_clock(text, topic, paused=paused)

    def show_now(self, now: RoomNow, now_s: float) -> None:
        """Show the room's newest second, now_s seconds into the session."""
        self._now = (now, now_s)
        if self._view is not None:
            self._view.show_now(now, now_s)
