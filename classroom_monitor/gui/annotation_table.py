"""Tables of what a lecturer added to a session: typed over, removed and found by keyboard."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from classroom_monitor.contracts import Annotation
from classroom_monitor.gui.timeline_annotations import same

_Index = QModelIndex | QPersistentModelIndex
_EDITING = QAbstractItemView.State.EditingState
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_ROW_PX = 26

Row = TypeVar("Row")


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows of records; what a cell says, and what typing into it makes, is up to each table.

    end_s is how long the session is, which bounds what times can be typed.
    """

    edited = Signal(object)  # Annotation, with what was typed
    NUMBERS_FROM = 99
    """The first column that holds numbers, which stand to the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers: tuple[str, ...] = ()
        self.end_s = 0.0
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; nothing happens where they are shown already."""
        fresh = tuple(rows)
        if fresh == self._rows:
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    @abstractmethod
    def text(self, row: Row, column: int) -> str:
        """Return what a cell says."""

    def item(self, row: Row) -> Annotation | None:
        """Return what a row is about, where that can be changed or removed."""
        return None

    def changed(self, row: Row, column: int, text: str) -> Annotation | None:
        """Return the row's item with a text typed into a cell, None where that changes nothing."""
        return None

    def may_edit(self, row: Row, column: int) -> bool:
        """Whether a cell can be typed over."""
        return False

    def stands_out(self, row: Row) -> bool:
        """Whether a row is written bold."""
        return False

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.headers)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """What can be typed over may be edited."""
        flags = super().flags(index)
        if self.may_edit(self._rows[index.row()], index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, alignment or font."""
        row, column = self._rows[index.row()], index.column()
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= self.NUMBERS_FROM:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and self.stands_out(row):
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; it is shown once it is stored."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        item = self.changed(self._rows[index.row()], index.column(), str(value))
        if item is None:
            return False
        self.edited.emit(item)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= self.NUMBERS_FROM:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class AnnotationTable(QTableView):
    """Enter shows a row on the timeline, F2 types over it, Delete removes it.

    A double click types over what can be typed over, and shows the row elsewhere.
    """

    show_requested = Signal(object)  # a row's record
    edit_requested = Signal(object)  # Annotation
    remove_requested = Signal(object)  # a tuple of Annotation

    def __init__(self, rows: RowsModel[Any], stretch: int, parent: QWidget | None = None) -> None:
        """Show the rows, with one column as wide as there is room."""
        super().__init__(parent)
        self.items = rows
        rows.setParent(self)
        self.setModel(rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self.on_double_clicked)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, with the one selected that was."""
        chosen = self.chosen()
        self.items.show_rows(rows)
        if chosen:
            self.select(chosen[0])

    def select(self, item: Annotation) -> None:
        """Select the row of an item, where there is one."""
        for number, row in enumerate(self.items.rows):
            if same(self.items.item(row), item):
                if number not in {index.row() for index in self.selectionModel().selectedRows()}:
                    # Not selectRow, which adds to the selection while Ctrl is held.
                    self.selectionModel().setCurrentIndex(self.items.index(number, 0), _ONLY)
                return

    def chosen(self) -> tuple[Annotation, ...]:
        """Return what the selected rows are about."""
        rows = (self.items.rows[index.row()] for index in self.selectionModel().selectedRows())
        items = (self.items.item(row) for row in rows)
        return tuple(item for item in items if item is not None)

    def remove_chosen(self) -> None:
        """Ask for what is selected to be removed."""
        if chosen := self.chosen():
            self.remove_requested.emit(chosen)

    def ask_to_edit(self) -> None:
        """Ask for the selected thing to be edited."""
        for item in self.chosen()[:1]:
            self.edit_requested.emit(item)

    def on_double_clicked(self, index: QModelIndex) -> None:
        """Show the row, unless it is being typed over."""
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.show_requested.emit(self.items.rows[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Delete and Backspace do what the class says; the rest is Qt's."""
        current = self.currentIndex()
        if self.state() == _EDITING or not current.isValid():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.show_requested.emit(self.items.rows[current.row()])
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_chosen()
        else:
            super().keyPressEvent(event)
