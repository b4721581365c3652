"""Drives one session from start to saved, without any widget."""

from __future__ import annotations

import enum
import logging

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.services import RunningSession, Services, SessionRequest

logger = logging.getLogger(__name__)

SNAPSHOT_INTERVAL_MS = 33
STOP_TIMEOUT_S = 15.0


class Phase(enum.Enum):
    """Where the window's session is between two starts."""

    IDLE = "idle"
    RUNNING = "running"
    SAVING = "saving"


class LiveControl(QObject):
    """Starts, reads, marks, pauses and stops the session; at most one at a time."""

    phase_changed = Signal(object)  # Phase
    snapshot_taken = Signal(object)  # LiveSnapshot
    saved = Signal(object)  # LiveSnapshot, the session's last
    failed = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._session: RunningSession | None = None
        self._phase = Phase.IDLE
        self._timer = QTimer(self, interval=SNAPSHOT_INTERVAL_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # others may be 5% late: frames missed
        self._timer.timeout.connect(self.on_timeout)

    @property
    def phase(self) -> Phase:
        """Where the session is."""
        return self._phase

    @property
    def reading(self) -> bool:
        """Whether snapshots are being taken."""
        return self._timer.isActive()

    def start(self, request: SessionRequest) -> bool:
        """Begin a session; False if one is under way or this one cannot begin."""
        if self._phase is not Phase.IDLE:
            return False
        try:
            self._session = self._services.start(request)
        except EnvironmentProblem as problem:
            self.failed.emit(problem)
            return False
        self._enter(Phase.RUNNING)
        self._timer.start()
        return True

    def mark(self, text: str) -> None:
        """Set a marker at the present moment."""
        if self._session is not None and self._phase is Phase.RUNNING:
            self._session.mark(text)

    def start_segment(self, title: str) -> None:
        """Start a segment with this title at the present moment."""
        if self._session is not None and self._phase is Phase.RUNNING:
            self._session.start_segment(title)

    def pause(self, wanted: bool) -> None:
        """Close the camera until it is wanted again, or open it again."""
        if self._session is None or self._phase is not Phase.RUNNING:
            return
        if wanted:
            self._session.pause()
        else:
            self._session.resume()

    def stop(self) -> None:
        """End the session and save it, in a thread; `saved` or `failed` tells when it is done."""
        session = self._session
        if session is None or self._phase is not Phase.RUNNING:
            return
        self._timer.stop()
        self._enter(Phase.SAVING)
        self._background.run(
            "stop session", lambda: session.stop(STOP_TIMEOUT_S), self.on_stopped, self.on_failed
        )

    def on_timeout(self) -> None:
        """Read the session; stop it once it has ended by itself."""
        if self._session is None:
            return
        snapshot = self._session.snapshot()
        self.snapshot_taken.emit(snapshot)
        if not snapshot.running:
            self.stop()

    def on_stopped(self, complete: bool) -> None:
        """Take the last snapshot of the saved session."""
        if not complete:
            logger.warning("a thread of the session did not end and was left behind")
        session, self._session = self._session, None
        self._enter(Phase.IDLE)
        if session is not None:
            self.saved.emit(session.snapshot())

    def on_failed(self, error: Exception) -> None:
        """Give the session up; what was stored until now is kept."""
        self._session = None
        self._enter(Phase.IDLE)
        self.failed.emit(error)

    def _enter(self, phase: Phase) -> None:
        self._phase = phase
        self.phase_changed.emit(phase)
