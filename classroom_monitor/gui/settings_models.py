"""The settings of what finds faces, what tells moods apart, and what is asked of a camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from classroom_monitor.gui.engine_field import engine_field
from classroom_monitor.gui.model_field import FinderField, ModelField
from classroom_monitor.gui.services import ModelOption
from classroom_monitor.gui.session_fields import resolution_field
from classroom_monitor.gui.settings_rows import SettingsForm, bounds_text, decimal_number
from classroom_monitor.gui.theme import Caption
from classroom_monitor.settings import Settings


class ModelsPart(QWidget):
    """Model, engine, finder, resolution and rate; notes say why a choice cannot be used."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ModelField(settings.model)
        self.finder = FinderField(settings.finder)
        self.engine = engine_field(settings.engine)
        self.resolution = resolution_field()
        self.rate = decimal_number("rate_hz", self.tr(" a second"))
        self.model_note, self.finder_note = Caption(), Caption()
        self._lay_out()
        self.model.currentIndexChanged.connect(self.on_model)
        self.finder.currentIndexChanged.connect(self.on_finder)

    def fill(self, settings: Settings) -> None:
        """Show these settings."""
        self.model.choose(settings.model)
        self.finder.choose(settings.finder)
        self.engine.setCurrentIndex(self.engine.findData(settings.engine))
        self.resolution.setCurrentIndex(self.resolution.findData(settings.resolution))
        self.rate.setValue(settings.rate_hz)
        self.on_model()
        self.on_finder()

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what this part shows."""
        rate = self.rate.value()
        return replace(
            settings,
            model=self.model.setting,
            finder="yunet" if self.finder.setting == "yunet" else "mediapipe",
            engine=self.engine.currentData(),
            resolution=self.resolution.currentData(),
            rate_hz=settings.rate_hz if rate == round(settings.rate_hz, 1) else rate,
        )

    def on_models(self, options: Sequence[ModelOption]) -> None:
        """Offer the models there are, once they have been looked at."""
        self.model.show_options(options)
        self.on_model()

    def on_model(self) -> None:
        """Say what happens where the chosen model cannot be used."""
        problem = self.model.problem
        self.model_note.setText(self.tr("Sessions use the default model: {0}").format(problem))
        self._form.setRowVisible(self.model_note, bool(problem))

    def on_finders(self, options: Sequence[ModelOption]) -> None:
        """Offer the face finders there are, once they have been looked at."""
        self.finder.show_options(options)
        self.on_finder()

    def on_finder(self) -> None:
        """Say what happens where the chosen finder cannot be used."""
        problem = self.finder.problem
        self.finder_note.setText(self.tr("Sessions use MediaPipe: {0}").format(problem))
        self._form.setRowVisible(self.finder_note, bool(problem))

    def _lay_out(self) -> None:
        self._form = form = SettingsForm(self)
        form.add(
            self.tr("Mo&del"),
            self.model,
            self.tr("What tells moods apart, from the next session on. In counts-only mode: none."),
        )
        form.add_note(self.model_note)
        form.add(
            self.tr("E&ngine"),
            self.engine,
            self.tr("What computes it. Automatic takes the quickest that works here."),
        )
        form.add(
            self.tr("&Face finder"),
            self.finder,
            self.tr("MediaPipe comes with the program; YuNet is a model file that you add."),
        )
        form.add_note(self.finder_note)
        form.add(
            self.tr("&Usual resolution"),
            self.resolution,
            self.tr("What a camera is asked for. Default: automatic, which is 1080p."),
        )
        form.add(
            self.tr("&Looks at recordings"),
            self.rate,
            self.tr("How many pictures of a second of a recording are looked at. ")
            + bounds_text("rate_hz"),
        )
