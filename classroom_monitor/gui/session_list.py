"""The list of stored sessions with its search, and what can be done with those selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.list_actions import ListActions
from classroom_monitor.gui.session_outlines import Outlines
from classroom_monitor.gui.session_table import SessionTable
from classroom_monitor.gui.theme import SPACING_PX, Card

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class SessionList(QWidget):
    """Searches, sorts and selects; what is to be done is asked for by signals."""

    open_requested = Signal(int)
    compare_requested = Signal(tuple)  # ids, in the order shown
    course_requested = Signal(str)
    export_requested = Signal()
    delete_requested = Signal(tuple)
    refresh_requested = Signal()

    def __init__(self, outlines: Outlines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = SessionTable(outlines)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Search title, course, notes, source, date"))
        self.search.setAccessibleName(self.tr("Search the sessions"))
        self.search.setToolTip(self.tr("Every word must be in the session (Ctrl+F)"))
        self.course = QComboBox()
        self.course.setAccessibleName(self.tr("Course"))
        self.course.setToolTip(self.tr("Show one course's sessions only"))
        self.course.setMinimumContentsLength(12)
        self.course.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.count = QLabel()
        self.refresh_button = QToolButton()
        self.refresh_button.setText("↻")
        self.refresh_button.setToolTip(self.tr("Read the list again (Ctrl+R)"))
        self.refresh_button.setAccessibleName(self.tr("Refresh the list"))
        self.actions_row = ListActions()
        self._empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._table_or_empty = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_sessions(())

    @property
    def hint(self) -> str:
        """What stands in place of the table, or ""."""
        return self._empty.text() if self._table_or_empty.currentIndex() else ""

    def show_sessions(self, sessions: Sequence[SessionInfo]) -> None:
        """List these sessions; what was selected stays so."""
        selected = self.table.selected()
        self.table.sessions.show_sessions(sessions)
        self._list_courses(sessions)
        if selected and not self.table.selected():
            self.table.select(selected[0])
        self.on_shown_changed()

    def selected(self) -> tuple[SessionInfo, ...]:
        """Return the selected sessions, in the order shown."""
        model = self.table.sessions
        rows = (model.row_of(session_id) for session_id in self.table.selected())
        return tuple(model.info(row) for row in rows if row is not None)

    def of_course(self, course: str) -> tuple[int, ...]:
        """Return a course's sessions, newest first."""
        wanted = course.casefold()
        infos = self.table.sessions.sessions
        return tuple(info.session_id for info in infos if info.course.casefold() == wanted)

    def courses(self) -> list[str]:
        """Return the names of the courses there are, in order."""
        names = {info.course.casefold(): info.course for info in self.table.sessions.sessions}
        return [names[key] for key in sorted(names) if key]

    def on_search(self, text: str) -> None:
        """Leave over what fits the search."""
        self.table.shown.search(text)
        self.on_shown_changed()

    def on_course_chosen(self) -> None:
        """Leave over one course."""
        self.table.shown.choose_course(self.course.currentData())
        self.on_shown_changed()

    def on_shown_changed(self) -> None:
        """Say how many sessions there are, and allow what can be done with those selected."""
        total, shown = self.table.sessions.rowCount(), self.table.shown.rowCount()
        self._table_or_empty.setCurrentIndex(0 if shown else 1)
        self._empty.setText(
            self.tr("No session fits the search.")
            if total
            else self.tr("No session is stored yet. The Live page makes one.")
        )
        chosen = self.selected()
        if len(chosen) > 1:
            self.count.setText(self.tr("{0} of {1} selected").format(len(chosen), shown))
        elif shown < total:
            self.count.setText(self.tr("{0} of {1} sessions").format(shown, total))
        else:
            self.count.setText(self.tr("{0} sessions").format(total) if total else "")
        self.actions_row.allow(chosen)

    def on_open(self) -> None:
        """Ask for the selected session."""
        for session_id in self.table.selected()[:1]:
            self.open_requested.emit(session_id)

    def on_course(self) -> None:
        """Ask for the selected session's course."""
        for info in self.selected()[:1]:
            self.course_requested.emit(info.course)

    def on_find(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _list_courses(self, sessions: Sequence[SessionInfo]) -> None:
        chosen = self.course.currentData()
        self.course.blockSignals(True)
        self.course.clear()
        self.course.addItem(self.tr("All courses"), None)
        for name in self.courses():
            self.course.addItem(name, name)
        if any(not info.course for info in sessions) and self.course.count() > 1:
            self.course.addItem(self.tr("Without a course"), "")
        self.course.setCurrentIndex(max(0, self.course.findData(chosen)) if chosen else 0)
        if chosen == "":
            self.course.setCurrentIndex(max(0, self.course.findText(self.tr("Without a course"))))
        self.course.blockSignals(False)
        self.course.setVisible(self.course.count() > 1)
        self.table.shown.choose_course(self.course.currentData())

    def _connect(self) -> None:
        table = self.table
        self.search.textChanged.connect(self.on_search)
        self.course.currentIndexChanged.connect(self.on_course_chosen)
        table.selectionModel().selectionChanged.connect(self.on_shown_changed)
        table.chosen.connect(self.open_requested)
        self.refresh_button.clicked.connect(self.refresh_requested)
        row = self.actions_row
        row.open.clicked.connect(self.on_open)
        row.course.clicked.connect(self.on_course)
        row.export.clicked.connect(self.export_requested)
        row.compare.clicked.connect(lambda: self.compare_requested.emit(table.selected()))
        row.delete.clicked.connect(lambda: self.delete_requested.emit(table.selected()))
        table.delete_requested.connect(lambda: self.delete_requested.emit(table.selected()))
        QShortcut(QKeySequence.StandardKey.Find, self, self.on_find, context=_HERE)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(SPACING_PX)
        filters.addWidget(self.search, 3)
        filters.addWidget(self.course, 1)
        filters.addStretch(1)
        filters.addWidget(self.count)
        filters.addWidget(self.refresh_button)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self._table_or_empty)
        self._table_or_empty.addWidget(self.table)
        self._table_or_empty.addWidget(self._empty)
        self.table.setMinimumHeight(160)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX)
        column.addLayout(filters)
        column.addWidget(card, 1)
        column.addWidget(self.actions_row)
