"""The window around the pages: keys, problems, settings, and closing in the middle of a session."""

import os
import signal
import sys
import threading
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.gui.application import WindowOptions, make_application, run_window
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import LIVE, SESSIONS, MainWindow
from classroom_monitor.gui.page_area import PageArea
from classroom_monitor.gui.palette import Tone, colours_for
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.gui.settings_dialog import SettingsDialog
from classroom_monitor.live.recording_queue import RecordingQueue
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices, stored_session
from tests.gui.reviews import show_stored

REQUEST = SessionRequest(DEMO_SOURCE, "", "room", 5)
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_keys_switch_pages(qtbot: QtBot, window: MainWindow) -> None:
    assert window.page == LIVE
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.page == SESSIONS
    assert window.sessions.isVisible()
    assert not window.live.isVisible()
    QTest.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert window.page == LIVE


def test_the_window_comes_back_as_large_as_it_was_closed(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    wanted = window.size() - QSize(40, 30)
    window.resize(wanted)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = MainWindow(services)
    qtbot.addWidget(again)
    assert again.size() == wanted


@pytest.mark.parametrize("place", ["", "no geometry", "ä§", "AAAA" * 4000])
def test_a_place_that_is_none_of_qts_leaves_the_window_comfortable(
    qtbot: QtBot, window: MainWindow, place: str
) -> None:
    odd = MainWindow(FakeServices(Settings(region="other", informed=True, window=place)))
    qtbot.addWidget(odd)
    assert odd.size() == window.size()


def test_a_window_whose_place_cannot_be_kept_closes_all_the_same(
    qtbot: QtBot,
    window: MainWindow,
    services: FakeServices,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(_: Settings) -> None:
        raise EnvironmentProblem("the disk is full")

    monkeypatch.setattr(services, "save_settings", refuse)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert "place is not remembered: the disk is full" in caplog.text


def test_closing_in_the_middle_of_a_session_saves_it_first(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    window.live.start(REQUEST)
    session = services.started[0]
    session.may_stop.clear()
    window.close()
    qtbot.waitUntil(lambda: session.stopped_in == ["stop session"])
    assert window.isVisible()
    assert window.problem_notice.message == "Saving the session, then closing…"
    window.close()  # an impatient second try changes nothing
    assert window.isVisible()
    session.may_stop.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert session.stopped_in == ["stop session"]
    assert window.live.control.phase is Phase.IDLE


def test_closing_while_a_session_is_being_saved_waits_for_it(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    window.live.start(REQUEST)
    services.started[0].may_stop.clear()
    window.live.control.stop()
    window.close()
    assert window.isVisible()
    services.started[0].may_stop.set()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_session_that_is_not_saved_keeps_the_window_open_once(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    window.live.start(REQUEST)
    session = services.started[0]
    session.now = replace(session.now, fault=StoreProblem("saved in /rescued instead: disk full"))
    with qtbot.waitSignal(window.closing.staying):
        window.close()
    assert window.isVisible()
    assert window.problem_notice.message == "saved in /rescued instead: disk full"
    assert window.pages.isEnabled()
    assert window.menuBar().isEnabled()
    QTest.qWait(0)  # what would have closed it has had its turn
    assert window.isVisible()
    window.close()
    assert not window.isVisible()


def test_a_session_that_never_ends_cannot_keep_the_window_open(
    window: MainWindow, services: FakeServices
) -> None:
    window.live.start(REQUEST)
    services.started[0].may_stop.clear()
    window.close()
    assert window.isVisible()
    window.closing.on_timeout()
    assert not window.isVisible()


def test_closing_ends_the_session_first_and_then_the_recordings(
    qtbot: QtBot, window: MainWindow, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []

    def close(_queue: RecordingQueue, _timeout_s: float) -> bool:
        ended.extend([*services.started[0].stopped_in, "recordings"])
        return True

    monkeypatch.setattr(RecordingQueue, "busy", property(lambda _queue: not ended))
    monkeypatch.setattr(RecordingQueue, "close", close)
    window.live.start(REQUEST)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert ended == ["stop session", "recordings"]


def test_a_mendable_problem_is_shown_in_its_own_words(window: MainWindow) -> None:
    window.on_problem(StoreProblem("the store is read-only: choose another folder"))
    assert window.problem_notice.message == "the store is read-only: choose another folder"
    assert window.problem_notice.property("tone") == Tone.ERROR.value
    assert QApplication.activeModalWidget() is None


def test_a_bug_is_logged_with_its_traceback(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    window.on_problem(ZeroDivisionError("by zero"))
    assert "ZeroDivisionError: by zero" in window.problem_notice.message
    assert caplog.records[-1].exc_info is not None


def test_settings_asks_for_an_exception_only_in_the_eu(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(region="other"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.use.exception.isVisible()
    dialog.use.region.setCurrentIndex(dialog.use.region.findData("eu"))
    assert dialog.use.exception.isVisible()
    QTest.keyClicks(dialog.use.exception, "decided by the board")
    dialog.use.group_minimum.setValue(9)
    wanted = Settings(region="eu", lawful_exception="decided by the board", group_minimum=9)
    assert dialog.chosen() == wanted


def test_small_windows_scroll_instead_of_clipping(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(640, 380)
    show_stored(window.sessions, stored_session(1))
    for page in (LIVE, SESSIONS):
        window.show_page(page)
        area = window.pages.areas[page]
        qtbot.waitUntil(partial(_scrolls, area))
        assert area.horizontalScrollBar().maximum() == 0


def test_dark_palettes_get_light_ink() -> None:
    dark = QPalette(QColor("#202020"), QColor("#202020"))
    light = QPalette(QColor("#f0f0f0"), QColor("#f0f0f0"))
    assert colours_for(dark).ink.lightness() > 200
    assert colours_for(light).ink.lightness() < 60


def test_run_window_starts_what_the_command_asked_for(
    qtbot: QtBot, earlier_threads: set[threading.Thread]
) -> None:
    services = FakeServices()
    make_application([])
    phases: list[Phase] = []

    def look() -> None:
        window = _window()
        phases.append(window.live.control.phase)
        window.close()

    options = WindowOptions(start=REQUEST, on_first_show=look)
    assert run_window(services, options) == 0
    assert phases == [Phase.RUNNING]
    assert services.started[0].request == REQUEST
    assert services.started[0].stopped_in == ["stop session"]
    _leave_nothing(qtbot, earlier_threads)


def test_an_exception_in_a_slot_reaches_the_window_and_the_session_goes_on(
    qtbot: QtBot, earlier_threads: set[threading.Thread]
) -> None:
    services = FakeServices()
    make_application([])
    seen: list[tuple[str, Phase]] = []
    before = sys.excepthook

    def look() -> None:
        window = _window()
        error = ValueError("oops")
        sys.excepthook(ValueError, error, None)
        seen.append((window.problem_notice.message, window.live.control.phase))
        window.close()

    run_window(services, WindowOptions(start=REQUEST, on_first_show=look))
    assert "ValueError: oops" in seen[0][0]
    assert seen[0][1] is Phase.RUNNING
    assert sys.excepthook is before
    _leave_nothing(qtbot, earlier_threads)


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends the process on Windows")
def test_ctrl_c_saves_and_closes(qtbot: QtBot, earlier_threads: set[threading.Thread]) -> None:
    services = FakeServices()
    make_application([])
    interrupt = WindowOptions(
        start=REQUEST,
        on_first_show=lambda: QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGINT)),
    )
    assert run_window(services, interrupt) == 0
    assert services.started[0].stopped_in == ["stop session"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    _leave_nothing(qtbot, earlier_threads)


def test_close_after_saves_the_session_and_closes_the_window(
    qtbot: QtBot, earlier_threads: set[threading.Thread]
) -> None:
    services = FakeServices()
    make_application([])
    assert run_window(services, WindowOptions(start=REQUEST, close_after_s=0.01)) == 0
    assert services.started[0].stopped_in == ["stop session"]
    _leave_nothing(qtbot, earlier_threads)


def test_close_after_closes_a_window_that_has_something_to_say(
    qtbot: QtBot, earlier_threads: set[threading.Thread]
) -> None:
    services = FakeServices()
    make_application([])
    said: list[str] = []

    def fail() -> None:
        session, window = services.started[0], _window()
        session.now = replace(session.now, fault=StoreProblem("the disk is full"))
        window.closing.staying.connect(lambda: said.append(window.problem_notice.message))

    options = WindowOptions(start=REQUEST, close_after_s=0.01, on_first_show=fail)
    assert run_window(services, options) == 0
    assert said == ["the disk is full"]
    _leave_nothing(qtbot, earlier_threads)


def _scrolls(area: PageArea) -> bool:
    return area.verticalScrollBar().maximum() > 0


def _window() -> MainWindow:
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    return window


def _leave_nothing(qtbot: QtBot, earlier_threads: set[threading.Thread]) -> None:
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= earlier_threads)
    assert not any(isinstance(w, MainWindow) for w in QApplication.topLevelWidgets())
