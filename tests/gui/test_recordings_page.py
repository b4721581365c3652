"""The recordings page over a scripted queue, and once over the real program."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import SessionState
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.recording_table import Column
from classroom_monitor.gui.recordings_page import RecordingsPage
from classroom_monitor.live.recording_tasks import RecordingTask, TaskState
from classroom_monitor.program import Program
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import Settings
from tests.fakes.services import FakeServices
from tests.live.clips import write_clip
from tests.live.test_recording_queue import SlowCamera
from tests.live.test_side_by_side import request

LONG_MS = 60_000


class ScriptedQueue:
    """Shows the tasks that a test put here and remembers what it is asked for."""

    def __init__(self, *tasks: RecordingTask) -> None:
        self.shown = tasks
        self.asked: list[tuple[str, int]] = []

    def tasks(self) -> tuple[RecordingTask, ...]:
        return self.shown

    def __getattr__(self, name: str) -> object:
        return lambda task_id: self.asked.append((name, task_id))


def page_over(qtbot: QtBot, queue: ScriptedQueue) -> RecordingsPage:
    services = FakeServices()
    services.recordings = queue  # type: ignore[assignment]
    page = RecordingsPage(services)
    qtbot.addWidget(page)
    page.show()
    return page


def text(page: RecordingsPage, row: int, column: Column) -> str:
    return str(page.table.recordings.index(row, column).data())


def button(page: RecordingsPage, start: str) -> QPushButton:
    (found,) = (
        button
        for button in page.findChildren(QPushButton)
        if button.text().replace("&", "").startswith(start)
    )
    return found


def test_rows_say_how_far_each_recording_is(qtbot: QtBot) -> None:
    queue = ScriptedQueue(
        RecordingTask(1, "a.mp4", TaskState.RUNNING, 30.0, 120.0),
        RecordingTask(2, "b.mp4", TaskState.FAILED, problem="b.mp4 is no video"),
        RecordingTask(3, "c.mp4", TaskState.RUNNING, 65.0, None),
    )
    page = page_over(qtbot, queue)

    assert text(page, 0, Column.PROGRESS) == "25%"
    assert text(page, 0, Column.TIME) == "0:30 / 2:00"
    assert text(page, 1, Column.NOTE) == "b.mp4 is no video"
    assert text(page, 2, Column.TIME) == "1:05"
    assert "0 of 3" in page.count.text()
    assert "1 failed" in page.count.text()


def test_keys_drive_the_selected_recordings(qtbot: QtBot) -> None:
    queue = ScriptedQueue(
        RecordingTask(1, "a.mp4", TaskState.RUNNING, 30.0, 120.0),
        RecordingTask(2, "b.mp4", TaskState.DONE, 9.0, 9.0, session_id=7),
    )
    page = page_over(qtbot, queue)
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    page.table.selectRow(1)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    with qtbot.waitSignal(page.open_session) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)

    assert queue.asked == [("pause", 1), ("cancel", 1), ("remove", 2)]
    assert opened.args == [7]


def test_buttons_allow_what_the_selection_allows(qtbot: QtBot) -> None:
    queue = ScriptedQueue(
        RecordingTask(1, "a.mp4", TaskState.PAUSED, 30.0, 120.0),
        RecordingTask(2, "b.mp4", TaskState.FAILED, problem="no"),
    )
    page = page_over(qtbot, queue)
    assert not button(page, "Pause").isEnabled()
    page.table.selectRow(0)
    QTest.mouseClick(button(page, "Resume"), Qt.MouseButton.LeftButton)
    page.table.selectRow(1)
    assert not button(page, "Pause").isEnabled()
    assert not button(page, "Open").isEnabled()
    QTest.mouseClick(button(page, "Try again"), Qt.MouseButton.LeftButton)

    assert queue.asked == [("resume", 1), ("retry", 2)]


def test_dropped_files_and_folders_are_queued(qtbot: QtBot, tmp_path: Path) -> None:
    services = FakeServices()
    page = RecordingsPage(services)
    qtbot.addWidget(page)
    folder = tmp_path / "week 3"
    folder.mkdir()
    for name in ("two.MP4", "one.mkv", "notes.txt"):
        (folder / name).touch()
    page.course.setText(" Optics ")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder)), QUrl.fromLocalFile(str(tmp_path / "a.mp4"))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: not services.recordings.busy)

    names = [task.name for task in services.recordings.tasks()]
    assert names == ["one.mkv", "two.MP4", "a.mp4"]
    assert services.recording_choices[0].course == "Optics"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    settings = Settings(region="eu", store_dir=str(tmp_path / "store"))  # counts only: no model
    made = Program(settings, tmp_path / "settings.json", None, tmp_path / "statements")
    yield made
    assert made.recordings.close(60)


def test_a_recording_becomes_a_session_and_a_text_file_does_not(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "good.mp4", seconds=2)
    (tmp_path / "notes.txt").write_text("no video")
    page = RecordingsPage(program)
    qtbot.addWidget(page)
    page.add([str(tmp_path / "notes.txt"), str(clip)])
    qtbot.waitUntil(lambda: not program.recordings.busy, timeout=LONG_MS)
    page.on_timeout()

    assert text(page, 0, Column.STATE) == "failed"
    assert "notes.txt" in text(page, 0, Column.NOTE)
    assert text(page, 1, Column.STATE) == "done"
    page.table.selectRow(1)
    with qtbot.waitSignal(page.open_session) as opened:
        page.on_open()
    (session_id,) = opened.args
    session = program.session(session_id)
    assert session.info.state is SessionState.COMPLETE
    assert session.info.counts_only


def test_closing_the_window_stops_what_is_analysed_and_keeps_its_seconds(
    qtbot: QtBot, services: FakeServices, window: MainWindow, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "slow.mp4", seconds=30)
    queue = services.recordings
    queue.add("slow.mp4", partial(request, clip, tmp_path, SlowCamera))
    qtbot.waitUntil(lambda: queue.tasks()[0].done_s > 1.5, timeout=LONG_MS)

    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG_MS)

    assert queue.tasks()[0].state is TaskState.CANCELLED
    with open_store(tmp_path) as store:
        (info,) = store.list_sessions()
    assert info.state is SessionState.INTERRUPTED
    assert info.seconds >= 1
