"""The sessions page: what is stored, one of it opened, and its export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services, StoredSession
from classroom_monitor.gui.session_table import SessionTable
from classroom_monitor.gui.session_view import SessionView
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX, Caption, Card
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
        self._wanted: int | None = None
        self._session: StoredSession | None = None
        self.news = Banner()
        self.table = SessionTable()
        self.view = SessionView()
        self.count = Caption()
        self.refresh_button = QPushButton(self.tr("&Refresh"))
        self.open_button = QPushButton(self.tr("&Open"))
        self.export_button = QPushButton(self.tr("&Export CSV…"))
        self.export_button.setToolTip(self.tr("Write the opened session as CSV (Ctrl+E)"))
        self.refresh_button.setToolTip(self.tr("Read the list again (Ctrl+R)"))
        self._lay_out()
        self._connect()
        self._allow()

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
        self._wanted = session_id
        self.table.select(session_id)
        self._loading = self._background.run(
            "load session",
            partial(self._services.session, session_id),
            self.on_loaded,
            self.on_failed,
        )

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
        self.export_button.setEnabled(False)
        self._background.run(
            "export session",
            partial(self._services.export, (session_id,), path, "csv"),
            lambda _: self.on_exported(path),
            self.on_export_failed,
        )

    def on_exported(self, path: Path) -> None:
        """Say where the file is."""
        self._allow()
        self.news.say(Tone.GOOD, self.tr("Exported to {0}").format(path), for_ms=_DONE_MS)

    def on_export_failed(self, error: Exception) -> None:
        """Say why nothing was exported."""
        self._allow()
        self.problem.emit(error)

    def on_sessions(self, sessions: Sequence[SessionInfo]) -> None:
        """Show the list, with the opened session selected."""
        self._listing = None
        self.table.sessions.show_sessions(sessions)
        none = self.tr("No session is stored yet. The Live page makes one.")
        many = self.tr("{0} sessions").format(len(sessions))
        self.count.setText(many if sessions else none)
        if self._wanted is not None:
            self.table.select(self._wanted)
        self._allow()

    def on_loaded(self, session: StoredSession) -> None:
        """Show the session that was read."""
        self._loading = None
        self._session = session
        self.view.show_session(session)
        self._allow()

    def on_failed(self, error: Exception) -> None:
        """Say why the list or a session cannot be read."""
        self._loading = self._listing = None
        self._allow()
        self.problem.emit(error)

    def fit_width(self, width_px: int) -> None:
        """Arrange the opened session's summary for the width that is there."""
        self.view.set_narrow(width_px < _NARROW_PX)

    def on_open(self) -> None:
        """Open the selected session."""
        selected = self.table.selected()
        if selected is not None:
            self.open(selected)

    def _allow(self) -> None:
        self.open_button.setEnabled(self.table.selected() is not None)
        self.export_button.setEnabled(self._session is not None)

    def _connect(self) -> None:
        self.refresh_button.clicked.connect(self.refresh)
        self.open_button.clicked.connect(self.on_open)
        self.export_button.clicked.connect(self.export)
        self.table.chosen.connect(self.open)
        self.table.selectionModel().selectionChanged.connect(self._allow)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING_PX)
        buttons.addWidget(self.count, 1)
        for button in (self.refresh_button, self.open_button, self.export_button):
            buttons.addWidget(button)
        top = QWidget()
        upper = QVBoxLayout(top)
        upper.setContentsMargins(0, 0, 0, SPACING_PX)
        upper.setSpacing(SPACING_PX)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.table)
        upper.addWidget(card, 1)
        upper.addLayout(buttons)
        self.table.setMinimumHeight(120)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(top)
        splitter.addWidget(self.view)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([220, 440])
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, SPACING_PX)
        column.addWidget(self.news)
        column.addWidget(splitter, 1)


def documents_folder() -> str:
    """Return the folder that exports are offered to go to first."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def export_name(info: SessionInfo) -> str:
    """Return a file name that every system allows."""
    title = re.sub(r"[^\w.-]+", "-", info.title or info.source).strip("-.") or "session"
    return f"{info.started_at:%Y-%m-%d_%H%M}_{title[:60]}.csv"
