"""What the lecturer chooses before a session, and the button that starts it."""

from __future__ import annotations

from dataclasses import replace

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

from classroom_monitor.gui.services import SessionRequest
from classroom_monitor.gui.session_fields import add_field, group_minimum_field, mode_field
from classroom_monitor.gui.source_picker import SourcePicker, without_password
from classroom_monitor.gui.theme import SPACING_PX, Card
from classroom_monitor.settings import Settings


class SessionSetup(Card):
    """One row of fields, two on a narrow window; shown while no session runs."""

    start_requested = Signal(object)  # SessionRequest
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
        self.start = QPushButton(self.tr("Sta&rt"))
        self.start.setToolTip(self.tr("Start the session (F5)"))
        self.start.setDefault(True)
        self._lay_out()
        self._connect()

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

    def chosen(self, settings: Settings) -> Settings:
        """Return the settings with what to offer next time; passwords are not written down."""
        return replace(settings, source=without_password(self.source.source))

    def show_refreshing(self, refreshing: bool) -> None:
        """Show that the cameras are being listed."""
        self.refresh.setEnabled(not refreshing)
        self.refresh.setText("…" if refreshing else "↻")

    def set_narrow(self, narrow: bool) -> None:
        """Put the fields above each other where they don't fit side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if narrow else across)

    def on_start(self) -> None:
        """Ask for a session with what is chosen."""
        self.start_requested.emit(self.request())

    def _connect(self) -> None:
        self.start.clicked.connect(self.on_start)
        self.title.returnPressed.connect(self.on_start)
        self.refresh.clicked.connect(self.refresh_requested)

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        add_field(second, self.tr("&Title"), self.title, 1)
        add_field(second, "", self.start, 0)
        self.start.setMinimumWidth(130)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 10, 16, 12)
        self._row.setSpacing(SPACING_PX)
        for half in (self._source_part(), second):
            half.setSpacing(SPACING_PX)
            self._row.addLayout(half, 1)

    def _source_part(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.refresh.setToolTip(self.tr("List the cameras again"))
        self.refresh.setAccessibleName(self.tr("List the cameras again"))
        add_field(row, self.tr("S&ource"), self.source, 3, beside=self.refresh)
        add_field(row, self.tr("&Mode"), self.mode, 0)
        add_field(row, self.tr("&Group minimum"), self.group_minimum, 0)
        return row
