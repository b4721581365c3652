"""The stored sessions as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import SessionInfo, SessionState
from classroom_monitor.gui.formats import date_and_time, duration
from classroom_monitor.gui.plain_tip import plain_tip
from classroom_monitor.gui.session_edit import LONGEST_TEXT, SessionEdit, edited
from classroom_monitor.gui.session_outlines import Outlines

_Index = QModelIndex | QPersistentModelIndex

SORT_ROLE = Qt.ItemDataRole.UserRole
OUTLINE_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """The columns, from left to right."""

    OUTLINE = 0
    TITLE = 1
    COURSE = 2
    DATE = 3
    LENGTH = 4
    SOURCE = 5
    STATE = 6


class SessionTableModel(QAbstractTableModel):
    """One session a row; title and course can be typed over, which is asked for by a signal."""

    edit_requested = Signal(object)  # SessionEdit

    def __init__(self, outlines: Outlines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outlines = outlines
        self._sessions: tuple[SessionInfo, ...] = ()
        self._headers = (
            self.tr("Timeline"),
            self.tr("Title"),
            self.tr("Course"),
            self.tr("Date"),
            self.tr("Length"),
            self.tr("Source"),
            self.tr("State"),
        )
        self._states = {
            SessionState.RUNNING: self.tr("recording"),
            SessionState.COMPLETE: self.tr("complete"),
            SessionState.INTERRUPTED: self.tr("interrupted"),
        }
        outlines.ready.connect(self.on_outline)

    @property
    def sessions(self) -> tuple[SessionInfo, ...]:
        """What is listed, newest first."""
        return self._sessions

    def show_sessions(self, sessions: Sequence[SessionInfo]) -> None:
        """List these sessions; rows are only made anew where others are listed than before."""
        fresh = tuple(sessions)
        same = [info.session_id for info in fresh] == [info.session_id for info in self._sessions]
        if same:
            self._sessions = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._sessions = fresh
        self.endResetModel()

    def change(self, edit: SessionEdit) -> None:
        """Show an edit that was made elsewhere."""
        row = self.row_of(edit.session_id)
        if row is None:
            return
        rows = list(self._sessions)
        rows[row] = edited(rows[row], edit)
        self._sessions = tuple(rows)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def info(self, row: int) -> SessionInfo:
        """Return the session in a row."""
        return self._sessions[row]

    def row_of(self, session_id: int) -> int | None:
        """Return the row of a session, or None where it isn't listed."""
        ids = [info.session_id for info in self._sessions]
        return ids.index(session_id) if session_id in ids else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many sessions there are."""
        return 0 if parent.isValid() else len(self._sessions)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many columns a session has."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Title and course can be typed over."""
        flags = super().flags(index)
        if index.column() in (Column.TITLE, Column.COURSE):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, what sorts it, its alignment, or the session's outline."""
        info, column = self._sessions[index.row()], Column(index.column())
        if role == OUTLINE_ROLE:
            return self._outlines.get(info)
        if role == SORT_ROLE:
            return self._sort_key(info, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.LENGTH:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(info.notes or self._text(info, column))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(info, column)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Show what was typed, and ask for it to be stored."""
        info = self._sessions[index.row()]
        text = str(value).strip()[:LONGEST_TEXT]
        if role != Qt.ItemDataRole.EditRole or text == self._text(info, Column(index.column())):
            return False
        named = index.column() == Column.TITLE
        edit = SessionEdit(info.session_id, **{"title" if named else "course": text})
        self.change(edit)
        self.edit_requested.emit(edit)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def on_outline(self, session_id: int) -> None:
        """Draw a row again whose outline was read."""
        row = self.row_of(session_id)
        if row is not None:
            cell = self.index(row, Column.OUTLINE)
            self.dataChanged.emit(cell, cell, [OUTLINE_ROLE])

    def _text(self, info: SessionInfo, column: Column) -> str:
        texts = {
            Column.OUTLINE: "",
            Column.TITLE: info.title,
            Column.COURSE: info.course,
            Column.DATE: date_and_time(info.started_at),
            Column.LENGTH: duration(info.seconds),
            Column.SOURCE: info.source,
            Column.STATE: self._states[info.state],
        }
        return texts[column]

    def _sort_key(self, info: SessionInfo, column: Column) -> float | str:
        if column is Column.DATE:
            return info.started_at.timestamp()
        if column in (Column.LENGTH, Column.OUTLINE):
            return float(info.seconds)
        return self._text(info, column).casefold()
