"""The list of stored sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from classroom_monitor.contracts import SessionInfo, SessionState
from classroom_monitor.gui.formats import date_and_time, duration

_Index = QModelIndex | QPersistentModelIndex


class SessionTableModel(QAbstractTableModel):
    """One session a row: date, title, source, length, state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sessions: tuple[SessionInfo, ...] = ()
        self._headers = (
            self.tr("Date"),
            self.tr("Title"),
            self.tr("Source"),
            self.tr("Length"),
            self.tr("State"),
        )
        self._states = {
            SessionState.RUNNING: self.tr("running"),
            SessionState.COMPLETE: self.tr("complete"),
            SessionState.INTERRUPTED: self.tr("interrupted"),
        }

    def show_sessions(self, sessions: Sequence[SessionInfo]) -> None:
        """List these sessions."""
        self.beginResetModel()
        self._sessions = tuple(sessions)
        self.endResetModel()

    def session_id(self, row: int) -> int:
        """Return the id of the session in a row."""
        return self._sessions[row].session_id

    def row_of(self, session_id: int) -> int | None:
        """Return the row of a session, or None where it isn't listed."""
        ids = [info.session_id for info in self._sessions]
        return ids.index(session_id) if session_id in ids else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many sessions there are."""
        return 0 if parent.isValid() else len(self._sessions)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many columns a session has."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, or its alignment."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 3:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        info = self._sessions[index.row()]
        return (
            date_and_time(info.started_at),
            info.title,
            info.source,
            duration(info.seconds),
            self._states[info.state],
        )[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None


class SessionTable(QTableView):
    """Selects one session at a time; the selected one is asked for."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sessions = SessionTableModel(self)
        self.setModel(self.sessions)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setAccessibleName(self.tr("Stored sessions"))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.activated.connect(self.on_activated)

    def select(self, session_id: int) -> None:
        """Select a session's row, where it is listed."""
        row = self.sessions.row_of(session_id)
        if row is not None:
            self.selectRow(row)

    def selected(self) -> int | None:
        """Return the selected session's id."""
        rows = self.selectionModel().selectedRows()
        return self.sessions.session_id(rows[0].row()) if rows else None

    def on_activated(self, index: QModelIndex) -> None:
        """Ask for the session that was double-clicked or entered."""
        self.chosen.emit(self.sessions.session_id(index.row()))
