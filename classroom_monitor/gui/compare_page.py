"""Two or more sessions beside each other: overlaid, or a course over its weeks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.compare_choices import CompareChoices, View
from classroom_monitor.gui.comparison import Comparison, load_comparison, only
from classroom_monitor.gui.comparison_plot import ComparisonPlot
from classroom_monitor.gui.comparison_table import ComparedRows, comparison_table
from classroom_monitor.gui.elided_label import ElidedLabel
from classroom_monitor.gui.palette import Tone, colours_for
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.theme import SPACING_PX, Caption, Card, set_text_size
from classroom_monitor.gui.weeks_plot import WeeksPlot
from classroom_monitor.sessions.comparison import CourseRow


class ComparePage(QWidget):
    """Reads the sessions beside the window, and shows them on one axis and in numbers."""

    back_requested = Signal()
    open_requested = Signal(int)
    export_requested = Signal()
    copy_requested = Signal()
    save_requested = Signal()
    problem = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._reading: Job[Any] | None = None
        self._comparison: Comparison | None = None
        self.back = QPushButton(self.tr("\N{LEFTWARDS ARROW} &All sessions"))
        self.back.setToolTip(self.tr("Back to the list (Alt+←)"))
        self.export = QPushButton(self.tr("&Export…"))
        self.export.setToolTip(self.tr("Write these sessions as tables or reports (Ctrl+E)"))
        self.more = QPushButton(self.tr("&More"))
        self.more.setMenu(self._menu())
        self.title, self.hint = ElidedLabel(), Caption()
        set_text_size(self.title, 1.35, bold=True)
        self.notice = Banner()
        self.choices = CompareChoices()
        self.overlay, self.weeks = ComparisonPlot(), WeeksPlot()
        self.plots = QStackedWidget()
        self.shown = QSplitter(Qt.Orientation.Vertical)
        self.table, self.rows = comparison_table()
        self.table.setAccessibleName(self.tr("Compared sessions in numbers"))
        self._lay_out()
        self._connect()
        self._dress()

    @property
    def comparison(self) -> Comparison | None:
        """What is compared."""
        return self._comparison

    def show_sessions(self, ids: Sequence[int], course: str = "") -> None:
        """Read and compare sessions; with a course, over its weeks."""
        self.leave()
        self.title.show_line(
            self.tr("{0} over its weeks").format(course)
            if course
            else self.tr("{0} sessions compared").format(len(ids))
        )
        self.hint.setText(self.tr("Reading {0} sessions…").format(len(ids)))
        self.choices.choose(View.WEEKS if course else View.BY_START)
        self.rows.show_rows(())
        self.plots.setEnabled(False)
        self._reading = self._background.run(
            "compare sessions",
            partial(load_comparison, self._services.session, tuple(ids)),
            self.on_loaded,
            self.on_failed,
        )

    def leave(self) -> None:
        """Forget what is compared."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._comparison = None
        self.notice.clear()

    def on_loaded(self, comparison: Comparison) -> None:
        """Show the sessions that were read."""
        self._reading = None
        self._comparison = comparison
        self.plots.setEnabled(True)
        if comparison.missing:
            self.notice.say(Tone.WARNING, "\n".join(comparison.missing))
        self.choices.allow(comparison)
        for column in range(ComparedRows.NEGATIVE, ComparedRows.POSITIVE + 1):
            self.table.setColumnHidden(column, comparison.counts_only)
        self.rows.show_compared(comparison.rows, len(colours_for(self.palette()).curves))
        self.weeks.show_rows(comparison.rows)
        self.on_view_chosen()
        self.on_measure_chosen()

    def on_failed(self, error: Exception) -> None:
        """Say why nothing can be compared, and go back."""
        self._reading = None
        self.problem.emit(error)
        self.back_requested.emit()

    def on_view_chosen(self) -> None:
        """Draw the sessions from their starts, by their segments, or over the weeks."""
        view, comparison = self.choices.view, self._comparison
        self.plots.setCurrentWidget(self.weeks if view is View.WEEKS else self.overlay)
        if comparison is None:
            return
        by_segment = comparison.by_segment if view is View.BY_SEGMENT else None
        aligned = by_segment or comparison.by_start
        if len(aligned.edges_s) > 1:
            self.overlay.show_aligned(only(aligned, self.rows.shown), comparison.names)
        self.hint.setText(self.choices.explanation)

    def on_measure_chosen(self) -> None:
        """Draw another value."""
        self.overlay.compare(self.choices.compared)
        self.weeks.compare(self.choices.compared)

    def on_row_shown(self, row: CourseRow) -> None:
        """Ask for the session of a row."""
        self.open_requested.emit(row.session_id)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.export.clicked.connect(self.export_requested)
        self.choices.view_chosen.connect(self.on_view_chosen)
        self.choices.measure_chosen.connect(self.on_measure_chosen)
        self.rows.shown_changed.connect(self.on_view_chosen)
        self.table.show_requested.connect(self.on_row_shown)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("&Copy the comparison as a picture"), self.copy_requested.emit)
        menu.addAction(self.tr("&Save the comparison as a picture…"), self.save_requested.emit)
        return menu

    def _dress(self) -> None:
        self.rows.dress(colours_for(self.palette()).curves)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACING_PX)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.export)
        head.addWidget(self.more)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.choices)
        inside.addWidget(self.hint)
        self.plots.addWidget(self.overlay)
        self.plots.addWidget(self.weeks)
        inside.addWidget(self.plots, 1)
        card.setMinimumHeight(220)
        self.shown.setChildrenCollapsible(False)
        self.shown.addWidget(card)
        self.shown.addWidget(self.table)
        self.shown.setStretchFactor(0, 3)
        self.shown.setStretchFactor(1, 2)
        self.shown.setSizes([360, 200])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX // 2)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.shown, 1)
