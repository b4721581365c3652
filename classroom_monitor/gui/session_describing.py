"""Stores what sessions are called, belong to, and are noted of."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.session_edit import SessionEdit


class SessionDescribing(QObject):
    """Writes beside the window, and tells what was stored or why it was not."""

    stored = Signal(object)  # SessionEdit
    failed = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background

    def store(self, edit: SessionEdit) -> None:
        """Store an edit."""
        self._background.run(
            "edit session",
            partial(
                self._services.edit_session, edit.session_id, edit.title, edit.course, edit.notes
            ),
            partial(self.on_stored, edit),
            self.failed.emit,
        )

    def on_stored(self, edit: SessionEdit, _done: None) -> None:
        """Tell that it is stored."""
        self.stored.emit(edit)
