"""The compared sessions in numbers, each in the colour of its curve, to be shown or hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.annotation_table import AnnotationTable
from classroom_monitor.gui.curves import curve_pen
from classroom_monitor.gui.formats import NO_VALUE, duration
from classroom_monitor.gui.palette import MOOD_SYMBOLS
from classroom_monitor.gui.rows_model import RowsModel
from classroom_monitor.gui.segment_table import coverage_text, share_text
from classroom_monitor.sessions.comparison import CourseRow

_Index = QModelIndex | QPersistentModelIndex
_SAMPLE = QSize(34, 12)
_CHECK = Qt.ItemDataRole.CheckStateRole


class ComparedRows(RowsModel[CourseRow]):
    """One session a row; the box in the first column shows or hides its curve."""

    shown_changed = Signal()
    NAME, DAY, WEEK, INCLUDED, NEGATIVE, NEUTRAL, POSITIVE, SEEN, COVERAGE = range(9)
    NUMBERS_FROM = WEEK

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = (
            self.tr("Session"),
            self.tr("Day"),
            self.tr("Week"),
            self.tr("Included"),
            self.tr("{0} negative").format(MOOD_SYMBOLS[0]),
            self.tr("{0} neutral").format(MOOD_SYMBOLS[1]),
            self.tr("{0} positive").format(MOOD_SYMBOLS[2]),
            self.tr("Seen"),
            self.tr("Coverage"),
        )
        self._colours: tuple[QColor, ...] = ()
        self._hidden: set[int] = set()

    @property
    def shown(self) -> tuple[bool, ...]:
        """Whether each session's curve is shown."""
        return tuple(row.session_id not in self._hidden for row in self.rows)

    def show_compared(self, rows: Sequence[CourseRow], most_shown: int) -> None:
        """List sessions; of many, the newest are shown at first."""
        self._hidden = {row.session_id for row in rows[: max(0, len(rows) - most_shown)]}
        self.show_rows(rows)

    def dress(self, colours: Sequence[QColor]) -> None:
        """Name sessions in the colours of the curves."""
        self._colours = tuple(colours)
        if self.rows:
            last = self.index(len(self.rows) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.DecorationRole])

    def text(self, row: CourseRow, column: int) -> str:
        """Return what a cell says."""
        summary = row.summary
        if self.NEGATIVE <= column <= self.POSITIVE:
            return share_text(summary, column - self.NEGATIVE)
        seen = summary.seen_median
        return {
            self.NAME: row.title or self.tr("without a title"),
            self.DAY: f"{row.day:%Y-%m-%d}",
            self.WEEK: str(row.week),
            self.INCLUDED: duration(summary.seconds),
            self.SEEN: NO_VALUE if seen is None else f"{seen:.0f}",
            self.COVERAGE: coverage_text(summary),
        }[column]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """The first column has a box."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == self.NAME else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, or the first one's box and colour."""
        if index.column() == self.NAME and role == _CHECK:
            hidden = self.rows[index.row()].session_id in self._hidden
            return Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked
        if index.column() == self.NAME and role == Qt.ItemDataRole.DecorationRole:
            return self._sample(index.row())
        return super().data(index, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Show or hide a curve."""
        if role != _CHECK:
            return False
        session_id = self.rows[index.row()].session_id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._hidden.discard(session_id)
        else:
            self._hidden.add(session_id)
        self.dataChanged.emit(index, index)
        self.shown_changed.emit()
        return True

    def _sample(self, number: int) -> QPixmap:
        """Return a piece of a session's curve, nothing where it is hidden."""
        pixmap = QPixmap(_SAMPLE)
        pixmap.fill(Qt.GlobalColor.transparent)
        if self._colours and self.shown[number]:
            painter = QPainter(pixmap)
            painter.setPen(curve_pen(self._colours, number))
            middle_px = _SAMPLE.height() // 2
            painter.drawLine(0, middle_px, _SAMPLE.width(), middle_px)
            painter.end()
        return pixmap


def comparison_table() -> tuple[AnnotationTable, ComparedRows]:
    """Return an empty table, and its rows."""
    rows = ComparedRows()
    table = AnnotationTable(rows, ComparedRows.NAME)
    table.setIconSize(_SAMPLE)
    table.setColumnWidth(ComparedRows.DAY, 100)
    for column in (ComparedRows.WEEK, ComparedRows.SEEN):
        table.setColumnWidth(column, 64)
    for column in (ComparedRows.INCLUDED, ComparedRows.COVERAGE):
        table.setColumnWidth(column, 86)
    for mood in range(len(MOODS)):
        table.setColumnWidth(ComparedRows.NEGATIVE + mood, 122)
    return table, rows
