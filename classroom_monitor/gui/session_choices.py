"""The fields of what is chosen before a session: filled from settings, kept in them, asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from classroom_monitor.contracts import FinderName
from classroom_monitor.gui.model_field import FinderField, ModelField
from classroom_monitor.gui.services import ModelOption, SessionRequest
from classroom_monitor.gui.session_fields import (
    group_minimum_field,
    mode_field,
    resolution_field,
)
from classroom_monitor.gui.source_picker import SourcePicker, without_password
from classroom_monitor.gui.theme import Card
from classroom_monitor.settings import Settings

_LONGEST_TEXT = 200


class SessionChoices(Card):
    """Holds the fields; who derives from it lays them out."""

    looks_changed = Signal()  # of what a room check looks at, or with

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = SourcePicker()
        self.resolution = resolution_field()
        self.mode = mode_field()
        self.finder = FinderField("mediapipe")
        self.model = ModelField("")
        self.group_minimum = group_minimum_field()
        self.course = _text_field(self.tr("Course"), self.tr("optional, for example Statistics"))
        self.title = _text_field(
            self.tr("Title"), self.tr("optional, for example Week 3: regression")
        )
        self._filling = False
        self._filled: Settings | None = None
        self._puts: dict[str, Callable[[Any], None]] = {
            "source": self.source.choose,
            "resolution": partial(_choose, self.resolution),
            "mode": partial(_choose, self.mode),
            "finder": self.finder.choose,
            "model": self.model.choose,
            "group_minimum": self.group_minimum.setValue,
            "title": self.title.setText,
            "course": self.course.setText,
        }
        self.source.source_changed.connect(self.on_source_changed)
        for field in (self.resolution, self.mode, self.finder, self.model):
            field.currentIndexChanged.connect(self.on_look_chosen)
        self.on_source_changed()

    def fill(self, settings: Settings) -> None:
        """Show what the settings say, as far as it differs from what they said before.

        What the user has typed or chosen meanwhile stays, unless its own setting was changed.
        """
        before, self._filled = self._filled, settings
        self._filling = True
        for name, put in self._puts.items():
            if before is None or getattr(before, name) != getattr(settings, name):
                put(getattr(settings, name))
        self.model.setEnabled(not settings.counts_only)
        self._filling = False

    def fill_request(self, request: SessionRequest) -> None:
        """Show a request that came from elsewhere, such as the command line."""
        self._filling = True
        for name in ("source", "resolution", "mode", "group_minimum"):
            self._puts[name](getattr(request, name))
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
        finder: FinderName = "yunet" if self.finder.setting == "yunet" else "mediapipe"
        request = self.request()
        return replace(
            settings,
            source=without_password(request.source),
            resolution=request.resolution,
            mode=request.mode,
            finder=finder,
            model=self.model.setting,
            group_minimum=request.group_minimum,
            title=request.title,
            course=request.course,
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

    def on_source_changed(self) -> None:
        """Offer a resolution where one can be asked for."""
        self.resolution.setEnabled(self.source.is_camera)
        self.on_look_chosen()

    def on_look_chosen(self) -> None:
        """Tell that the user chose something that a room check looks at, or with."""
        if not self._filling:
            self.looks_changed.emit()


def _text_field(name: str, hint: str) -> QLineEdit:
    field = QLineEdit(placeholderText=hint)
    field.setMaxLength(_LONGEST_TEXT)
    field.setAccessibleName(name)
    return field


def _choose(field: QComboBox, value: str) -> None:
    field.setCurrentIndex(field.findData(value))
