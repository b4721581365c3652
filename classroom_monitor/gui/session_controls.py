"""What the lecturer chooses before a session, and the buttons that start, mark and stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.services import SessionRequest
from classroom_monitor.gui.session_fields import add_field, group_minimum_field, mode_field
from classroom_monitor.gui.source_picker import SourcePicker
from classroom_monitor.gui.theme import SPACING_PX, Card
from classroom_monitor.settings import Settings


class SessionControls(Card):
    """One row of fields (two on a narrow window); fields rest while a session runs."""

    start_requested = Signal(object)
    stop_requested = Signal()
    mark_requested = Signal(str)
    refresh_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.source = SourcePicker()
        self.refresh = QToolButton()
        self.mode = mode_field()
        self.group_minimum = group_minimum_field()
        self.title = QLineEdit(placeholderText=self.tr("optional, for example Statistics, week 3"))
        self.title.setMaxLength(200)
        self.marker_text = QLineEdit(placeholderText=self.tr("optional text for the next marker"))
        self.marker_text.setMaxLength(200)
        self.mark = QPushButton(self.tr("Marker"))
        self.mark.setToolTip(self.tr("Mark this moment (M, or 1 to 9 for a numbered marker)"))
        self.start_stop = QPushButton()
        self.start_stop.setDefault(True)
        self._phase = Phase.IDLE
        self._lay_out()
        self._connect()
        self.show_phase(Phase.IDLE)

    def fill(self, settings: Settings) -> None:
        """Begin with what the settings say."""
        self.source.choose(settings.source)
        self.mode.setCurrentIndex(self.mode.findData(settings.mode))
        self.group_minimum.setValue(settings.group_minimum)

    def fill_request(self, request: SessionRequest) -> None:
        """Show a request that came from elsewhere, such as the command line."""
        self.source.choose(request.source)
        self.mode.setCurrentIndex(self.mode.findData(request.mode))
        self.group_minimum.setValue(request.group_minimum)
        self.title.setText(request.title)

    def request(self) -> SessionRequest:
        """Return what is chosen now."""
        return SessionRequest(
            source=self.source.source,
            title=self.title.text().strip(),
            mode=self.mode.currentData(),
            group_minimum=self.group_minimum.value(),
        )

    def show_phase(self, phase: Phase) -> None:
        """Allow what a session in this phase allows."""
        self._phase = phase
        idle, running = phase is Phase.IDLE, phase is Phase.RUNNING
        for field in (self.source, self.refresh, self.mode, self.group_minimum, self.title):
            field.setEnabled(idle)
        self._before.setVisible(idle)
        self._during.setVisible(not idle)
        self.mark.setEnabled(running)
        self.marker_text.setEnabled(running)
        self.start_stop.setEnabled(phase is not Phase.SAVING)
        texts = {
            Phase.IDLE: self.tr("&Start"),
            Phase.RUNNING: self.tr("&Stop and save"),
            Phase.SAVING: self.tr("Saving…"),
        }
        self.start_stop.setText(texts[phase])
        self.start_stop.setToolTip(self.tr("Start or stop the session (F5)"))

    def show_refreshing(self, refreshing: bool) -> None:
        """Show that the cameras are being listed."""
        self.refresh.setEnabled(not refreshing and self._phase is Phase.IDLE)
        self.refresh.setText("…" if refreshing else "↻")

    def set_narrow(self, narrow: bool) -> None:
        """Put the fields above each other where they don't fit side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)

    def on_start_stop(self) -> None:
        """Ask for what the button offers now."""
        if self._phase is Phase.IDLE:
            self.start_requested.emit(self.request())
        elif self._phase is Phase.RUNNING:
            self.stop_requested.emit()

    def on_mark(self) -> None:
        """Ask for a marker with the text that was typed ahead."""
        if self._phase is Phase.RUNNING:
            self.mark_requested.emit(self.marker_text.text().strip())
            self.marker_text.clear()

    def _connect(self) -> None:
        self.start_stop.clicked.connect(self.on_start_stop)
        self.mark.clicked.connect(self.on_mark)
        self.marker_text.returnPressed.connect(self.on_mark)
        self.title.returnPressed.connect(self.on_start_stop)
        self.refresh.clicked.connect(self.refresh_requested)

    def _lay_out(self) -> None:
        self._before, self._during = self._title_part(), self._marker_part()
        second = QHBoxLayout()
        second.addWidget(self._before, 1)
        second.addWidget(self._during, 1)
        add_field(second, "", self.start_stop, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 10, 16, 12)
        self._row.setSpacing(SPACING_PX)
        for half in (self._source_part(), second):
            half.setSpacing(SPACING_PX)
            self._row.addLayout(half, 1)
        self.start_stop.setMinimumWidth(130)

    def _source_part(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.refresh.setToolTip(self.tr("List the cameras again"))
        self.refresh.setAccessibleName(self.tr("List the cameras again"))
        add_field(row, self.tr("S&ource"), self.source, 3, beside=self.refresh)
        add_field(row, self.tr("M&ode"), self.mode, 0)
        add_field(row, self.tr("&Group minimum"), self.group_minimum, 0)
        return row

    def _title_part(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        add_field(row, self.tr("&Title"), self.title, 1)
        return part

    def _marker_part(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        add_field(row, self.tr("Ma&rker text"), self.marker_text, 1, beside=self.mark)
        return part
