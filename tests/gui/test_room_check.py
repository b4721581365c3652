"""Before a session: all choices in one place, the room check, and the camera handed on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import CameraInfo, RoomReport
from classroom_monitor.errors import CameraProblem
from classroom_monitor.gui.formats import NO_VALUE
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.room_table import RoomTable
from classroom_monitor.gui.services import ModelOption
from classroom_monitor.gui.session_setup import SessionSetup
from classroom_monitor.gui.source_picker import SourcePicker, is_camera_name
from classroom_monitor.settings import Settings
from tests.fakes.services import FakePreview, FakeServices, room_report

LEFT = Qt.MouseButton.LeftButton
CAMERAS = [CameraInfo(0, "Lecture hall camera"), CameraInfo(1, "Laptop camera")]


def check(qtbot: QtBot, window: MainWindow, services: FakeServices) -> FakePreview:
    """Press the button and wait until the first report is drawn."""
    before = len(services.checked)
    QTest.mouseClick(window.live.setup.check, LEFT)
    qtbot.waitUntil(lambda: len(services.checked) > before)
    preview = services.checked[-1]
    qtbot.waitUntil(lambda: preview.snapshots > 0)
    return preview


def chosen(qtbot: QtBot, window: MainWindow) -> SessionSetup:
    """Return the fields once the camera is listed and chosen."""
    setup = window.live.setup
    qtbot.waitUntil(lambda: setup.source.source == "Lecture hall camera")
    return setup


def test_no_camera_is_opened_before_the_user_asks(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    chosen(qtbot, window)
    assert services.checked == []
    assert services.started == []
    assert not window.live.before.panel.isVisible()


def test_a_check_looks_with_what_is_chosen_and_keeps_it(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    setup = chosen(qtbot, window)
    setup.resolution.setCurrentIndex(setup.resolution.findData("1280x720"))
    setup.mode.setCurrentIndex(setup.mode.findData("near"))
    QTest.keyClicks(setup.course, "Statistics")
    QTest.keyClicks(setup.title, "Week 3")
    setup.group_minimum.setValue(7)
    request = check(qtbot, window, services).request
    assert (request.resolution, request.mode) == ("1280x720", "near")
    kept = services.settings
    assert (kept.resolution, kept.mode, kept.group_minimum) == ("1280x720", "near", 7)
    assert (kept.course, kept.title, kept.source) == ("Statistics", "Week 3", "Lecture hall camera")


def test_the_fields_begin_with_what_was_kept(qtbot: QtBot) -> None:
    setup = SessionSetup()
    qtbot.addWidget(setup)
    settings = Settings(
        source="Laptop camera",
        resolution="3840x2160",
        mode="near",
        finder="yunet",
        model="mine",
        group_minimum=9,
        title="Week 4",
        course="Optics",
    )
    setup.fill(settings)
    assert setup.chosen(Settings()) == settings


def test_figures_and_advice_are_shown(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    check(qtbot, window, services)
    panel = window.live.before.panel
    qtbot.waitUntil(lambda: panel.totals.text() == "12 of 18 faces usable")
    assert panel.isVisible()
    assert not window.live.desk.isVisible()
    assert [table_row(panel.table, row) for row in (0, 4, 8)] == [
        ["Back left", "0 of 2", "10 px", "40%", "0.30"],
        ["Middle centre", "2 of 2", "24 px", "40%", "0.30"],
        ["Front right", "2 of 2", "48 px", "5%", "0.30"],
    ]
    lines = [line.text for line in panel.advice.shown]
    assert lines[0].startswith("Back rows: faces from 10 px, counted as seen only")
    assert lines[1].startswith("Front rows: faces are dark")
    written = [label.text() for label in panel.advice.findChildren(QLabel)]
    assert set(lines) <= set(written)
    assert panel.picture.frame is not None


def test_a_part_without_faces_shows_its_own_light(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    preview = check(qtbot, window, services)
    preview.now = replace(preview.now, report=without_faces(room_report()))
    panel = window.live.before.panel
    qtbot.waitUntil(lambda: panel.totals.text() == "0 of 0 faces usable")
    assert table_row(panel.table, 0) == ["Back left", NO_VALUE, NO_VALUE, "room 40%", NO_VALUE]
    assert [line.text for line in panel.advice.shown] == [
        "No face is found yet. Check again once somebody sits in the room."
    ]


def table_row(table: RoomTable, row: int) -> list[str]:
    items = [table.item(row, column) for column in range(table.columnCount())]
    return [item.text() for item in items if item is not None]


def without_faces(report: RoomReport) -> RoomReport:
    """Return a report on the same room, empty."""
    parts = tuple(
        replace(
            part,
            seen=0,
            usable=0,
            too_small=0,
            size_px=None,
            least_px=None,
            light=None,
            sharpness=None,
        )
        for part in report.parts
    )
    return replace(report, parts=parts, seen=0, usable=0)


def test_start_waits_until_the_check_has_freed_the_camera(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    preview = check(qtbot, window, services)
    preview.may_stop.clear()
    QTest.mouseClick(window.live.setup.start, LEFT)
    qtbot.waitUntil(lambda: preview.stopped_in == ["stop room check"])
    assert services.started == []
    preview.may_stop.set()
    qtbot.waitUntil(lambda: len(services.started) == 1)
    assert not preview.now.running
    qtbot.waitUntil(lambda: window.live.desk.isVisible())
    assert not window.live.before.panel.isVisible()


def test_pressing_start_twice_starts_one_session(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    preview = check(qtbot, window, services)
    preview.may_stop.clear()
    for _ in range(2):
        QTest.mouseClick(window.live.setup.start, LEFT)
    preview.may_stop.set()
    qtbot.waitUntil(lambda: window.live.control.phase is Phase.RUNNING)
    assert len(services.started) == 1


def test_a_check_that_ends_leaves_its_figures_and_no_picture(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    preview = check(qtbot, window, services)
    panel, button = window.live.before.panel, window.live.setup.check
    assert button.text() == "&End the check"
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: not preview.now.running)
    assert button.text() == "Chec&k the room"
    assert panel.picture.frame is None
    assert panel.totals.text() == "12 of 18 faces usable"


def test_a_recording_that_ends_ends_its_check(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    preview = check(qtbot, window, services)
    preview.end()
    qtbot.waitUntil(lambda: preview.stopped_in == ["stop room check"])
    qtbot.waitUntil(lambda: not window.live.before.control.holds_camera)
    assert window.live.setup.check.text() == "Chec&k the room"


def test_a_fault_is_said(qtbot: QtBot, window: MainWindow, services: FakeServices) -> None:
    preview = check(qtbot, window, services)
    problem = CameraProblem("the camera is gone: plug it in")
    preview.now = replace(preview.now, running=False, fault=problem, message=str(problem))
    qtbot.waitUntil(lambda: not window.live.before.control.holds_camera)
    assert window.live.before.panel.state.text() == "the camera is gone: plug it in"


def test_a_source_that_cannot_be_checked_says_why(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.start_problem = CameraProblem("lecture.mp4 is not there: choose another file")
    QTest.mouseClick(window.live.setup.check, LEFT)
    assert window.problem_notice.message == "lecture.mp4 is not there: choose another file"
    assert window.live.setup.check.text() == "Chec&k the room"


def test_another_choice_looks_again_with_it(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    setup = chosen(qtbot, window)
    first = check(qtbot, window, services)
    setup.resolution.setCurrentIndex(setup.resolution.findData("1920x1080"))
    qtbot.waitUntil(lambda: len(services.checked) == 2)
    assert not first.now.running
    assert services.checked[1].request.resolution == "1920x1080"
    assert window.live.before.control.running


def test_a_choice_without_a_check_opens_no_camera(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    setup = chosen(qtbot, window)
    setup.mode.setCurrentIndex(setup.mode.findData("near"))
    assert services.checked == []


def test_the_finder_that_is_chosen_is_in_force_when_the_check_begins(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.finder_options.append(ModelOption("yunet", "YuNet", "2026may", ""))
    window.live.before.list_models()
    setup = window.live.setup
    qtbot.waitUntil(lambda: setup.finder.count() == 2)
    setup.finder.choose("yunet")
    check(qtbot, window, services)
    assert services.settings.finder == "yunet"


def test_the_key_begins_and_ends_a_check_but_not_in_a_session(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: len(services.checked) == 1)
    QTest.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: not services.checked[0].now.running)
    qtbot.waitUntil(lambda: not window.live.before.control.holds_camera)
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.live.control.phase is Phase.RUNNING)
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert len(services.checked) == 1


def test_closing_waits_until_the_camera_is_free(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    preview = check(qtbot, window, services)
    preview.may_stop.clear()
    window.close()
    qtbot.waitUntil(lambda: preview.stopped_in == ["stop room check"])
    assert window.isVisible()
    preview.may_stop.set()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_where_no_moods_are_computed_no_model_is_chosen_and_no_mix_is_promised(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.save_settings(Settings(region="eu", informed=True, group_minimum=100))
    window.live.on_settings_changed()
    assert not window.live.setup.model.isEnabled()
    check(qtbot, window, services)
    panel = window.live.before.panel
    qtbot.waitUntil(lambda: bool(panel.advice.shown))
    assert not any("mix" in line.text for line in panel.advice.shown)


def test_a_resolution_is_offered_for_cameras_only(qtbot: QtBot, window: MainWindow) -> None:
    setup = chosen(qtbot, window)
    assert setup.resolution.isEnabled()
    setup.source.choose("/videos/week 3.mp4")
    assert not setup.resolution.isEnabled()
    setup.source.choose("Lecture hall camera")
    assert setup.resolution.isEnabled()


@pytest.fixture
def picker(qtbot: QtBot) -> SourcePicker:
    """A picker, shown, that lists two cameras; the first is chosen by the user."""
    picker = SourcePicker()
    qtbot.addWidget(picker)
    with qtbot.waitExposed(picker):
        picker.show()
    picker.show_cameras(CAMERAS)
    picker.choose("Lecture hall camera")
    return picker


def texts(picker: SourcePicker) -> list[str]:
    return [picker.itemText(row) for row in range(picker.count())]


def test_a_camera_that_vanishes_while_the_list_is_open(qtbot: QtBot, picker: SourcePicker) -> None:
    picker.showPopup()
    before = texts(picker)
    picker.show_cameras(CAMERAS[1:])
    assert texts(picker) == before  # nobody clicks on a neighbour
    picker.hidePopup()
    qtbot.waitUntil(lambda: texts(picker) != before)
    assert texts(picker)[:2] == ["Laptop camera", "Lecture hall camera (not there)"]
    assert picker.currentText() == "Lecture hall camera (not there)"
    assert picker.source == "Lecture hall camera"


def test_a_camera_that_vanished_while_it_was_clicked_on(qtbot: QtBot, picker: SourcePicker) -> None:
    picker.showPopup()
    picker.show_cameras(CAMERAS[:1])
    row = picker.findText("Laptop camera")
    picker.hidePopup()
    picker.setCurrentIndex(row)
    picker.activated.emit(row)
    qtbot.waitUntil(lambda: picker.currentText() == "Laptop camera (not there)")
    assert picker.source == "Laptop camera"


def test_a_camera_that_comes_back_is_itself_again(picker: SourcePicker) -> None:
    picker.show_cameras([])
    assert picker.currentText() == "Lecture hall camera (not there)"
    picker.show_cameras(CAMERAS)
    assert picker.currentText() == "Lecture hall camera"
    assert texts(picker).count("Lecture hall camera") == 1


def test_a_kept_camera_that_is_not_there_is_said(qtbot: QtBot) -> None:
    picker = SourcePicker()
    qtbot.addWidget(picker)
    picker.choose("Old camera")
    assert picker.currentText() == "Old camera"  # nothing is known yet
    picker.show_cameras(CAMERAS)
    assert picker.currentText() == "Old camera (not there)"
    assert picker.is_camera
    picker.choose("hall")  # part of a name is enough
    assert picker.currentText() == "hall"


def test_without_a_choice_the_demo_stands_in_for_a_camera_that_went(qtbot: QtBot) -> None:
    picker = SourcePicker()
    qtbot.addWidget(picker)
    picker.show_cameras(CAMERAS)
    picker.show_cameras([])
    assert picker.source == "demo"


@pytest.mark.parametrize(
    ("source", "is_camera"),
    [
        ("0", True),
        ("Laptop camera", True),
        ("demo", False),
        ("rtsp://hall/1", False),
        ("/videos/week3", False),
        ("week3.mp4", False),
    ],
)
def test_what_can_only_be_a_camera(source: str, is_camera: bool) -> None:
    assert is_camera_name(source) == is_camera


def test_what_was_typed_outlives_changed_settings(qtbot: QtBot) -> None:
    setup = SessionSetup()
    qtbot.addWidget(setup)
    setup.fill(Settings(title="Week 3", mode="room"))
    setup.title.setText("Week 4")
    setup.fill(Settings(title="Week 3", mode="near"))
    assert setup.title.text() == "Week 4"
    assert setup.mode.currentData() == "near"
    setup.fill(Settings(title="Week 5", mode="near"))
    assert setup.title.text() == "Week 5"
