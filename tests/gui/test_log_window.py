"""The log beside the window: followed, copied, and saved without names."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.log_window import LogWindow
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.palette import Tone
from tests.fakes.services import FakeServices


def open_log(window: MainWindow) -> LogWindow:
    """Open the log through the window."""
    window.on_log()
    log = window.findChild(LogWindow)
    assert log is not None
    return log


def test_it_follows_while_it_is_open(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.logged = ["first line"]
    log = open_log(window)
    assert log.log.toPlainText() == "first line"
    services.logged.append("second line")
    qtbot.waitUntil(lambda: "second line" in log.log.toPlainText())
    log.close()


def test_a_reader_is_not_moved_by_what_comes(window: MainWindow, services: FakeServices) -> None:
    services.logged = [f"line {number}" for number in range(300)]
    log = open_log(window)
    bar = log.log.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(10)
    services.logged.append("another")
    log.on_follow()
    assert bar.value() == 10
    log.close()


def test_statements_stand_beside_the_log(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.stated = ['{"event": "region", "to": "eu"}']
    log = open_log(window)
    qtbot.waitUntil(lambda: "region" in log.statements.toPlainText())
    log.tabs.setCurrentWidget(log.statements)
    log.copy.click()
    assert QGuiApplication.clipboard().text() == services.stated[0]
    log.close()


def test_what_was_done_with_sessions_is_shown(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.noted = ['{"event": "deletion", "sessions": 2}']
    log = open_log(window)
    qtbot.waitUntil(lambda: "deletion" in log.audit.toPlainText())
    log.close()


def test_diagnostics_are_saved_and_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    log = open_log(window)
    log.save_to(tmp_path / "diagnostics.txt")
    qtbot.waitUntil(lambda: "diagnostics.txt" in log.news.message)
    assert (tmp_path / "diagnostics.txt").is_file()
    log.close()


def test_what_cannot_be_read_is_said(window: MainWindow) -> None:
    log = open_log(window)
    log.on_problem(EnvironmentProblem("cannot read the statements"))
    assert log.news.message == "cannot read the statements"
    assert log.news.property("tone") == Tone.ERROR.value
    log.close()


def test_an_error_in_the_program_leads_to_the_log(window: MainWindow) -> None:
    window.on_problem(ZeroDivisionError("by zero"))
    window.problem_notice.on_action()
    log = window.findChild(LogWindow)
    assert log is not None
    assert log.isVisible()
    log.close()
