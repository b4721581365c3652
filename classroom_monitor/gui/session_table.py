"""The list of stored sessions, with a picture of each one's timeline (never of people)."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.session_filter import SessionFilter
from classroom_monitor.gui.session_list_model import (
    OUTLINE_ROLE,
    Column,
    SessionTableModel,
)
from classroom_monitor.gui.session_outlines import Outlines
from classroom_monitor.gui.thumbnail import paint_thumbnail

_ROW_PX = 40
_WIDTHS_PX = {
    Column.OUTLINE: 196,
    Column.COURSE: 150,
    Column.DATE: 138,
    Column.LENGTH: 84,
    Column.SOURCE: 150,
    Column.STATE: 100,
}
_SHOWN_FROM_PX = {Column.STATE: 880, Column.SOURCE: 1000, Column.COURSE: 680}
"""How wide the page must be for columns that can be done without."""
_EDITING = QAbstractItemView.State.EditingState
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class OutlineDelegate(QStyledItemDelegate):
    """Paints a session's outline into its cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the cell's background as the style does, and the outline on top."""
        super().paint(painter, option, index)
        outline = index.data(OUTLINE_ROLE)
        if outline is None:
            return
        cell: QRect = option.rect
        palette: QPalette = option.palette
        paint_thumbnail(painter, cell.adjusted(8, 5, -8, -5), outline, colours_for(palette))

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as a timeline needs to be told from others."""
        return QSize(_WIDTHS_PX[Column.OUTLINE], _ROW_PX)


class SessionTable(QTableView):
    """Sorts and selects sessions; a double click or Enter asks for one, F2 renames."""

    chosen = Signal(int)
    delete_requested = Signal()

    def __init__(self, outlines: Outlines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sessions = SessionTableModel(outlines, self)
        self.shown = SessionFilter(self.sessions)
        self.setModel(self.shown)
        self.setItemDelegateForColumn(Column.OUTLINE, OutlineDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setAccessibleName(self.tr("Stored sessions"))
        self.setAccessibleDescription(
            self.tr("Enter opens, F2 renames, Delete deletes; Ctrl or Shift selects several.")
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self._lay_out_columns()
        self.doubleClicked.connect(self.on_double_clicked)

    def select(self, session_id: int) -> None:
        """Select a session's row, where it is listed."""
        row = self.sessions.row_of(session_id)
        if row is None:
            return
        index = self.shown.mapFromSource(self.sessions.index(row, Column.TITLE))
        if index.isValid():
            # Not selectRow, which adds to the selection while Ctrl is held.
            self.selectionModel().setCurrentIndex(index, _ONLY)

    def selected(self) -> tuple[int, ...]:
        """Return the selected sessions' ids, in the order shown."""
        rows = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(self._id(index) for index in rows)

    def rename(self) -> None:
        """Let the selected session's title be typed over."""
        index = self.currentIndex()
        if index.isValid():
            self.edit(index.siblingAtColumn(Column.TITLE))

    def fit_width(self, width_px: int) -> None:
        """Show only as many columns as leave room for titles."""
        for column, least_px in _SHOWN_FROM_PX.items():
            self.setColumnHidden(column, width_px < least_px)

    def on_double_clicked(self, index: QModelIndex) -> None:
        """Ask for a session."""
        self.chosen.emit(self._id(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, delete with Delete, rename with F2 whatever cell is current."""
        current = self.currentIndex()
        if self.state() == _EDITING or not current.isValid():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._id(current))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_F2 and current.column() != Column.COURSE:
            self.rename()
        else:
            super().keyPressEvent(event)

    def _id(self, index: QModelIndex) -> int:
        return self.sessions.info(self.shown.mapToSource(index).row()).session_id

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width_px in _WIDTHS_PX.items():
            self.setColumnWidth(column, width_px)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.DATE, Qt.SortOrder.DescendingOrder)
