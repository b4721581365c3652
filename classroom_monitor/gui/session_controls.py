"""What the lecturer chooses before a session, and the buttons that start, mark and stop it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.services import SessionRequest
from classroom_monitor.gui.source_picker import SourcePicker
from classroom_monitor.gui.theme import SPACING_PX, Caption, Card
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
        self.refresh = self._make_refresh()
        self.mode = self._make_mode()
        self.group_minimum = self._make_group_minimum()
        self.title = QLineEdit(placeholderText=self.tr("optional, for example Statistics, week 3"))
        self.title.setMaxLength(200)
        self.marker_text = QLineEdit(placeholderText=self.tr("optional text for the next marker"))
        self.marker_text.setMaxLength(200)
        self.mark = QPushButton(self.tr("Marker"))
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
        first, second = QHBoxLayout(), QHBoxLayout()
        source = QHBoxLayout()
        source.setSpacing(4)
        source.addWidget(self.source, 1)
        source.addWidget(self.refresh)
        _put(first, self.tr("S&ource"), source, self.source, 3)
        _put(first, self.tr("M&ode"), _alone(self.mode), self.mode, 0)
        _put(first, self.tr("&Group minimum"), _alone(self.group_minimum), self.group_minimum, 0)
        self._before, self._during = QWidget(), QWidget()
        title = QHBoxLayout(self._before)
        title.setContentsMargins(0, 0, 0, 0)
        _put(title, self.tr("&Title"), _alone(self.title), self.title, 1)
        marker = QHBoxLayout(self._during)
        marker.setContentsMargins(0, 0, 0, 0)
        field = _alone(self.marker_text)
        field.addWidget(self.mark)
        _put(marker, self.tr("Ma&rker text"), field, self.marker_text, 1)
        second.addWidget(self._before, 1)
        second.addWidget(self._during, 1)
        _put(second, "", _alone(self.start_stop), self.start_stop, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 10, 16, 12)
        for half in (first, second):
            half.setSpacing(SPACING_PX)
            self._row.addLayout(half, 1)
        self._row.setSpacing(SPACING_PX)
        self.start_stop.setMinimumWidth(130)

    def _make_refresh(self) -> QToolButton:
        button = QToolButton()
        button.setText("↻")
        button.setToolTip(self.tr("List the cameras again"))
        button.setAccessibleName(self.tr("List the cameras again"))
        return button

    def _make_mode(self) -> QComboBox:
        mode = QComboBox()
        mode.setAccessibleName(self.tr("Mode"))
        mode.addItem(self.tr("Room"), "room")
        mode.addItem(self.tr("Near"), "near")
        mode.setToolTip(
            self.tr("Room: also finds small faces in the back rows. Near: a few large faces, fast.")
        )
        return mode

    def _make_group_minimum(self) -> QSpinBox:
        box = QSpinBox(minimum=1, maximum=1000)
        box.setSuffix(self.tr(" faces"))
        box.setAccessibleName(self.tr("Fewest used faces for a mix"))
        box.setToolTip(group_minimum_explained())
        return box


def group_minimum_explained() -> str:
    """Return what the group minimum protects, and what it does not."""
    protects = QCoreApplication.translate(
        "SessionControls",
        "A second with fewer used faces than this has no mix, only counts: on screen, in the store"
        " and in exports. With 1 or 2 you see the expressions of single people.",
    )
    does_not = QCoreApplication.translate(
        "SessionControls",
        "It does not protect against comparing: when one person comes, goes or is lost between two"
        " neighbouring seconds that both have a mix, the difference between the two can give away"
        " that person's part.",
    )
    return f"<p>{protects}</p><p>{does_not}</p>"


def _alone(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(widget, 1)
    return row


def _put(row: QHBoxLayout, name: str, field: QHBoxLayout, buddy: QWidget, stretch: int) -> None:
    """Add a field under its name; the name's mnemonic leads to the field."""
    column = QVBoxLayout()
    column.setSpacing(3)
    caption = Caption(name)
    caption.setBuddy(buddy)
    column.addWidget(caption)
    column.addLayout(field)
    row.addLayout(column, stretch)
