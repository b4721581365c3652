"""The card before a session: what is chosen, and the buttons that check the room and start."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from classroom_monitor.gui.session_choices import SessionChoices
from classroom_monitor.gui.session_fields import add_field
from classroom_monitor.gui.theme import SPACING_PX

_LEAST_CHARACTERS = 8
_SHRINKS = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_BUTTON_PX = 120


class SessionSetup(SessionChoices):
    """Two rows of fields, three on a narrow window; shown while no session runs."""

    start_requested = Signal(object)  # SessionRequest
    check_requested = Signal(object)  # SessionRequest
    check_end_requested = Signal()
    refresh_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.refresh = QToolButton()
        self.refresh.setToolTip(self.tr("List the cameras again"))
        self.refresh.setAccessibleName(self.tr("List the cameras again"))
        self.check = QPushButton()
        self.start = QPushButton(self.tr("Sta&rt"))
        self.start.setToolTip(self.tr("Start the session (F5)"))
        self.start.setDefault(True)
        self._checking = False
        self._lay_out()
        self._connect()
        self.show_checking(False)

    def show_refreshing(self, refreshing: bool) -> None:
        """Show that the cameras are being listed."""
        self.refresh.setEnabled(not refreshing)
        self.refresh.setText("…" if refreshing else "↻")

    def show_checking(self, checking: bool) -> None:
        """Offer to end the room check that runs, or to begin one."""
        self._checking = checking
        self.check.setText(self.tr("&End the check") if checking else self.tr("Chec&k the room"))
        self.check.setToolTip(
            self.tr("Close the camera (F6)")
            if checking
            else self.tr(
                "Show the picture, and how large, light and sharp faces are in it (F6)."
                " Nothing is stored."
            )
        )

    def set_narrow(self, narrow: bool) -> None:
        """Put the fields above each other where they don't fit side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._looks.setDirection(down if narrow else across)

    def on_start(self) -> None:
        """Ask for a session with what is chosen."""
        self.start_requested.emit(self.request())

    def on_check(self) -> None:
        """Ask for a room check with what is chosen, or for the end of the one that runs."""
        if self._checking:
            self.check_end_requested.emit()
        else:
            self.check_requested.emit(self.request())

    def _connect(self) -> None:
        self.start.clicked.connect(self.on_start)
        self.check.clicked.connect(self.on_check)
        self.title.returnPressed.connect(self.on_start)
        self.course.returnPressed.connect(self.on_start)
        self.refresh.clicked.connect(self.refresh_requested)

    def _lay_out(self) -> None:
        for button in (self.check, self.start):
            button.setMinimumWidth(_BUTTON_PX)
        for choice in (self.resolution, self.finder, self.model):
            choice.setSizeAdjustPolicy(_SHRINKS)
            choice.setMinimumContentsLength(_LEAST_CHARACTERS)
        self._looks = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._looks.setSpacing(SPACING_PX)
        for half in (self._source_part(), self._look_part()):
            self._looks.addLayout(half, 1)
        column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(SPACING_PX - 4)
        column.addLayout(self._looks)
        column.addLayout(self._words_part())

    def _source_part(self) -> QHBoxLayout:
        row = _row()
        add_field(row, self.tr("S&ource"), self.source, 3, beside=self.refresh)
        add_field(row, self.tr("Resol&ution"), self.resolution, 1)
        add_field(row, self.tr("&Mode"), self.mode, 0)
        return row

    def _look_part(self) -> QHBoxLayout:
        row = _row()
        add_field(row, self.tr("&Face finder"), self.finder, 1)
        add_field(row, self.tr("Mo&del"), self.model, 1)
        add_field(row, self.tr("&Group minimum"), self.group_minimum, 0)
        return row

    def _words_part(self) -> QHBoxLayout:
        row = _row()
        add_field(row, self.tr("&Course"), self.course, 1)
        add_field(row, self.tr("&Title"), self.title, 2)
        add_field(row, "", self.check, 0)
        add_field(row, "", self.start, 0)
        return row


def _row() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACING_PX)
    return row
