"""Where a session changed, as far as a test says so; the test is named beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.annotation_table import AnnotationTable
from classroom_monitor.gui.formats import duration, percent
from classroom_monitor.gui.palette import MOOD_SYMBOLS
from classroom_monitor.gui.rows_model import RowsModel
from classroom_monitor.sessions.change_points import ChangePoint, ChangePoints


class ChangeRows(RowsModel[ChangePoint]):
    """When, which mood, from where to where, and how likely by chance."""

    TIME, WHAT, BEFORE, AFTER, P = range(5)
    NUMBERS_FROM = BEFORE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = (
            self.tr("Time"),
            self.tr("What changed"),
            self.tr("Before"),
            self.tr("After"),
            self.tr("By chance (p)"),
        )

    def text(self, row: ChangePoint, column: int) -> str:
        """Return what a cell says."""
        return (
            duration(row.t_s),
            self._what(row),
            percent(row.before),
            percent(row.after),
            "< 0.001" if row.p < 0.001 else f"{row.p:.3f}",
        )[column]

    def _what(self, row: ChangePoint) -> str:
        names = (self.tr("negative"), self.tr("neutral"), self.tr("positive"))
        mood = MOODS.index(row.mood)
        rose = row.after > row.before
        line = self.tr("{0} {1} rose") if rose else self.tr("{0} {1} fell")
        return line.format(MOOD_SYMBOLS[mood], names[mood])


class ChangesPanel(QWidget):
    """The changes, or why there are none, above the test's own sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = AnnotationTable(ChangeRows(), ChangeRows.WHAT)
        self.table.setAccessibleName(self.tr("What stood out"))
        self.table.setColumnWidth(ChangeRows.TIME, 90)
        self.table.setColumnWidth(ChangeRows.P, 120)
        self.lines = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.lines.setContentsMargins(12, 6, 12, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        column.addWidget(self.table, 1)
        self.show_searching()

    def show_searching(self) -> None:
        """Show that the test runs."""
        self.table.show_rows(())
        self.lines.setText(self.tr("Looking for changes…"))

    def show_changes(self, changes: ChangePoints) -> None:
        """Show what the test found."""
        self.table.show_rows(changes.found)
        self.table.setVisible(bool(changes.found))
        if changes.why_not:
            self.lines.setText(changes.why_not)
            return
        none = self.tr(
            "Nothing stood out: no step in the shares is larger than chance explains well."
        )
        self.lines.setText("\n".join([*([] if changes.found else [none]), changes.method]))
