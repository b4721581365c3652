"""What is done during a session: topics, markers, pause, alerts, the small window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import CaptureState, TimelinePoint
from classroom_monitor.gui.formats import NO_VALUE
from classroom_monitor.gui.help_boxes import HelpBox
from classroom_monitor.gui.main_window import LIVE, SESSIONS, MainWindow
from classroom_monitor.gui.marker_buttons import label_of, marker_labels
from classroom_monitor.gui.mini_view import MiniView
from classroom_monitor.gui.room_now import RoomNow
from classroom_monitor.sessions.alerts import AlertState
from classroom_monitor.sessions.smoothing import Trend
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices, FakeSession, gap, point, scripted_points
from tests.gui.driving import LEFT, marked, start, stop

NATIVE = QKeySequence.SequenceFormat.NativeText
RISEN = AlertState("negative", since_s=60, value=0.4, usual=0.2)
LOW = AlertState("coverage", since_s=30, value=0.3, usual=0.5)
TREND = Trend(
    shares=(0.5, 0.3, 0.2),
    low=(0.4, 0.2, 0.1),
    high=(0.6, 0.4, 0.3),
    slope_per_min=(0.1, 0.0, -0.1),
    direction=("rising", "steady", "falling"),
)


@pytest.fixture
def session(qtbot: QtBot, window: MainWindow, services: FakeServices) -> FakeSession:
    """A session that runs."""
    return start(qtbot, window, services)


def topics(session: FakeSession) -> list[str]:
    """Return the titles of the segments so far."""
    return [segment.title for segment in session.now.segments]


def alert(window: MainWindow, *alerts: AlertState, now_s: float = 120) -> None:
    """Let these alerts be on in the newest second."""
    now = RoomNow(15, 5, counts_only=False, trend=TREND, alerts=alerts)
    window.live.desk.now_changed.emit(now, now_s)


def open_mini(qtbot: QtBot, window: MainWindow) -> MiniView:
    """Open the small window by its key."""
    QTest.keyClick(window, Qt.Key.Key_F9)
    view = window.live.mini.view
    assert view is not None
    qtbot.waitExposed(view)
    return view


def test_the_bar_takes_the_place_of_the_fields(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    live = window.live
    assert (live.setup.isVisible(), live.controls.isVisible()) == (True, False)
    start(qtbot, window, services)
    assert (live.setup.isVisible(), live.controls.isVisible()) == (False, True)
    stop(qtbot, window)
    assert (live.setup.isVisible(), live.controls.isVisible()) == (True, False)


def test_a_topic_begins_by_key_and_return(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    window.show_page(SESSIONS)
    QTest.keyClick(window, Qt.Key.Key_T)
    field = window.live.controls.topic_text
    assert window.page == LIVE
    assert field.hasFocus()
    QTest.keyClicks(field, "Tests of mean 1")
    assert (topics(session), marked(session)) == ([], [])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert topics(session) == ["Tests of mean 1"]
    assert field.text() == ""
    qtbot.waitUntil(lambda: window.live.controls.state.whole == "Tests of mean 1")


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key where the keyboard goes to now."""
    QTest.keyClick(QApplication.focusWidget() or window, key)


def test_keys_mark_again_once_something_was_typed(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    live = window.live
    live.setup.title.setFocus()
    QTest.keyClicks(live.setup.title, "Week 3")
    press(window, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is None
    session = services.started[0]
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_T)
    QTest.keyClicks(live.controls.topic_text, "Sampling")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_2)
    live.controls.marker_text.setFocus()
    QTest.keyClicks(live.controls.marker_text, "3 hands")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_4)
    assert (marked(session), topics(session)) == (["1", "2", "3 hands", "4"], ["Sampling"])


def test_a_topic_without_a_title_asks_for_one(window: MainWindow, session: FakeSession) -> None:
    QTest.mouseClick(window.live.controls.topic, LEFT)
    assert topics(session) == []
    assert window.live.controls.topic_text.hasFocus()


def test_keys_set_the_markers_that_the_settings_label(
    window: MainWindow, services: FakeServices, session: FakeSession
) -> None:
    services.save_settings(replace(services.settings, marker_labels="question, , my  example"))
    window.live.on_settings_changed()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_9):
        QTest.keyClick(window, key)
    assert marked(session) == ["question", "2", "my example", "9"]


def test_labelled_markers_are_buttons_as_well(
    window: MainWindow, services: FakeServices, session: FakeSession
) -> None:
    labelled = window.live.controls.labelled
    assert not labelled.isVisible()
    for labels in ("old", "question,,example"):
        services.save_settings(replace(services.settings, marker_labels=labels))
        window.live.on_settings_changed()
    assert [button.text() for button in labelled.buttons] == ["1  question", "3  example"]
    QTest.mouseClick(labelled.buttons[1], LEFT)
    assert marked(session) == ["example"]


def test_labels_are_nine_at_most() -> None:
    labels = marker_labels(",".join("abcdefghijk"))
    assert labels == tuple("abcdefghi")
    assert label_of((), "4") == "4"


def test_pause_closes_and_opens_the_camera(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    live = window.live
    QTest.keyClick(window, Qt.Key.Key_P)
    assert session.now.paused
    qtbot.waitUntil(lambda: live.picture.frame is None)
    assert live.camera_notice.message.startswith("Paused")
    assert live.controls.pause.text() == "Resu&me"
    QTest.mouseClick(live.controls.pause, LEFT)
    assert not session.now.paused
    qtbot.waitUntil(lambda: live.picture.frame is not None)
    assert live.camera_notice.message == ""
    assert live.news.message == ""  # nothing was wrong
    assert live.controls.pause.text() == "&Pause"
    assert marked(session) == ["Paused", "Resumed"]


def test_a_session_that_lost_its_source_can_be_paused(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.become(CaptureState.LOST, "the camera is gone: check its cable")
    notice = window.live.camera_notice
    qtbot.waitUntil(lambda: "gone" in notice.message)
    QTest.keyClick(window, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: notice.message.startswith("Paused"))
    notice.on_action()
    assert not session.now.paused


def test_keys_do_nothing_without_a_session(window: MainWindow, services: FakeServices) -> None:
    for key in (Qt.Key.Key_P, Qt.Key.Key_M, Qt.Key.Key_1, Qt.Key.Key_F9):
        QTest.keyClick(window, key)
    assert services.started == []
    assert window.live.mini.view is None


def test_the_figure_is_smoothed_and_says_how_sure_it_is(window: MainWindow) -> None:
    window.live.glance.show_now(RoomNow(15, 5, counts_only=False, trend=TREND))
    figures = [figure.text for figure in window.live.glance.now.figures]
    assert figures == [
        "50% 40 to 60%  ↗ rising",
        "30% 20 to 40%  → steady",
        "20% 10 to 30%  ↘ falling",
    ]
    assert "mean of the last 15 s" in window.live.glance.now.accessibleName()


def test_the_figure_stays_for_half_its_seconds(
    qtbot: QtBot, window: MainWindow, services: FakeServices, session: FakeSession
) -> None:
    glance = window.live.glance
    points: list[TimelinePoint] = [point(t_s, (0.2, 0.3, 0.5)) for t_s in range(15)]
    points += [point(t_s, None, used=2) for t_s in range(15, 22)]
    session.play(points)
    qtbot.waitUntil(lambda: glance.used.text == "2")
    assert glance.now.figures[2].text.startswith("50%")
    assert "fewer than 5 used faces, mean of" in glance.now.accessibleName()
    session.play([*points, gap(22)])
    qtbot.waitUntil(lambda: glance.used.text == NO_VALUE)
    assert glance.now.figures[2].text == NO_VALUE
    assert glance.now.accessibleName().endswith("no picture")


def test_an_alert_moves_no_button(window: MainWindow, session: FakeSession) -> None:
    buttons = [b for b in window.live.controls.findChildren(QAbstractButton) if b.isVisible()]
    assert len(buttons) > 3
    before = [button.mapTo(window, button.rect().topLeft()) for button in buttons]
    alert(window, RISEN, LOW)
    QApplication.processEvents()
    assert window.live.alert_notice.isVisible()
    assert [button.mapTo(window, button.rect().topLeft()) for button in buttons] == before


def test_alerts_are_said_once_a_minute_and_gone_with_their_cause(
    window: MainWindow, session: FakeSession
) -> None:
    notice = window.live.alert_notice
    alert(window, RISEN)
    assert notice.message == "More negative than usual for 1 min: 40%, usually 20%."
    alert(window, replace(RISEN, value=0.45), now_s=130)
    assert "40%" in notice.message  # a quiet line does not flicker
    alert(window, replace(RISEN, value=0.45), LOW, now_s=180)
    assert "for 2 min: 45%" in notice.message
    assert "Low coverage for 2 min: 30%" in notice.message
    alert(window, now_s=181)
    assert notice.message == ""


def test_low_coverage_is_said_once_it_has_lasted(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    settings = replace(services.settings, alert_coverage=0.9, alert_after_s=10)
    services.save_settings(settings)
    window.live.on_settings_changed()
    session = start(qtbot, window, services)
    notice, glance = window.live.alert_notice, window.live.glance
    session.play([point(t_s, None, used=4) for t_s in range(9)])
    qtbot.waitUntil(lambda: glance.used.text == "4")
    assert notice.message == ""
    session.play([point(t_s, None, used=4) for t_s in range(30)])
    qtbot.waitUntil(lambda: notice.message.startswith("Low coverage for under a minute: 67%"))
    notice.on_dismiss()
    session.play([point(t_s, None, used=4) for t_s in range(70)])
    qtbot.waitUntil(lambda: len(window.live.timeline.plot.series) == 70)
    assert notice.message == ""  # until it was over
    services.save_settings(replace(settings, alert_coverage=0.8))
    window.live.on_settings_changed()
    session.play([point(t_s, None, used=4) for t_s in range(71)])
    qtbot.waitUntil(lambda: "67%" in notice.message)  # changed alerts begin anew


def test_alerts_go_off_in_one_click_and_come_back_in_one(
    window: MainWindow, services: FakeServices, session: FakeSession
) -> None:
    alert(window, RISEN)
    window.live.alert_notice.on_action()
    assert not services.settings.alerts
    assert window.live.alert_notice.message == ""
    window.live.news.on_action()
    assert services.settings.alerts


def test_what_is_now_ends_with_the_session_and_its_timeline_stays(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.play(scripted_points())
    live = window.live
    qtbot.waitUntil(lambda: live.glance.seen.text == "12")
    stop(qtbot, window)
    assert (live.glance.seen.text, live.glance.coverage.text) == (NO_VALUE, NO_VALUE)
    assert [figure.text for figure in live.glance.now.figures] == [NO_VALUE] * 3
    assert len(live.timeline.plot.series) == 10


def test_the_end_of_a_session_ends_its_alerts(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    alert(window, RISEN)
    stop(qtbot, window)
    assert window.live.alert_notice.message == ""


def test_the_small_window_shows_the_newest_second(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    session.play(scripted_points()[:4])
    qtbot.waitUntil(lambda: window.live.glance.seen.text == "12")
    view = open_mini(qtbot, window)
    assert window.isMinimized()
    assert view.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert [label.text()[:5] for label in view.shares] == ["▼ 20%", "■ 30%", "▲ 50%"]
    assert view.counts.text() == "Coverage 83%   10 used of 12 seen"
    session.play([*scripted_points()[:4], point(4, (0.4, 0.2, 0.4), used=11)])
    qtbot.waitUntil(lambda: "11 used" in view.counts.text())
    assert view.clock.text() == "0:05"


def test_the_small_window_marks_pauses_and_leads_back(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    view = open_mini(qtbot, window)
    QTest.mouseClick(view.mark, LEFT)
    QTest.keyClick(view, Qt.Key.Key_3)
    assert marked(session) == ["", "3"]
    QTest.keyClick(view, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: view.pause.text() == "Resu&me")
    with qtbot.waitSignal(view.destroyed):
        QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.live.mini.view is None
    assert not window.isMinimized()


def test_the_small_window_turns_alerts_off(
    qtbot: QtBot, window: MainWindow, services: FakeServices, session: FakeSession
) -> None:
    view = open_mini(qtbot, window)
    assert not view.alert.isVisible()
    alert(window, RISEN)
    assert view.alert.text().startswith("More negative than usual")
    QTest.mouseClick(view.alerts_off, LEFT)
    assert not services.settings.alerts
    alert(window)
    assert not view.alert.isVisible()


def test_the_small_window_goes_with_its_session(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    view = open_mini(qtbot, window)
    with qtbot.waitSignals([view.destroyed, window.live.control.saved]):
        QTest.keyClick(view, Qt.Key.Key_F5)
    assert not window.isMinimized()


def test_the_small_window_counts_only_where_moods_must_not_be(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.save_settings(Settings(region="eu"))
    session = start(qtbot, window, services)
    session.play([point(0, None)])
    qtbot.waitUntil(lambda: window.live.glance.seen.text == "12")
    view = open_mini(qtbot, window)
    assert not view.bar.isVisible()
    assert view.counts.text() == "12 faces, coverage 83%"


def test_the_timeline_is_drawn_as_chosen_and_so_next_time(
    window: MainWindow, services: FakeServices
) -> None:
    options, plot = window.live.desk.options, window.live.timeline.plot
    QTest.mouseClick(options.lines, LEFT)
    QTest.mouseClick(options.bands, LEFT)
    assert (plot.look.style, plot.look.bands) == ("lines", False)
    assert (services.settings.timeline_style, services.settings.bands) == ("lines", False)


def test_the_help_lists_every_key_of_the_menus(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    box = window.findChild(HelpBox)
    assert isinstance(box, HelpBox)
    listed = box.text.text()
    shortcuts = [action.shortcut() for action in window.menuBar().findChildren(QAction)]
    keys = {shortcut.toString(NATIVE) for shortcut in shortcuts if not shortcut.isEmpty()}
    assert {"F5", "F9", "T", "P", "M"} <= keys
    assert [key for key in keys if key not in "123456789" and f"<b>{key}</b>" not in listed] == []
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
