"""Ends what runs before the window may go: a session, a room check, recordings."""

from __future__ import annotations

import enum
import logging
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from classroom_monitor.contracts import LiveSnapshot
from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.live_control import STOP_TIMEOUT_S, Phase
from classroom_monitor.gui.live_page import LivePage
from classroom_monitor.gui.services import Services

logger = logging.getLogger(__name__)

_CLOSE_GRACE_S = 3.0


class _Waiting(enum.Enum):
    """What the end waits for."""

    NOTHING = "nothing"
    SESSION = "session"
    RECORDINGS = "recordings"


class Closing(QObject):
    """Asked whenever the window is to close; tells when it is worth asking again.

    A session that could not be saved as it should keeps the window open, so that it can be read
    what became of it; whoever closes it again has done so.
    """

    waiting = Signal(str)  # what is waited for, in words
    staying = Signal()
    ready = Signal()

    def __init__(
        self, services: Services, background: Background, live: LivePage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._live = live
        self._waiting = _Waiting.NOTHING
        self._abandoned = False
        live.control.phase_changed.connect(self.on_phase)
        live.control.saved.connect(self.on_saved)

    def may_close(self) -> bool:
        """Return whether nothing runs any more; what does is being ended from now on."""
        if self._abandoned:
            return True
        if self._live.control.phase is not Phase.IDLE:
            self._end_session()
        elif self._live.before.control.holds_camera:
            self._live.before.release(self.ready.emit)
        elif self._services.recordings.busy:
            self._end_recordings()
        else:
            return True
        return False

    def on_phase(self, phase: Phase) -> None:
        """Go on once the session is saved, and it was heard how."""
        if self._waiting is _Waiting.SESSION and phase is Phase.IDLE:
            QTimer.singleShot(0, self, self.on_session_over)

    def on_saved(self, snapshot: LiveSnapshot) -> None:
        """Stay where the session's store did not take it."""
        if self._waiting is _Waiting.SESSION and isinstance(snapshot.fault, StoreProblem):
            self._waiting = _Waiting.NOTHING
            self.staying.emit()

    def on_session_over(self) -> None:
        """Close, unless there is something to read."""
        if self._waiting is _Waiting.SESSION:
            self.ready.emit()

    def on_timeout(self) -> None:
        """Close although something hangs; each stored second is safe already."""
        is_ending = self._waiting is _Waiting.SESSION
        if is_ending and self._live.control.phase is not Phase.IDLE:
            logger.warning("the session did not end in time; closing without it")
            self._abandon()

    def on_recordings_stopped(self, complete: bool) -> None:
        """Close, even where a process is left behind: it ends with the program."""
        if not complete:
            logger.warning("a recording's process did not end and is left behind")
        self._abandon()

    def on_recordings_failed(self, error: Exception) -> None:
        """Close all the same."""
        logger.error("the recordings could not be stopped", exc_info=error)
        self._abandon()

    def _end_session(self) -> None:
        if self._waiting is _Waiting.SESSION:
            return
        self._waiting = _Waiting.SESSION
        self.waiting.emit(self.tr("Saving the session, then closing…"))
        QTimer.singleShot(round(1000 * (STOP_TIMEOUT_S + _CLOSE_GRACE_S)), self, self.on_timeout)
        self._live.control.stop()

    def _end_recordings(self) -> None:
        if self._waiting is _Waiting.RECORDINGS:
            return
        self._waiting = _Waiting.RECORDINGS
        self.waiting.emit(self.tr("Stopping the recordings, then closing…"))
        self._background.run(
            "stop recordings",
            partial(self._services.recordings.close, STOP_TIMEOUT_S),
            self.on_recordings_stopped,
            self.on_recordings_failed,
        )

    def _abandon(self) -> None:
        self._abandoned = True
        self.ready.emit()
