"""A table of what a lecturer added to a session: typed over, removed and found by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from classroom_monitor.contracts import Annotation
from classroom_monitor.gui.rows_model import RowsModel
from classroom_monitor.gui.timeline_annotations import same

_EDITING = QAbstractItemView.State.EditingState
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_ROW_PX = 26


class AnnotationTable(QTableView):
    """Enter shows a row on the timeline, F2 types over it, Delete removes it.

    A double click types over what can be typed over, and shows the row elsewhere.
    """

    show_requested = Signal(object)  # a row's record
    edit_requested = Signal(object)  # Annotation
    remove_requested = Signal(object)  # a tuple of Annotation

    def __init__(
        self,
        rows: RowsModel[Any],
        stretch: int,
        shown_from_px: Mapping[int, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show the rows, with one column as wide as there is room.

        shown_from_px tells from which width of the table on a column that can be missed is shown.
        """
        super().__init__(parent)
        self.items = rows
        self._shown_from_px = shown_from_px or {}
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show only as many columns as leave room for the one that takes the rest."""
        for column, least_px in self._shown_from_px.items():
            self.setColumnHidden(column, event.size().width() < least_px)
        super().resizeEvent(event)

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
