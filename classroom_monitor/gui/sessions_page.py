"""The sessions page: what is stored, and one session opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services, StoredSession
from classroom_monitor.gui.session_edit import SessionEdit
from classroom_monitor.gui.session_list import SessionList
from classroom_monitor.gui.session_outlines import Outlines
from classroom_monitor.gui.session_trash import SessionTrash
from classroom_monitor.gui.session_view import SessionView
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX
from classroom_monitor.gui.window_page import WindowPage

_DONE_MS = 15_000
_NARROW_PX = 900


class SessionsPage(WindowPage):
    """Lists, opens and exports sessions; every read of the disk happens in a thread."""

    def __init__(
        self, services: Services, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._listing: Job[Any] | None = None
        self._loading: Job[Any] | None = None
        self._session: StoredSession | None = None
        self.news, self.deleted = Banner(), Banner()
        self.outlines = Outlines(services, background, self)
        self.trash = SessionTrash(services, background, self.deleted)
        self.list = SessionList(self.outlines)
        self.table = self.list.table
        self.view = SessionView()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def session(self) -> StoredSession | None:
        """The opened session."""
        return self._session

    def refresh(self) -> None:
        """Read the list of sessions anew."""
        if self._listing is not None:
            self._listing.cancel()
        self._listing = self._background.run(
            "list sessions", self._services.sessions, self.on_sessions, self.on_failed
        )

    def open(self, session_id: int) -> None:
        """Open a session; one that is still being loaded is forgotten."""
        if self._loading is not None:
            self._loading.cancel()
        self.table.select(session_id)
        self._loading = self._background.run(
            "load session",
            partial(self._services.session, session_id),
            self.on_loaded,
            self.on_failed,
        )

    def show_list(self) -> None:
        """Go back to the list."""
        self._stack.setCurrentWidget(self.list)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def export(self) -> None:
        """Ask where to write the opened session's CSV."""
        if self._session is None:
            return
        dialog = QFileDialog(self, self.tr("Export CSV"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("CSV (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.setDirectory(documents_folder())
        dialog.selectFile(export_name(self._session.info))
        dialog.fileSelected.connect(partial(self.on_export_path, self._session.info.session_id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_export_path(self, session_id: int, name: str) -> None:
        """Write the file in a thread."""
        path = Path(name)
        self._background.run(
            "export session",
            partial(self._services.export, (session_id,), path, "csv"),
            lambda _: self.on_exported(path),
            self.problem.emit,
        )

    def on_exported(self, path: Path) -> None:
        """Say where the file is."""
        self.news.say(Tone.GOOD, self.tr("Exported to {0}").format(path), for_ms=_DONE_MS)

    def on_sessions(self, sessions: Sequence[SessionInfo]) -> None:
        """Show the list."""
        self._listing = None
        self.list.show_sessions(sessions)

    def on_loaded(self, session: StoredSession) -> None:
        """Show the session that was read."""
        self._loading = None
        self._session = session
        self.view.show_session(session)
        self._stack.setCurrentWidget(self.view)

    def on_failed(self, error: Exception) -> None:
        """Say why the list or a session cannot be read."""
        self._loading = self._listing = None
        self.problem.emit(error)

    def on_edit(self, edit: SessionEdit) -> None:
        """Store what a session is called now."""
        self._background.run(
            "edit session",
            partial(
                self._services.edit_session, edit.session_id, edit.title, edit.course, edit.notes
            ),
            lambda _: self.refresh(),
            self.on_edit_failed,
        )

    def on_edit_failed(self, error: Exception) -> None:
        """Say why, and show what is stored."""
        self.problem.emit(error)
        self.refresh()

    def on_delete(self, ids: Sequence[int]) -> None:
        """Take the selected sessions out of sight."""
        chosen = [info for info in self.table.sessions.sessions if info.session_id in ids]
        self.trash.delete(chosen)

    def fit_width(self, width_px: int) -> None:
        """Arrange the opened session's summary for the width that is there."""
        self.view.set_narrow(width_px < _NARROW_PX)

    def _connect(self) -> None:
        self.list.open_requested.connect(self.open)
        self.list.refresh_requested.connect(self.refresh)
        self.list.delete_requested.connect(self.on_delete)
        self.table.sessions.edit_requested.connect(self.on_edit)
        self.trash.changed.connect(self.refresh)
        self.trash.problem.connect(self.problem)
        back = QShortcut(QKeySequence("Alt+Left"), self.view, self.show_list)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, SPACING_PX)
        column.addWidget(self.news)
        column.addWidget(self.deleted)
        column.addWidget(self._stack, 1)


def documents_folder() -> str:
    """Return the folder that exports are offered to go to first."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def export_name(info: SessionInfo) -> str:
    """Return a file name that every system allows."""
    title = re.sub(r"[^\w.-]+", "-", info.title or info.source).strip("-.") or "session"
    return f"{info.started_at:%Y-%m-%d_%H%M}_{title[:60]}.csv"
