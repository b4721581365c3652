"""Errors that nothing catches, in a thread or in a slot: logged, shown, and the session goes on."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.application import WindowOptions, make_application, run_window
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from tests.fakes.services import FakeServices

REQUEST = SessionRequest(DEMO_SOURCE, "", "room", 5)


def fail() -> None:
    raise ZeroDivisionError("by nothing")


def in_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def in_slot() -> None:
    QTimer.singleShot(0, fail)


@pytest.mark.parametrize("go_wrong", [in_thread, in_slot])
def test_an_error_is_logged_and_shown_and_the_session_goes_on(
    go_wrong: object, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(go_wrong)
    make_application([])
    before = (sys.excepthook, threading.excepthook)
    seen: list[tuple[str, Phase]] = []

    def look() -> None:
        go_wrong()
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))

        def shown() -> None:
            if not window.problem_notice.message:
                return
            timer.stop()
            seen.append((window.problem_notice.message, window.live.control.phase))
            window.close()

        timer = QTimer(window, interval=10)
        timer.timeout.connect(shown)
        timer.start()

    run_window(FakeServices(), WindowOptions(start=REQUEST, on_first_show=look))
    ((message, phase),) = seen
    assert "ZeroDivisionError" in message or "by nothing" in message
    assert phase is Phase.RUNNING
    assert "Traceback" in caplog.text
    assert "by nothing" in caplog.text
    assert (sys.excepthook, threading.excepthook) == before
