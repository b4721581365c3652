"""All settings, with what they do, their bounds and their defaults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import ModelOption
from classroom_monitor.gui.settings_files import FilesPart
from classroom_monitor.gui.settings_keeping import KeepingPart
from classroom_monitor.gui.settings_live import LivePart
from classroom_monitor.gui.settings_models import ModelsPart
from classroom_monitor.gui.settings_rows import SettingsPart, scrolled
from classroom_monitor.gui.settings_use import UsePart
from classroom_monitor.gui.theme import SPACING_PX, Caption
from classroom_monitor.settings import Settings

USE_TAB, LIVE_TAB, MODELS_TAB, FILES_TAB, KEEPING_TAB = range(5)

_COMFORTABLE_SIZE = QSize(680, 660)
_SCREEN_PART = 0.9


class SettingsDialog(QDialog):
    """Edits a copy of the settings; `chosen` is what they are to be."""

    export_requested = Signal()
    import_requested = Signal()

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        keep: Callable[[Settings], None] = lambda _settings: None,
    ) -> None:
        """Keep is called with what is to be kept, and may raise EnvironmentProblem."""
        super().__init__(parent)
        self._keep = keep
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self.use, self.live = UsePart(), LivePart()
        self.models, self.files = ModelsPart(settings), FilesPart()
        self.keeping = KeepingPart()
        self._parts: tuple[SettingsPart, ...] = (
            *(self.use, self.live),
            *(self.models, self.files, self.keeping),
        )
        self.news = Banner()
        self.missing = Caption("")
        self.tabs = QTabWidget()
        self._lay_out()
        self.use.changed.connect(self.on_changed)
        self.keeping.changed.connect(self.on_changed)
        self.show_settings(settings)
        self.resize(_COMFORTABLE_SIZE.boundedTo(self.screen().availableSize() * _SCREEN_PART))

    def chosen(self) -> Settings:
        """Return the settings as they are in the dialog."""
        settings = self._settings
        for part in self._parts:
            settings = part.apply(settings)
        return settings

    def show_settings(self, settings: Settings) -> None:
        """Show settings that come from elsewhere; nothing is kept before Save."""
        self._settings = settings
        for part in self._parts:
            part.fill(settings)
        self.on_changed()

    def accept(self) -> None:
        """Keep the settings; where that fails, say so and lose nothing that was typed."""
        try:
            self._keep(self.chosen())
        except EnvironmentProblem as problem:
            self.on_problem(problem)
            return
        super().accept()

    def on_models(self, options: Sequence[ModelOption]) -> None:
        """Offer the models there are, once they have been looked at."""
        self.models.on_models(options)

    def on_finders(self, options: Sequence[ModelOption]) -> None:
        """Offer the face finders there are, once they have been looked at."""
        self.models.on_finders(options)

    def on_changed(self) -> None:
        """Allow saving once every statement is made that the settings take."""
        missing = self.use.missing() or self.keeping.missing()
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self.save.setEnabled(not missing)

    def on_reset(self) -> None:
        """Show the defaults; where the program is used and what was stated stay."""
        here = self.chosen()
        self.show_settings(
            replace(
                Settings(),
                region=here.region,
                lawful_exception=self._settings.lawful_exception,
                informed=here.informed,
            )
        )
        self.news.say(Tone.INFO, self.tr("These are the defaults. Save keeps them."))

    def on_imported(self, settings: Settings) -> None:
        """Show what a file holds."""
        self.show_settings(settings)
        self.news.say(
            Tone.INFO,
            self.tr(
                "Read from the file. Save keeps it. Where the program is used and what was stated"
                " is not taken from a file."
            ),
        )

    def on_problem(self, problem: Exception) -> None:
        """Say what went wrong with a file."""
        self.news.say(Tone.ERROR, str(problem))

    def _lay_out(self) -> None:
        for part, name in (
            (self.use, self.tr("Use")),
            (self.live, self.tr("Live")),
            (self.models, self.tr("Models and cameras")),
            (self.files, self.tr("Files")),
            (self.keeping, self.tr("Keeping")),
        ):
            self.tabs.addTab(scrolled(part), name)
        self.tabs.setAccessibleName(self.tr("Groups of settings"))
        self.missing.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(SPACING_PX)
        column.addWidget(self.news)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.missing)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        standard = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(standard.Save | standard.Cancel)
        self.save = box.button(standard.Save)
        self.save.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.take = QPushButton(self.tr("Im&port…"))
        self.take.clicked.connect(self.import_requested)
        self.give = QPushButton(self.tr("E&xport…"))
        self.give.clicked.connect(self.export_requested)
        self.reset = QPushButton(self.tr("Rese&t"))
        self.reset.clicked.connect(self.on_reset)
        row = QHBoxLayout()
        for button in (self.take, self.give, self.reset):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(box)
        return row
