"""Rows of records as a table shows them, some of them to be typed over."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import Annotation
from classroom_monitor.gui.plain_tip import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

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
        if role in _TEXTS:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= self.NUMBERS_FROM:
            return _RIGHT
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
            return _RIGHT
        return None
