"""The few settings that a first start asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.engine_field import engine_field
from classroom_monitor.gui.model_field import FinderField, ModelField
from classroom_monitor.gui.services import ModelOption
from classroom_monitor.gui.session_fields import group_minimum_field, mode_field
from classroom_monitor.gui.theme import SPACING_PX, Caption
from classroom_monitor.settings import Settings, default_store_dir


class SettingsDialog(QDialog):
    """Edits a copy of the settings; `chosen` is what they are to be."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self.region = self._make_region()
        self.exception = QPlainTextEdit(settings.lawful_exception)
        self.exception.setTabChangesFocus(True)
        self.exception.setMaximumHeight(90)
        self.exception.setPlaceholderText(
            self.tr("Which exception applies here, and who decided so. Empty: counts only.")
        )
        self.model = ModelField(settings.model)
        self.model.currentIndexChanged.connect(self.on_model)
        self.finder = FinderField(settings.finder)
        self.finder.currentIndexChanged.connect(self.on_finder)
        self.engine = engine_field(settings.engine)
        self.moods_on_faces = QCheckBox(self.tr("Show a &mood on every single face"))
        self.moods_on_faces.setChecked(settings.moods_on_faces)
        self.mode = mode_field()
        self.mode.setCurrentIndex(self.mode.findData(settings.mode))
        self.group_minimum = group_minimum_field()
        self.group_minimum.setValue(settings.group_minimum)
        self._lay_out()
        self.on_region()
        self.on_model()
        self.on_finder()

    def chosen(self) -> Settings:
        """Return the settings as they are in the dialog."""
        return replace(
            self._settings,
            region=self.region.currentData(),
            lawful_exception=self.exception.toPlainText().strip(),
            model=self.model.setting,
            finder="yunet" if self.finder.setting == "yunet" else "mediapipe",
            engine=self.engine.currentData(),
            moods_on_faces=self.moods_on_faces.isChecked(),
            mode=self.mode.currentData(),
            group_minimum=self.group_minimum.value(),
        )

    def on_region(self) -> None:
        """Ask for a lawful exception only where one is needed."""
        needed = self.region.currentData() == "eu"
        self._form.setRowVisible(self.exception, needed)
        self._form.setRowVisible(self._region_note, needed)
        self.adjustSize()

    def on_models(self, options: Sequence[ModelOption]) -> None:
        """Offer the models there are, once they have been looked at."""
        self.model.show_options(options)
        self.on_model()

    def on_model(self) -> None:
        """Say what happens where the chosen model cannot be used."""
        problem = self.model.problem
        self.model_note.setText(self.tr("Sessions use the default model: {0}").format(problem))
        self._form.setRowVisible(self.model_note, bool(problem))
        self.adjustSize()

    def on_finders(self, options: Sequence[ModelOption]) -> None:
        """Offer the face finders there are, once they have been looked at."""
        self.finder.show_options(options)
        self.on_finder()

    def on_finder(self) -> None:
        """Say what happens where the chosen finder cannot be used."""
        problem = self.finder.problem
        self.finder_note.setText(self.tr("Sessions use MediaPipe: {0}").format(problem))
        self._form.setRowVisible(self.finder_note, bool(problem))
        self.adjustSize()

    def _make_region(self) -> QComboBox:
        region = QComboBox()
        region.addItem(self.tr("Not chosen yet"), "unset")
        region.addItem(self.tr("European Union"), "eu")
        region.addItem(self.tr("Elsewhere"), "other")
        region.setCurrentIndex(region.findData(self._settings.region))
        region.currentIndexChanged.connect(self.on_region)
        return region

    def _lay_out(self) -> None:
        self._region_note = Caption(
            self.tr("In the EU the program counts faces only, unless an exception is on record.")
        )
        self._region_note.setWordWrap(True)
        self.model_note = Caption("")
        self.model_note.setWordWrap(True)
        self.finder_note = Caption("")
        self.finder_note.setWordWrap(True)
        store = QLabel(self._settings.store_dir or str(default_store_dir()))
        store.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._form = QFormLayout()
        self._form.setSpacing(SPACING_PX)
        self._form.addRow(self.tr("&Region of use"), self.region)
        self._form.addRow("", self._region_note)
        self._form.addRow(self.tr("Lawful &exception"), self.exception)
        self._form.addRow(self.tr("&Usual mode"), self.mode)
        self._form.addRow(self.tr("Usual &group minimum"), self.group_minimum)
        self._form.addRow(self.tr("Mo&del"), self.model)
        self._form.addRow("", self.model_note)
        self._form.addRow(self.tr("E&ngine"), self.engine)
        self._form.addRow(self.tr("&Face finder"), self.finder)
        self._form.addRow("", self.finder_note)
        self._form.addRow("", self.moods_on_faces)
        self._form.addRow(self.tr("Sessions are kept in"), store)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(SPACING_PX)
        column.addLayout(self._form)
        column.addWidget(buttons)
        self.setMinimumWidth(480)
