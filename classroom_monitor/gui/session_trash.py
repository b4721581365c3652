"""Deleting sessions so that it can be undone for a while."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services

UNDO_MS = 30_000
"""How long a deletion can be undone in the window; closing it earlier deletes nothing yet."""


class SessionTrash(QObject):
    """Moves sessions out of sight at once, and deletes them for good once undo was not wanted."""

    changed = Signal()
    trashed = Signal(int)
    problem = Signal(object)  # Exception

    def __init__(self, services: Services, background: Background, banner: Banner) -> None:
        super().__init__(banner)
        self._services = services
        self._background = background
        self._banner = banner
        self._undoable: tuple[SessionInfo, ...] = ()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.purge)

    def delete(self, sessions: Sequence[SessionInfo]) -> None:
        """Take sessions out of sight; what was deleted before can be undone together with them."""
        for info in sessions:
            self._background.run(
                "trash session",
                partial(self._services.trash_session, info.session_id),
                partial(self.on_trashed, info),
                self.problem.emit,
            )

    def on_trashed(self, info: SessionInfo, _done: None) -> None:
        """Offer to undo it."""
        self._undoable = (*self._undoable, info)
        self._timer.start(UNDO_MS)
        if len(self._undoable) == 1:
            text = self.tr("“{0}” is deleted.").format(info.title or info.source)
        else:
            text = self.tr("{0} sessions are deleted.").format(len(self._undoable))
        self._banner.say(Tone.INFO, text, action=(self.tr("&Undo"), self.undo), for_ms=UNDO_MS)
        self.trashed.emit(info.session_id)
        self.changed.emit()

    def undo(self) -> None:
        """Bring back what was deleted last."""
        self._timer.stop()
        self._banner.clear()
        sessions, self._undoable = self._undoable, ()
        for info in sessions:
            self._background.run(
                "restore session",
                partial(self._services.restore_session, info.session_id),
                lambda _: self.changed.emit(),
                self.problem.emit,
            )

    def purge(self) -> None:
        """Delete for good what can no longer be brought back."""
        ids = [info.session_id for info in self._undoable]
        self._undoable = ()
        if ids:
            self._background.run(
                "purge sessions",
                partial(self._services.purge_trash, ids),
                lambda _: None,
                self.problem.emit,
            )
