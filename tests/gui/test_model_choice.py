"""The choice of the model: in the settings, in the status line, and when it cannot be used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import BundleProblem
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import DEMO_SOURCE, ModelOption, SessionRequest
from classroom_monitor.gui.settings_dialog import MODELS_TAB, SettingsDialog
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices

OPTIONS = (
    ModelOption("", "best", "2.0", ""),
    ModelOption("broken", "broken", "", "int8.tflite is damaged: get the bundle again"),
    ModelOption("/models/mine", "mine", "1.1", ""),
)
REQUEST = SessionRequest(DEMO_SOURCE, "", "room", 5)


def open_dialog(qtbot: QtBot, window: MainWindow, options: int) -> SettingsDialog:
    """Open the settings and wait until they offer so many models."""
    window.on_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.models.model.count() == options)
    return dialog


def is_enabled(field: QComboBox, row: int) -> bool:
    items = field.model()
    assert isinstance(items, QStandardItemModel)
    return items.item(row).isEnabled()


def test_models_stand_there_by_name_and_version_and_the_keyboard_chooses(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.model_options = list(OPTIONS)
    dialog = open_dialog(qtbot, window, 3)
    texts = [dialog.models.model.itemText(row) for row in range(3)]
    assert texts == ["best 2.0 (default)", "broken (cannot be used)", "mine 1.1"]
    assert dialog.models.model.setting == ""
    dialog.tabs.setCurrentIndex(MODELS_TAB)
    QTest.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is dialog.models.model
    QTest.keyClick(dialog.models.model, Qt.Key.Key_Down)  # passes over the one that cannot be used
    assert dialog.models.model.setting == "/models/mine"
    dialog.accept()
    assert services.settings.model == "/models/mine"
    assert dialog.models.model.accessibleName() == "Model"


def test_a_model_that_cannot_be_used_is_greyed_and_says_why(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(region="other"))
    qtbot.addWidget(dialog)
    dialog.on_models(OPTIONS)
    assert [is_enabled(dialog.models.model, row) for row in range(3)] == [True, False, True]
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        assert "int8.tflite is damaged" in dialog.models.model.itemData(1, role)


def test_a_broken_choice_stays_until_the_user_changes_it(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(region="other", model="broken"))
    qtbot.addWidget(dialog)
    dialog.tabs.setCurrentIndex(MODELS_TAB)
    dialog.show()
    assert dialog.models.model.currentText() == "broken"  # before anything was looked at
    dialog.on_models(OPTIONS)
    assert dialog.chosen().model == "broken"
    assert dialog.models.model_note.isVisible()
    assert (
        "Sessions use the default model: int8.tflite is damaged" in dialog.models.model_note.text()
    )
    dialog.models.model.setCurrentIndex(0)
    assert not dialog.models.model_note.isVisible()
    assert dialog.chosen().model == ""


def test_an_open_list_shows_the_models_that_arrive(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(region="other"))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.models.model.showPopup()
    before_px = dialog.models.model.view().window().height()
    dialog.on_models(OPTIONS)
    assert dialog.models.model.view().isVisible()
    assert dialog.models.model.view().window().height() > 2 * before_px
    dialog.models.model.hidePopup()


def test_a_dialog_closed_early_hears_nothing(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.models_may_answer.clear()
    window.on_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(SettingsDialog) is None)
    services.models_may_answer.set()
    # The fixture waits for the thread; a call into the deleted dialog would be raised here.


def test_models_that_cannot_be_listed_are_a_problem_to_show(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.models_problem = BundleProblem("cannot list the models: check the folder")
    window.on_settings()
    qtbot.waitUntil(lambda: window.problem_notice.message == str(services.models_problem))
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    assert dialog.models.model.count() == 1
    dialog.reject()


def test_the_window_says_that_it_uses_the_default_in_place_of_a_broken_model(
    qtbot: QtBot, services: FakeServices
) -> None:
    services.model_problem = "model file int8.tflite is damaged: get the bundle again"
    window = MainWindow(services)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: services.model_problem in window.model_notice.message)
    assert "Sessions use the default model" in window.model_notice.message
    assert window.model_notice.property("tone") == Tone.WARNING.value
    services.model_problem = ""
    dialog = open_dialog(qtbot, window, 1)
    dialog.accept()
    qtbot.waitUntil(lambda: window.model_notice.message == "")


def test_a_model_that_breaks_later_is_noticed_at_the_next_start(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    qtbot.waitUntil(lambda: services.model_checks == 1)
    assert window.model_notice.message == ""
    services.model_problem = "no model bundle there: choose another"
    window.live.start(REQUEST)
    qtbot.waitUntil(lambda: services.model_problem in window.model_notice.message)


def test_the_status_line_names_the_model(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    window.live.start(REQUEST)
    qtbot.waitUntil(lambda: "model shipped  ·  engine litert-int8" in window.live.status.text())
