"""The table of recordings that are analysed: name, how far, how long, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from classroom_monitor.gui.formats import NO_VALUE, duration, percent
from classroom_monitor.gui.palette import Tone, colours_for
from classroom_monitor.gui.plain_tip import plain_tip
from classroom_monitor.live.recording_tasks import RecordingTask, TaskState

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FRACTION_ROLE = Qt.ItemDataRole.UserRole
_ROW_PX = 36


class Column(IntEnum):
    """The table's columns."""

    NAME, STATE, PROGRESS, TIME, NOTE = range(5)


class RecordingTableModel(QAbstractTableModel):
    """One recording a row, in the order of the queue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: tuple[RecordingTask, ...] = ()
        self._headers = {
            Column.NAME: self.tr("Recording"),
            Column.STATE: self.tr("State"),
            Column.PROGRESS: self.tr("Progress"),
            Column.TIME: self.tr("Analysed"),
            Column.NOTE: self.tr("What went wrong"),
        }
        self._states = {
            TaskState.WAITING: self.tr("waiting"),
            TaskState.RUNNING: self.tr("running"),
            TaskState.PAUSED: self.tr("paused"),
            TaskState.STOPPING: self.tr("stopping"),
            TaskState.CANCELLED: self.tr("cancelled"),
            TaskState.FAILED: self.tr("failed"),
            TaskState.DONE: self.tr("done"),
        }

    def show_tasks(self, tasks: Sequence[RecordingTask]) -> bool:
        """Show the queue as it is now; returns whether anything is new."""
        fresh = tuple(tasks)
        if fresh == self._tasks:
            return False
        if [task.task_id for task in fresh] == [task.task_id for task in self._tasks]:
            self._tasks = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(Column) - 1))
        else:
            self.beginResetModel()
            self._tasks = fresh
            self.endResetModel()
        return True

    def task(self, row: int) -> RecordingTask:
        """Return the recording in a row."""
        return self._tasks[row]

    def row_of(self, task_id: int) -> int | None:
        """Return the row of a recording, or None where it is gone."""
        ids = [task.task_id for task in self._tasks]
        return ids.index(task_id) if task_id in ids else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many recordings there are."""
        return 0 if parent.isValid() else len(self._tasks)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """A column's name."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[Column(section)]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, its tooltip, or the part that is done, which the bar shows."""
        task, column = self._tasks[index.row()], Column(index.column())
        if role == _FRACTION_ROLE and column is Column.PROGRESS:
            return _fraction(task)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(task, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headers[column]}: {self._text(task, column) or NO_VALUE}"
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.NAME, Column.NOTE):
            return plain_tip(self._text(task, column))
        return None

    def _text(self, task: RecordingTask, column: Column) -> str:
        if column is Column.NAME:
            return task.name
        if column is Column.STATE:
            return self._states[task.state]
        if column is Column.NOTE:
            return task.problem
        if column is Column.PROGRESS:
            fraction = _fraction(task)
            return NO_VALUE if fraction is None else percent(fraction)
        if not task.total_s:
            return duration(task.done_s) if task.done_s else NO_VALUE
        return f"{duration(task.done_s)} / {duration(task.total_s)}"


def _fraction(task: RecordingTask) -> float | None:
    """The analysed part of a recording; None where its length is not known."""
    return min(1.0, task.done_s / task.total_s) if task.total_s else None


class ProgressDelegate(QStyledItemDelegate):
    """Paints how much of a recording is done as a bar with the number on it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the bar over the cell, so light that its text and a selection show through."""
        super().paint(painter, option, index)
        fraction = index.data(_FRACTION_ROLE)
        if fraction is None:
            return
        palette: QPalette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = palette.color(QPalette.ColorRole.HighlightedText)
        colour = QColor(ink if selected else colours_for(palette).tones[Tone.INFO])
        colour.setAlpha(70)
        bar = option.rect.adjusted(4, 7, -4, -7)
        bar.setWidth(round(bar.width() * fraction))
        painter.fillRect(bar, colour)


class RecordingTable(QTableView):
    """Selects recordings; Enter opens, Space pauses or resumes, Delete cancels or removes."""

    opened = Signal()
    pause_toggled = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recordings = RecordingTableModel(self)
        self.setModel(self.recordings)
        self.setItemDelegateForColumn(Column.PROGRESS, ProgressDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setAccessibleName(self.tr("Recordings to analyse"))
        self.setAccessibleDescription(
            self.tr("Enter opens, Space pauses or resumes, Delete cancels or removes.")
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.NOTE, QHeaderView.ResizeMode.Stretch)
        for column, width_px in ((Column.STATE, 110), (Column.PROGRESS, 170), (Column.TIME, 150)):
            self.setColumnWidth(column, width_px)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def selected(self) -> tuple[RecordingTask, ...]:
        """Return the selected recordings, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.recordings.task(row) for row in rows)

    def show_tasks(self, tasks: Sequence[RecordingTask]) -> None:
        """Show the queue as it is now and keep the selection."""
        kept = [task.task_id for task in self.selected()]
        if not self.recordings.show_tasks(tasks):
            return
        for task_id in kept if not self.selectionModel().hasSelection() else ():
            row = self.recordings.row_of(task_id)
            if row is not None:
                self.selectRow(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say in an empty table what it is for."""
        super().paintEvent(event)
        if self.recordings.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(colours_for(self.palette()).faint)
        hint = self.tr("Drop video files or folders here: each recording becomes a session.")
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do with the selected recordings what the key stands for."""
        signals = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_Space: self.pause_toggled,
            Qt.Key.Key_Delete: self.removed,
            Qt.Key.Key_Backspace: self.removed,
        }
        signal = signals.get(Qt.Key(event.key()))
        if signal is None:
            super().keyPressEvent(event)
        else:
            signal.emit()
