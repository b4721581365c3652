"""Scenes in the real window, each a test of its own process: what they do is traced from outside.

Not collected by itself: modes.py runs it under the witnesses. The folders of the user are those of
the environment; the camera is a stream, and files are written where the folder of targets is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.application import make_application
from classroom_monitor.gui.log_window import LogWindow
from classroom_monitor.gui.main_window import SESSIONS, MainWindow
from classroom_monitor.gui.settings_dialog import SettingsDialog
from classroom_monitor.program import Program
from classroom_monitor.program_log import ProgramLog, log_dir
from classroom_monitor.settings import Settings, settings_path
from tests.gui.driving import LEFT
from tests.gui.test_whole_lecture import export, wait_for_mix

STREAM_VARIABLE = "CLASSROOM_MONITOR_TEST_STREAM"
TARGETS_VARIABLE = "CLASSROOM_MONITOR_TEST_TARGETS"
SLOW_MS = 120_000
STREAM = os.environ.get(STREAM_VARIABLE, "")
TARGETS = Path(os.environ.get(TARGETS_VARIABLE, "."))

pytestmark = pytest.mark.skipif(not STREAM, reason="run by modes.py only")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application, with dialogs that a test can answer."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    return make_application(["classroom-monitor"])


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The real program's window, where it was said that it is used outside the EU."""
    with ProgramLog(log_dir()) as log:
        program = Program(Settings(region="other", informed=True), settings_path(), log)
        shown = MainWindow(program)
        with qtbot.waitExposed(shown):
            shown.show()
        shown.activateWindow()
        qtbot.waitUntil(shown.isActiveWindow)
        yield shown
        shown.close()
        qtbot.waitUntil(lambda: not shown.isVisible(), timeout=SLOW_MS)
        shown.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_check(qtbot: QtBot, window: MainWindow) -> None:
    before = window.live.before
    before.setup.source.choose(STREAM)
    QTest.mouseClick(before.setup.check, LEFT)
    qtbot.waitUntil(lambda: before.control.running, timeout=SLOW_MS)
    faces = before.panel.picture
    qtbot.waitUntil(lambda: faces.frame is not None, timeout=SLOW_MS)
    QTest.mouseClick(before.setup.check, LEFT)
    qtbot.waitUntil(lambda: not before.control.running, timeout=SLOW_MS)


def test_live(qtbot: QtBot, window: MainWindow) -> None:
    live = window.live
    live.setup.source.choose(STREAM)
    QTest.mouseClick(live.setup.start, LEFT)
    wait_for_mix(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_M)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert live.mini.view is not None
    view = live.mini.view
    with qtbot.waitSignal(view.destroyed):
        QTest.mouseClick(view.back, LEFT)
    with qtbot.waitSignal(live.control.saved, timeout=SLOW_MS):
        live.on_start_stop()


def test_review(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page(SESSIONS)
    page = window.sessions
    qtbot.waitUntil(lambda: len(page.table.sessions.sessions) > 0, timeout=SLOW_MS)
    window.on_open_session(page.table.sessions.sessions[0].session_id)
    qtbot.waitUntil(lambda: page.session is not None, timeout=SLOW_MS)
    for kind in ("csv", "xlsx", "html", "pdf"):
        export(qtbot, window, TARGETS / f"session.{kind}")
    page.view.head.copy_requested.emit()
    qtbot.waitUntil(lambda: "clipboard" in page.news.message, timeout=SLOW_MS)
    page.view.head.save_requested.emit()
    choose_file(qtbot, window, TARGETS / "plot.svg")
    qtbot.waitUntil(lambda: "plot.svg" in page.news.message, timeout=SLOW_MS)
    QGuiApplication.clipboard().clear()


def test_settings(qtbot: QtBot, window: MainWindow) -> None:
    window.on_settings()
    (dialog,) = window.findChildren(SettingsDialog)
    dialog.give.click()
    choose_file(qtbot, window, TARGETS / "settings.json")
    qtbot.waitUntil(lambda: "settings.json" in dialog.news.message, timeout=SLOW_MS)
    dialog.accept()
    qtbot.waitUntil(lambda: not window.findChildren(SettingsDialog))


def test_diagnostics(qtbot: QtBot, window: MainWindow) -> None:
    window.on_log()
    (log,) = window.findChildren(LogWindow)
    log.copy.click()
    log.save.click()
    choose_file(qtbot, window, TARGETS / "diagnostics.txt")
    qtbot.waitUntil(lambda: "diagnostics.txt" in log.news.message, timeout=SLOW_MS)
    QGuiApplication.clipboard().clear()
    log.accept()
    qtbot.waitUntil(lambda: not window.findChildren(LogWindow))


def choose_file(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Answer the question for a file."""
    (dialog,) = window.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))
