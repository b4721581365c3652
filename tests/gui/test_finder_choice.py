"""The choice of the face finder: in the settings, and when it cannot be used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import DEMO_SOURCE, ModelOption, SessionRequest
from classroom_monitor.gui.settings_dialog import MODELS_TAB, SettingsDialog
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices

MEDIAPIPE = ModelOption("mediapipe", "MediaPipe", "", "")
YUNET = ModelOption("yunet", "YuNet", "2026may", "")
NO_YUNET = ModelOption("yunet", "YuNet", "", "the YuNet face model isn't there: add it")


def test_the_keyboard_chooses_a_finder(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.finder_options = [MEDIAPIPE, YUNET]
    window.on_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.models.finder.count() == 2)
    assert dialog.models.finder.currentText() == "MediaPipe (default)"
    dialog.tabs.setCurrentIndex(MODELS_TAB)
    QTest.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is dialog.models.finder
    QTest.keyClick(dialog.models.finder, Qt.Key.Key_Down)
    assert dialog.models.finder.currentText() == "YuNet 2026may"
    dialog.accept()
    assert services.settings.finder == "yunet"
    assert dialog.models.finder.accessibleName() == "Face finder"


def test_a_finder_without_its_file_is_greyed_and_says_why(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(region="other"))
    qtbot.addWidget(dialog)
    dialog.on_finders([MEDIAPIPE, NO_YUNET])
    items = dialog.models.finder.model()
    assert isinstance(items, QStandardItemModel)
    assert [items.item(row).isEnabled() for row in range(2)] == [True, False]
    assert "isn't there" in str(dialog.models.finder.itemData(1, Qt.ItemDataRole.ToolTipRole))


def test_a_broken_choice_stays_and_says_what_sessions_use(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(region="other", finder="yunet"))
    qtbot.addWidget(dialog)
    dialog.tabs.setCurrentIndex(MODELS_TAB)
    dialog.show()
    assert dialog.chosen().finder == "yunet"  # before anything was looked at
    dialog.on_finders([MEDIAPIPE, NO_YUNET])
    assert dialog.chosen().finder == "yunet"
    assert dialog.models.finder_note.isVisible()
    assert (
        "Sessions use MediaPipe: the YuNet face model isn't there"
        in dialog.models.finder_note.text()
    )
    dialog.models.finder.setCurrentIndex(0)
    assert not dialog.models.finder_note.isVisible()
    assert dialog.chosen().finder == "mediapipe"


def test_the_window_says_that_it_finds_faces_with_mediapipe_instead(
    qtbot: QtBot, services: FakeServices
) -> None:
    services.finder_problem = "face model yunet.onnx is damaged: add it again"
    window = MainWindow(services)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: services.finder_problem in window.finder_notice.message)
    assert "Sessions find faces with MediaPipe" in window.finder_notice.message
    assert window.finder_notice.property("tone") == Tone.WARNING.value
    services.finder_problem = ""
    window.live.start(SessionRequest(DEMO_SOURCE, "", "room", 5))
    qtbot.waitUntil(lambda: window.finder_notice.message == "")
