"""The live page through clicks and keys, against a scripted session."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import CameraInfo, CaptureState
from classroom_monitor.errors import CameraProblem, EnvironmentProblem, StoreProblem
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.gui.timeline_plot import TimelinePlot
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices, point, scripted_points
from tests.gui.driving import LEFT, marked, start, stop


def test_start_hands_over_what_was_chosen(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    setup = window.live.setup
    qtbot.waitUntil(lambda: setup.source.source == "Lecture hall camera")
    QTest.keyClicks(setup.title, "Statistics")
    setup.group_minimum.setValue(8)
    setup.mode.setCurrentIndex(setup.mode.findData("near"))
    session = start(qtbot, window, services)
    assert session.request == SessionRequest("Lecture hall camera", "Statistics", "near", 8)
    assert services.settings.source == "Lecture hall camera"


def test_cameras_of_one_name_go_by_their_numbers(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.camera_list = [CameraInfo(0, "USB camera"), CameraInfo(2, "USB camera")]
    qtbot.waitUntil(window.live.setup.refresh.isEnabled)
    QTest.mouseClick(window.live.setup.refresh, LEFT)
    picker = window.live.setup.source
    qtbot.waitUntil(lambda: picker.itemText(1) == "USB camera")
    assert [picker.itemData(row) for row in (0, 1)] == ["0", "2"]


def test_a_hanging_camera_list_does_not_hold_up_a_session(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    qtbot.waitUntil(window.live.setup.refresh.isEnabled)
    services.cameras_may_answer.clear()
    QTest.mouseClick(window.live.setup.refresh, LEFT)
    start(qtbot, window, services)
    stop(qtbot, window)
    assert window.live.control.phase is Phase.IDLE


def test_stop_saves_in_a_thread_while_the_window_says_so(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    session.play(scripted_points())
    session.may_stop.clear()
    button = window.live.controls.stop
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: session.stopped_in == ["stop session"])
    assert button.text() == "Saving…"
    assert not button.isEnabled()
    assert not window.live.control.reading
    with qtbot.waitSignal(window.live.control.saved):
        session.may_stop.set()
    assert window.live.news.message == "Saved: 0:10, 0 markers"
    assert window.live.setup.start.isVisible()
    assert window.live.picture.frame is None


def test_snapshots_end_with_the_session(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    stop(qtbot, window)
    taken = session.snapshots
    start(qtbot, window, services)  # whose snapshots show that timers run
    assert session.snapshots == taken


def test_keys_start_mark_and_stop(qtbot: QtBot, window: MainWindow, services: FakeServices) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    session = services.started[0]
    session.play([point(0, (0.2, 0.3, 0.5))])
    QTest.keyClick(window, Qt.Key.Key_M)
    QTest.keyClick(window, Qt.Key.Key_3)
    assert marked(session) == ["", "3"]
    qtbot.waitUntil(lambda: len(window.live.timeline.plot.markers) == 2)
    with qtbot.waitSignal(window.live.control.saved):
        QTest.keyClick(window, Qt.Key.Key_F5)


def test_a_text_typed_ahead_goes_with_the_next_marker(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    field = window.live.controls.marker_text
    field.setFocus()
    QTest.keyClicks(field, "mimes 1")
    assert marked(session) == []  # m and 1 were typed, not marked
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert marked(session) == ["mimes 1"]
    assert field.text() == ""


def test_missing_seconds_stay_missing(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.save_settings(replace(services.settings, smoothing_s=1))
    window.live.on_settings_changed()
    session = start(qtbot, window, services)
    session.play(scripted_points())
    plot = window.live.timeline.plot
    qtbot.waitUntil(lambda: len(plot.series) == 10)
    assert np.isnan(plot.moods.values[4:8]).all()
    drawn = plot.moods.values[[3, 8]]
    assert drawn == pytest.approx(np.array([[0.2, 0.3, 0.5], [0.5, 0.25, 0.25]]))
    assert np.flatnonzero(plot.moods.hatched).tolist() == [4, 5]
    assert np.flatnonzero(plot.moods.blank).tolist() == [6, 7]
    assert np.isnan(plot.coverage.values[6:8]).all()
    assert plot.coverage.values[4, 0] == pytest.approx(2 / 4)


def test_the_glance_numbers_follow_the_newest_second(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.save_settings(replace(services.settings, smoothing_s=1))
    session = start(qtbot, window, services)
    session.play(scripted_points())
    glance = window.live.glance
    qtbot.waitUntil(lambda: glance.seen.text == "12")
    assert glance.used.text == "10"
    assert glance.coverage.text == "83%"
    assert [figure.text.split()[0] for figure in glance.now.figures] == ["50%", "25%", "25%"]
    assert "negative 50%" in glance.now.accessibleName()
    assert "negative 30%, neutral 28%, positive 42%" in glance.recent.accessibleName()
    session.play([*scripted_points(), point(10, None, used=3)])
    qtbot.waitUntil(lambda: glance.used.text == "3")
    assert "fewer than 5 used faces" in glance.now.accessibleName()


def test_a_lost_source_is_a_banner_that_goes_by_itself(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    session.become(CaptureState.LOST, "the camera is gone: check its cable")
    notice = window.live.camera_notice
    qtbot.waitUntil(lambda: notice.message == "the camera is gone: check its cable")
    session.become(CaptureState.RUNNING)
    qtbot.waitUntil(lambda: notice.message == "")
    assert window.live.news.message == "The source is back."
    assert QApplication.activeModalWidget() is None


def test_a_recording_that_ends_is_saved_by_itself(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    with qtbot.waitSignal(window.live.control.saved):
        session.end()
    assert session.stopped_in == ["stop session"]
    assert window.live.control.phase is Phase.IDLE


def test_a_fault_is_shown_in_the_window(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    with qtbot.waitSignal(window.live.control.saved):
        session.end(EnvironmentProblem("models/x is damaged: install it again"))
    assert window.problem_notice.message == "models/x is damaged: install it again"


def test_a_session_that_its_store_does_not_take_is_not_called_saved(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    session.play(scripted_points())
    with qtbot.waitSignal(window.live.control.saved):
        session.end(StoreProblem("the session was saved in /home/rescued (--store) instead"))
    assert "/home/rescued" in window.problem_notice.message
    assert window.live.news.message == ""


def test_a_session_that_cannot_start_says_why(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.start_problem = CameraProblem("lecture.mp4 is not there: choose another file")
    QTest.mouseClick(window.live.setup.start, LEFT)
    assert window.problem_notice.message == "lecture.mp4 is not there: choose another file"
    assert window.live.control.phase is Phase.IDLE
    services.start_problem = None
    start(qtbot, window, services)


def test_a_stop_that_fails_leaves_the_window_usable(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    session.stop_error = RuntimeError("broken")
    with qtbot.waitSignal(window.live.control.failed):
        QTest.mouseClick(window.live.controls.stop, LEFT)
    assert "broken" in window.problem_notice.message
    assert window.live.setup.start.isVisible()


def test_a_demo_says_so_until_another_session_replaces_it(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    qtbot.waitUntil(lambda: window.live.setup.source.source == "Lecture hall camera")
    window.live.start(SessionRequest(DEMO_SOURCE, "", "room", 5))
    notice = window.live.demo_notice
    assert notice.message == "Demo: built-in pictures, no camera"
    stop(qtbot, window)
    assert notice.message
    window.live.start(SessionRequest("0", "", "room", 5))
    assert notice.message == ""
    assert window.live.setup.source.currentText() == "Lecture hall camera"


def test_counts_only_shows_faces_and_says_why(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.save_settings(Settings(region="eu", moods_on_faces=True))
    session = start(qtbot, window, services)
    session.play([point(0, None), point(1, None)])
    plot = window.live.timeline.plot
    qtbot.waitUntil(lambda: len(plot.series) == 2)
    assert plot.faces.isVisible()
    assert not plot.moods.isVisible()
    assert plot.faces.values.tolist() == [[10, 2], [10, 2]]
    assert window.live.glance.reason.text().startswith("Counts only")
    assert not window.live.glance.now.isVisible()


@pytest.mark.parametrize(
    ("source", "shown", "kept"),
    [
        ("/videos/week 3.mp4", "week 3.mp4", "/videos/week 3.mp4"),
        ("rtsp://me:secret@hall/1", "rtsp://hall/1", "rtsp://hall/1"),
    ],
)
def test_a_named_source_is_shown_and_kept_without_its_password(
    qtbot: QtBot,
    window: MainWindow,
    services: FakeServices,
    source: str,
    shown: str,
    kept: str,
) -> None:
    window.live.setup.source.choose(source)
    session = start(qtbot, window, services)
    assert session.request.source == source
    assert window.live.setup.source.currentText() == shown
    assert services.settings.source == kept


def test_a_video_file_is_asked_for_without_blocking(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    recording = tmp_path / "week 3.mp4"
    recording.touch()
    picker = window.live.setup.source
    before = picker.source
    picker.activated.emit(picker.findText("Video file…"))
    dialog = picker.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert picker.source == before
    dialog.selectFile(str(recording))
    dialog.accept()
    assert picker.source == str(recording)
    assert picker.currentText() == "week 3.mp4"


def test_an_address_can_be_typed(window: MainWindow) -> None:
    picker = window.live.setup.source
    picker.activated.emit(picker.findText("Stream address…"))
    dialog = picker.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue(" http://hall:8080/video ")
    dialog.accept()
    assert picker.source == "http://hall:8080/video"


def test_the_view_grows_with_the_session_up_to_what_was_chosen(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    session = start(qtbot, window, services)
    plot = window.live.timeline.plot
    for seconds, first in ((30, 0), (200, 0), (1000, 700)):
        session.play([point(t_s, (0.2, 0.3, 0.5)) for t_s in range(seconds)])
        qtbot.waitUntil(partial(_has, plot, seconds))
        assert plot.view_s[0] == first
        assert plot.view_s[1] > seconds


def test_tab_goes_through_the_fields_in_reading_order(window: MainWindow) -> None:
    setup = window.live.setup
    order: list[QWidget] = [
        setup.source,
        setup.refresh,
        setup.mode,
        setup.group_minimum,
        setup.title,
        setup.start,
    ]
    widget: QWidget | None = setup.source
    passed = [widget]
    while widget is not None and widget is not setup.start:
        widget = widget.nextInFocusChain()
        passed.append(widget)
    assert [each for each in passed if each in order] == order


def _has(plot: TimelinePlot, seconds: int) -> bool:
    return len(plot.series) == seconds
