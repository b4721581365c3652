"""The first-start page: asked until answered, never twice, and never in the demo's way."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.application import WindowOptions, make_application, run_window
from classroom_monitor.gui.first_start import Answer, FirstStartPage
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import RECORDINGS, MainWindow
from classroom_monitor.gui.room_notice import RoomNotice
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices

CAMERA = SessionRequest("Lecture hall camera", "", "room", 5)
DEMO = SessionRequest(DEMO_SOURCE, "", "room", 5)


@pytest.fixture
def services() -> FakeServices:
    """A program that was never started before."""
    return FakeServices(Settings())


def page_of(window: MainWindow) -> FirstStartPage:
    """Return the page, which must be in view."""
    assert window.gate.page is not None
    assert window.gate.page.isVisible()
    return window.gate.page


def test_nothing_is_chosen_beforehand(window: MainWindow) -> None:
    page = page_of(window)
    assert not page.europe.isChecked()
    assert not page.elsewhere.isChecked()
    assert not page.go_on.isEnabled()
    assert not window.live.isVisible()


def test_in_the_eu_counts_only_needs_no_further_word(
    window: MainWindow, services: FakeServices
) -> None:
    page = page_of(window)
    page.europe.click()
    for named in ("Article 5(1)(f)", "2024/1689", "2 February 2025", "counts-only"):
        assert named in page.europe_text.text()
    assert page.europe_text.isVisible()
    page.go_on.click()
    assert services.settings == Settings(region="eu")
    assert services.settings.counts_only
    assert window.gate.page is None
    assert window.live.isVisible()
    assert window.live.glance.reason.text().startswith("Counts only")


def test_elsewhere_takes_the_statement_that_people_are_told(
    window: MainWindow, services: FakeServices
) -> None:
    page = page_of(window)
    page.elsewhere.click()
    assert not page.go_on.isEnabled()
    page.informed.click()
    page.go_on.click()
    assert services.settings == Settings(region="other", informed=True)
    assert window.live.isVisible()


def test_a_choice_is_taken_back_before_it_is_kept(window: MainWindow) -> None:
    page = page_of(window)
    page.elsewhere.click()
    page.informed.click()
    page.europe.click()
    assert page.answer() == Answer("eu", informed=False)
    assert not page.informed.isVisible()


def test_the_keyboard_is_enough(qtbot: QtBot, window: MainWindow, services: FakeServices) -> None:
    page = page_of(window)
    qtbot.waitUntil(page.europe.hasFocus)
    QTest.keyClick(page.europe, Qt.Key.Key_Space)
    QTest.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: services.settings.region == "eu")


def test_enter_goes_on_but_not_from_another_button(
    window: MainWindow, services: FakeServices
) -> None:
    page = page_of(window)
    QTest.keyClick(page.europe, Qt.Key.Key_Return)
    assert window.gate.page is page  # nothing is answered yet
    page.europe.click()
    page.quit.setFocus()
    QTest.keyClick(page.quit, Qt.Key.Key_Return)
    assert window.gate.page is page
    page.europe.setFocus()
    QTest.keyClick(page.europe, Qt.Key.Key_Return)
    assert services.settings.region == "eu"


def test_what_was_stated_before_stays(qtbot: QtBot) -> None:
    before = Settings(region="unset", informed=True, lawful_exception="safety study")
    after = Answer("eu", informed=False).apply(before)
    assert after == Settings(region="eu", informed=True, lawful_exception="safety study")


def test_the_notice_goes_with_the_region_that_is_chosen(window: MainWindow) -> None:
    page = page_of(window)
    page.europe.click()
    page.notice.click()
    notice = window.findChild(RoomNotice)
    assert notice is not None
    assert notice.facts.counts_only
    notice.accept()


def test_a_small_screen_scrolls_to_the_statement(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(640, 380)
    page = page_of(window)
    page.elsewhere.click()
    qtbot.waitUntil(lambda: not page.informed.visibleRegion().isEmpty())
    assert not page.go_on.visibleRegion().isEmpty()


def test_an_answer_is_asked_for_once(qtbot: QtBot) -> None:
    for settings in (Settings(region="eu"), Settings(region="other", informed=True)):
        window = MainWindow(FakeServices(settings))
        qtbot.addWidget(window)
        assert window.gate.page is None


def test_where_the_region_is_known_only_the_statement_is_missing(qtbot: QtBot) -> None:
    services = FakeServices(Settings(region="other"))
    window = MainWindow(services)
    qtbot.addWidget(window)
    assert window.gate.page is not None
    assert window.gate.page.elsewhere.isChecked()
    assert not window.gate.page.go_on.isEnabled()


def test_an_answer_that_cannot_be_kept_is_said_and_asked_again(
    window: MainWindow, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_settings: Settings) -> None:
        raise EnvironmentProblem("cannot save the settings: the disk is full")

    monkeypatch.setattr(services, "save_settings", refuse)
    page = page_of(window)
    page.europe.click()
    page.go_on.click()
    assert page_of(window).problem.message == "cannot save the settings: the disk is full"


def test_menus_wait_but_the_help_does_not(window: MainWindow) -> None:
    menus = window.menuBar().actions()
    assert [menu.isEnabled() for menu in menus] == [False] * (len(menus) - 1) + [True]
    page = page_of(window)
    page.europe.click()
    page.go_on.click()
    assert all(menu.isEnabled() for menu in menus)
    assert window.findChildren(QMenu)


def test_a_session_asked_for_begins_once_the_page_is_answered(
    window: MainWindow, services: FakeServices
) -> None:
    window.live.start(CAMERA)
    assert services.started == []
    page = page_of(window)
    page.europe.click()
    page.go_on.click()
    assert [session.request for session in services.started] == [CAMERA]


def test_the_demo_is_not_kept_waiting_and_a_camera_is(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    page_of(window).demo.click()
    assert services.started[0].request.source == DEMO_SOURCE
    assert window.live.isVisible()
    window.live.control.stop()
    qtbot.waitUntil(lambda: window.live.control.phase is Phase.IDLE)
    assert window.gate.page is None
    window.live.start(CAMERA)
    page_of(window).europe.click()
    page_of(window).go_on.click()
    assert services.started[1].request == CAMERA


@pytest.mark.parametrize("way", ["a room check", "recordings"])
def test_after_the_demo_whatever_looks_at_people_brings_the_page_back(
    qtbot: QtBot, window: MainWindow, services: FakeServices, way: str
) -> None:
    page_of(window).demo.click()
    window.live.control.stop()
    qtbot.waitUntil(lambda: window.live.control.phase is Phase.IDLE)
    if way == "recordings":
        window.show_page(RECORDINGS)
    else:
        window.live.before.on_check(CAMERA)
    page_of(window).europe.click()
    page_of(window).go_on.click()
    assert len(services.started) == 1  # the demo


def test_the_page_can_be_declined(window: MainWindow) -> None:
    page_of(window).quit.click()
    assert not window.isVisible()


@pytest.mark.parametrize(("request_", "asks"), [(DEMO, False), (CAMERA, True), (None, True)])
def test_what_the_command_asked_for(
    request_: SessionRequest | None,
    asks: bool,
    earlier_threads: set[threading.Thread],
    qtbot: QtBot,
) -> None:
    services = FakeServices(Settings())
    make_application([])
    seen: list[bool] = []

    def look() -> None:
        seen.append(_window().gate.page is not None)

    options = WindowOptions(start=request_, close_after_s=0.01, on_first_show=look)
    assert run_window(services, options) == 0
    assert seen == [asks]
    assert [session.request for session in services.started] == ([] if asks else [DEMO])
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= earlier_threads)


def _window() -> MainWindow:
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    return window
