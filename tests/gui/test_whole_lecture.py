"""A whole lecture through the window: real program, real keys and clicks, the demo's audience."""

import csv
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import CameraInfo
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.export_dialog import ExportDialog
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import LIVE, SESSIONS, MainWindow
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings
from tests.fakes.lecture_camera import CAMERA, LectureCamera
from tests.fakes.screen import virtual_screen
from tests.gui.driving import LEFT

ROOT = Path(__file__).resolve().parents[2]
CONTROL = Qt.KeyboardModifier.ControlModifier
SLOW_MS = 120_000
"""Longest wait: models load and seconds pass, on a busy machine slowly."""
PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".npy", ".npz", ".mp4", ".avi"}


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> LectureCamera:
    """The one camera of the machine."""
    camera = LectureCamera()
    monkeypatch.setattr("classroom_monitor.app.make_camera", lambda *_choices: camera)
    cameras = (CameraInfo(0, CAMERA),)
    monkeypatch.setattr("classroom_monitor.program.list_cameras", lambda: cameras)
    return camera


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The real program, never started before, with its files in a folder of its own."""
    settings = Settings(store_dir=str(tmp_path / "store"), marker_labels="question", smoothing_s=3)
    return Program(
        settings, tmp_path / "settings.json", statements_file=tmp_path / "statements.jsonl"
    )


@pytest.fixture
def lecture(
    qtbot: QtBot, program: Program, camera: LectureCamera, earlier_threads: set[threading.Thread]
) -> Iterator[MainWindow]:
    """The window; afterwards it must close, and leave no thread and no light."""
    window = MainWindow(program)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=SLOW_MS)
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= earlier_threads, timeout=SLOW_MS)
    assert not camera.lit.is_set()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def click_in(banner: Banner, text: str) -> None:
    """Click a button of a banner."""
    (button,) = (each for each in banner.findChildren(QPushButton) if each.text() == text)
    QTest.mouseClick(button, LEFT)


def answer_first_page(qtbot: QtBot, window: MainWindow) -> None:
    """Say that the program is used outside the EU, and that those present are told."""
    page = window.gate.page
    assert page is not None
    QTest.keyClick(page.elsewhere, Qt.Key.Key_Space)
    QTest.keyClick(page.informed, Qt.Key.Key_Space)
    QTest.mouseClick(page.go_on, LEFT)
    qtbot.waitUntil(lambda: window.live.setup.source.source == CAMERA)


def start_lecture(qtbot: QtBot, window: MainWindow) -> None:
    """Type a title, press Start, and wait for the first mix."""
    QTest.keyClicks(window.live.setup.title, "Week 3")
    QTest.mouseClick(window.live.setup.start, LEFT)
    wait_for_mix(qtbot, window)


def wait_for_mix(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the newest second has a mix."""
    series = window.live.timeline.plot.series
    qtbot.waitUntil(lambda: bool(np.isfinite(series.shares[-1:, 0]).any()), timeout=SLOW_MS)


def wait_for_gap(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the newest second has no picture."""
    series = window.live.timeline.plot.series
    qtbot.waitUntil(lambda: bool(np.isnan(series.seen[-1:]).any()), timeout=SLOW_MS)


def mark_moments(qtbot: QtBot, window: MainWindow) -> None:
    """Set markers and a topic by keys, and one from the small window."""
    live = window.live
    QTest.keyClick(window, Qt.Key.Key_1)
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(live.controls.marker_text, "demo 2")
    QTest.keyClick(live.controls.marker_text, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_T)
    QTest.keyClicks(live.controls.topic_text, "Sampling")
    QTest.keyClick(live.controls.topic_text, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_F9)
    view = live.mini.view
    assert view is not None
    QTest.mouseClick(view.mark, LEFT)
    with qtbot.waitSignal(view.destroyed):
        QTest.mouseClick(view.back, LEFT)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: len(live.timeline.plot.markers) == 3)


def pause(qtbot: QtBot, window: MainWindow, camera: LectureCamera) -> None:
    """Pause until a second passed without a picture and without the camera's light."""
    QTest.keyClick(window, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: not camera.lit.is_set(), timeout=SLOW_MS)
    wait_for_gap(qtbot, window)
    assert window.live.camera_notice.message.startswith("Paused")
    assert window.live.picture.frame is None
    QTest.mouseClick(window.live.controls.pause, LEFT)
    wait_for_mix(qtbot, window)


def pull_cable(qtbot: QtBot, window: MainWindow, camera: LectureCamera) -> None:
    """Pull the camera's cable, and put it back once that was said and a second is missing."""
    camera.plugged.clear()
    notice = window.live.camera_notice
    qtbot.waitUntil(lambda: "check its cable" in notice.message, timeout=SLOW_MS)
    wait_for_gap(qtbot, window)
    camera.plugged.set()
    qtbot.waitUntil(lambda: notice.message == "", timeout=SLOW_MS)
    assert window.live.news.message == "The source is back."
    wait_for_mix(qtbot, window)


def stop_and_open(qtbot: QtBot, window: MainWindow) -> None:
    """Stop, and open what was saved from the line that says so."""
    with qtbot.waitSignal(window.live.control.saved, timeout=SLOW_MS):
        QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.live.news.message.startswith("Saved: ")
    click_in(window.live.news, "Open")
    assert window.page == SESSIONS
    qtbot.waitUntil(lambda: window.sessions.session is not None, timeout=SLOW_MS)


def review(qtbot: QtBot, window: MainWindow) -> None:
    """Remove the first marker on the timeline by keys, and take that back."""
    plot = window.sessions.view.plot
    whole = len(plot.markers)
    plot.setFocus()
    for _ in range(whole + 1):  # the topic is passed as well
        if plot.selected_item not in plot.markers:
            QTest.keyClick(plot, Qt.Key.Key_Tab)
    assert plot.selected_item in plot.markers
    QTest.keyClick(plot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(plot.markers) == whole - 1, timeout=SLOW_MS)
    QTest.keyClick(plot, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(plot.markers) == whole, timeout=SLOW_MS)


def export(qtbot: QtBot, window: MainWindow, target: Path) -> None:
    """Export the opened session in the format of the file's name."""
    QTest.keyClick(window, Qt.Key.Key_E, CONTROL)
    dialog = window.sessions.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    (button,) = (
        button for kind, button in dialog.formats.buttons.items() if f".{kind}" == target.suffix
    )
    QTest.keyClick(button, Qt.Key.Key_Space)
    dialog.target.selectAll()
    QTest.keyClicks(dialog.target, str(target))
    with qtbot.waitSignal(dialog.exported, timeout=SLOW_MS):
        QTest.mouseClick(dialog.export_button, LEFT)
    assert str(target) in window.sessions.news.message
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_a_whole_lecture(
    qtbot: QtBot, lecture: MainWindow, program: Program, camera: LectureCamera, tmp_path: Path
) -> None:
    answer_first_page(qtbot, lecture)
    assert lecture.page == LIVE
    assert not camera.lit.is_set()  # nothing looks before it is asked to
    start_lecture(qtbot, lecture)
    mark_moments(qtbot, lecture)
    pause(qtbot, lecture, camera)
    pull_cable(qtbot, lecture, camera)
    stop_and_open(qtbot, lecture)
    assert lecture.live.control.phase is Phase.IDLE
    assert lecture.problem_notice.message == ""
    review(qtbot, lecture)
    for name in ("lecture.csv", "lecture.html"):
        export(qtbot, lecture, tmp_path / name)
    check_stored(program)
    check_exported(tmp_path, program)
    left = [path for path in tmp_path.rglob("*") if path.suffix.lower() in PICTURES]
    assert left == []
    assert QApplication.activeModalWidget() is None


def check_stored(program: Program) -> None:
    """What was done is stored, with holes where nothing was seen."""
    (info,) = program.sessions()
    session = program.session(info.session_id)
    assert (info.title, info.source) == ("Week 3", CAMERA)
    assert [point.t_s for point in session.points] == list(range(info.seconds))
    gaps = [point.gap for point in session.points]
    holes = [now and not before for before, now in zip([False, *gaps], gaps, strict=False)]
    assert sum(holes) >= 2  # the pause, and the pulled cable
    assert any(point.shares is not None for point in session.points)
    texts = [marker.text for marker in session.annotations.markers]
    assert texts == ["question", "demo 2", "", "Paused", "Resumed"]
    assert [segment.title for segment in session.annotations.segments] == ["Sampling"]


def check_exported(folder: Path, program: Program) -> None:
    """The files hold what the store holds."""
    (info,) = program.sessions()
    with (folder / "lecture.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == info.seconds
    markers = " ".join(row["marker"] for row in rows)
    for text in ("question", "demo 2", "Paused", "Resumed"):
        assert text in markers
    assert rows[-1]["segment"] == "Sampling"
    assert "Week 3" in (folder / "lecture.html").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no Xvfb on this machine")
def test_a_whole_lecture_on_a_screen() -> None:
    with virtual_screen() as display:
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        test = f"{Path(__file__).relative_to(ROOT)}::{test_a_whole_lecture.__name__}"
        result = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=4 * SLOW_MS / 1000,
            check=False,
        )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 passed" in result.stdout
