"""Drives a room check, without a widget: starts it, reads it, stops it, hands the camera on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.live_control import SNAPSHOT_INTERVAL_MS
from classroom_monitor.gui.services import RoomPreview, Services, SessionRequest

logger = logging.getLogger(__name__)

STOP_TIMEOUT_S = 8.0


class RoomCheckControl(QObject):
    """At most one check at a time; whatever comes after one waits until its camera is free."""

    running_changed = Signal(bool)
    snapshot_taken = Signal(object)  # RoomCheckSnapshot
    failed = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._preview: RoomPreview | None = None
        self._stopping = False
        self._next: Callable[[], None] | None = None
        self._timer = QTimer(self, interval=SNAPSHOT_INTERVAL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.on_timeout)

    @property
    def running(self) -> bool:
        """Whether a check is under way and not being stopped."""
        return self._preview is not None and not self._stopping

    @property
    def holds_camera(self) -> bool:
        """Whether a check is under way, be it that it is being stopped."""
        return self._preview is not None

    def start(self, request: SessionRequest) -> None:
        """Begin a check, once another one that is under way has freed its camera."""
        self.stop(lambda: self._begin(request))

    def stop(self, then: Callable[[], None] | None = None) -> None:
        """End the check in a thread, then call what is to follow: at once where none runs.

        Only the last of several followers is called: the user changed their mind.
        """
        preview = self._preview
        if preview is None:
            if then is not None:
                then()
            return
        self._next = then
        if self._stopping:
            return
        self._stopping = True
        self._timer.stop()
        self.running_changed.emit(False)
        self._background.run(
            "stop room check", lambda: preview.stop(STOP_TIMEOUT_S), self.on_stopped, self.on_failed
        )

    def on_timeout(self) -> None:
        """Read the check; stop it once it has ended by itself."""
        if self._preview is None:
            return
        snapshot = self._preview.snapshot()
        self.snapshot_taken.emit(snapshot)
        if not snapshot.running:
            self.stop()

    def on_stopped(self, complete: bool) -> None:
        """Do what is to follow."""
        if not complete:
            logger.warning("a thread of the room check did not end and was left behind")
        self._preview, self._stopping = None, False
        follow, self._next = self._next, None
        if follow is not None:
            follow()

    def on_failed(self, error: Exception) -> None:
        """Give the check up, and do what is to follow."""
        self.failed.emit(error)
        self.on_stopped(True)

    def _begin(self, request: SessionRequest) -> None:
        try:
            self._preview = self._services.check_room(request)
        except EnvironmentProblem as problem:
            self.failed.emit(problem)
            return
        self.running_changed.emit(True)
        self._timer.start()
