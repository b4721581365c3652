"""The choice of the engine in the settings."""

from __future__ import annotations

from typing import get_args

from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import EngineName
from classroom_monitor.gui.engine_field import engine_field
from classroom_monitor.gui.settings_dialog import SettingsDialog
from classroom_monitor.settings import Settings


def test_every_engine_can_be_chosen(qtbot: QtBot) -> None:
    for engine in get_args(EngineName):
        field = engine_field(engine)
        qtbot.addWidget(field)
        assert field.currentData() == engine
    assert field.count() == len(get_args(EngineName))


def test_the_dialog_shows_the_engine_and_keeps_the_choice(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(engine="litert-float32"))
    qtbot.addWidget(dialog)
    assert dialog.models.engine.currentData() == "litert-float32"
    assert dialog.chosen().engine == "litert-float32"
    dialog.models.engine.setCurrentIndex(dialog.models.engine.findData("keras-gpu"))
    assert dialog.chosen().engine == "keras-gpu"
