"""What the lecturer chooses before a session, and the buttons that check the room and start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from classroom_monitor.contracts import FinderName
from classroom_monitor.gui.model_field import FinderField, ModelField
from classroom_monitor.gui.services import ModelOption, SessionRequest
from classroom_monitor.gui.session_fields import (
    add_field,
    group_minimum_field,
    mode_field,
    resolution_field,
)
from classroom_monitor.gui.source_picker import SourcePicker, without_password
from classroom_monitor.gui.theme import SPACING_PX, Card
from classroom_monitor.settings import Settings

_LONGEST_TEXT = 200
_LEAST_CHARACTERS = 8
_SHRINKS = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class SessionSetup(Card):
    """Two rows of fields, three on a narrow window; shown while no session runs."""

    start_requested = Signal(object)  # SessionRequest
    check_requested = Signal(object)  # SessionRequest
    check_end_requested = Signal()
    looks_changed = Signal()  # of what a room check looks at, or with
    refresh_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.source = SourcePicker()
        self.refresh = QToolButton()
        self.resolution = resolution_field()
        self.mode = mode_field()
        self.finder = FinderField("mediapipe")
        self.model = ModelField("")
        self.group_minimum = group_minimum_field()
        self.title = self._text_field(self.tr("optional, for example Week 3: regression"))
        self.course = self._text_field(self.tr("optional, for example Statistics"))
        self.check = QPushButton()
        self.start = QPushButton(self.tr("Sta&rt"))
        self.start.setToolTip(self.tr("Start the session (F5)"))
        self.start.setDefault(True)
        self._checking = False
        self._filling = False
        self._lay_out()
        self._connect()
        self.show_checking(False)
        self.on_source_changed()

    @property
    def finder_name(self) -> FinderName:
        """The face finder that is chosen."""
        return "yunet" if self.finder.setting == "yunet" else "mediapipe"

    def fill(self, settings: Settings) -> None:
        """Begin with what the settings say."""
        self._filling = True
        self.source.choose(settings.source)
        self.resolution.setCurrentIndex(self.resolution.findData(settings.resolution))
        self.mode.setCurrentIndex(self.mode.findData(settings.mode))
        self.finder.choose(settings.finder)
        self.model.choose(settings.model)
        self.model.setEnabled(not settings.counts_only)
        self.group_minimum.setValue(settings.group_minimum)
        self.title.setText(settings.title)
        self.course.setText(settings.course)
        self._filling = False

    def fill_request(self, request: SessionRequest) -> None:
        """Show a request that came from elsewhere, such as the command line."""
        self._filling = True
        self.source.choose(request.source)
        self.resolution.setCurrentIndex(self.resolution.findData(request.resolution))
        self.mode.setCurrentIndex(self.mode.findData(request.mode))
        self.group_minimum.setValue(request.group_minimum)
        self.title.setText(request.title or self.title.text())
        self.course.setText(request.course or self.course.text())
        self._filling = False

    def request(self) -> SessionRequest:
        """Return what is chosen now."""
        return SessionRequest(
            source=self.source.source,
            title=self.title.text().strip(),
            mode=self.mode.currentData(),
            group_minimum=self.group_minimum.value(),
            course=self.course.text().strip(),
            resolution=self.resolution.currentData(),
        )

    def chosen(self, settings: Settings) -> Settings:
        """Return the settings with what to offer next time; passwords are not written down."""
        return replace(
            settings,
            source=without_password(self.source.source),
            resolution=self.resolution.currentData(),
            mode=self.mode.currentData(),
            finder=self.finder_name,
            model=self.model.setting,
            group_minimum=self.group_minimum.value(),
            title=self.title.text().strip(),
            course=self.course.text().strip(),
        )

    def show_models(self, options: Sequence[ModelOption]) -> None:
        """Offer the models there are; the choice stays."""
        self._filling = True
        self.model.show_options(options)
        self._filling = False

    def show_finders(self, options: Sequence[ModelOption]) -> None:
        """Offer the face finders there are; the choice stays."""
        self._filling = True
        self.finder.show_options(options)
        self._filling = False

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

    def on_source_changed(self) -> None:
        """Offer a resolution where one can be asked for."""
        self.resolution.setEnabled(self.source.is_camera)
        self.on_look_chosen()

    def on_look_chosen(self) -> None:
        """Tell that the user chose something that a room check looks at, or with."""
        if not self._filling:
            self.looks_changed.emit()

    def _text_field(self, hint: str) -> QLineEdit:
        field = QLineEdit(placeholderText=hint)
        field.setMaxLength(_LONGEST_TEXT)
        return field

    def _connect(self) -> None:
        self.start.clicked.connect(self.on_start)
        self.check.clicked.connect(self.on_check)
        self.title.returnPressed.connect(self.on_start)
        self.course.returnPressed.connect(self.on_start)
        self.refresh.clicked.connect(self.refresh_requested)
        self.source.source_changed.connect(self.on_source_changed)
        for field in (self.resolution, self.mode, self.finder, self.model):
            field.currentIndexChanged.connect(self.on_look_chosen)

    def _lay_out(self) -> None:
        for button in (self.check, self.start):
            button.setMinimumWidth(120)
        for choice in (self.resolution, self.finder, self.model):
            choice.setSizeAdjustPolicy(_SHRINKS)
            choice.setMinimumContentsLength(_LEAST_CHARACTERS)
        column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(SPACING_PX - 4)
        self._looks = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._looks.setSpacing(SPACING_PX)
        for half in (self._source_part(), self._look_part()):
            self._looks.addLayout(half, 1)
        column.addLayout(self._looks)
        column.addLayout(self._words_part())

    def _source_part(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACING_PX)
        self.refresh.setToolTip(self.tr("List the cameras again"))
        self.refresh.setAccessibleName(self.tr("List the cameras again"))
        add_field(row, self.tr("S&ource"), self.source, 3, beside=self.refresh)
        add_field(row, self.tr("Resol&ution"), self.resolution, 1)
        add_field(row, self.tr("&Mode"), self.mode, 0)
        return row

    def _look_part(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACING_PX)
        add_field(row, self.tr("&Face finder"), self.finder, 1)
        add_field(row, self.tr("Mo&del"), self.model, 1)
        add_field(row, self.tr("&Group minimum"), self.group_minimum, 0)
        return row

    def _words_part(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACING_PX)
        add_field(row, self.tr("&Course"), self.course, 1)
        add_field(row, self.tr("&Title"), self.title, 2)
        add_field(row, "", self.check, 0)
        add_field(row, "", self.start, 0)
        return row
