"""Says when a session has no picture: paused by the lecturer, or the source gone."""

from __future__ import annotations

import enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import CaptureState, LiveSnapshot
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone


class _Said(enum.Enum):
    """What the line is about."""

    NOTHING = "nothing"
    PAUSED = "paused"
    GONE = "gone"


class CaptureNotice(Banner):
    """A line that stays for as long as there is no picture."""

    resume_requested = Signal()
    source_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, closable=False)
        self._said = _Said.NOTHING

    def show_capture(self, snapshot: LiveSnapshot) -> None:
        """Follow a snapshot; costs nothing while all is well."""
        state, message = snapshot.status.capture, snapshot.status.message
        if snapshot.paused:
            self._say_paused()
        elif state in (CaptureState.STALLED, CaptureState.LOST):
            waiting = self.tr("No picture from the source: trying again by itself.")
            self._said = _Said.GONE
            self.say(Tone.WARNING, message or waiting)
        elif state is CaptureState.RUNNING and self._said is not _Said.NOTHING:
            was_gone = self._said is _Said.GONE
            self.forget()
            if was_gone:
                self.source_back.emit()

    def forget(self) -> None:
        """Say nothing, because no session runs."""
        self._said = _Said.NOTHING
        self.clear()

    def _say_paused(self) -> None:
        if self._said is _Said.PAUSED:
            return
        self._said = _Said.PAUSED
        text = self.tr("Paused: the camera is closed, and the session's clock goes on.")
        self.say(Tone.WARNING, text, action=(self.tr("Resume"), self.resume_requested.emit))
