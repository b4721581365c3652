"""The sessions page: list, open, stale answers, timeline, export."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.export_dialog import ExportDialog
from classroom_monitor.gui.session_list_model import Column
from classroom_monitor.gui.sessions_page import SessionsPage
from classroom_monitor.gui.timeline_plot import TimelinePlot
from tests.fakes.services import FakeServices, point, stored_session
from tests.gui.reviews import show_stored

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, sessions_page: SessionsPage, services: FakeServices) -> SessionsPage:
    """The page with two sessions listed."""
    services.stored = {n: stored_session(n, f"Week {n}") for n in (1, 2)}
    sessions_page.refresh()
    qtbot.waitUntil(lambda: sessions_page.table.sessions.rowCount() == 2)
    return sessions_page


def test_sessions_are_listed_newest_first(page: SessionsPage) -> None:
    model = page.table.shown
    rows = [[model.index(row, column).data() for column in Column] for row in range(2)]
    assert [row[Column.TITLE] for row in rows] == ["Week 2", "Week 1"]
    assert rows[0][Column.LENGTH :] == ["0:10", "Lecture hall camera", "complete"]
    assert page.list.count.text() == "2 sessions"


def test_a_double_click_opens(qtbot: QtBot, page: SessionsPage) -> None:
    where = page.table.visualRect(page.table.shown.index(1, Column.TITLE)).center()
    viewport = page.table.viewport()
    QTest.mouseClick(viewport, LEFT, pos=where)
    QTest.mouseDClick(viewport, LEFT, pos=where)
    qtbot.waitUntil(lambda: page.session is not None)
    assert page.session == stored_session(1, "Week 1")
    plot = page.view.timeline.plot
    assert len(plot.series) == 10
    assert len(plot.markers) == 1
    assert np.isnan(plot.moods.values[4:8]).all()
    assert page.view.summary.length.text == "0:10"
    assert page.view.summary.with_mix.text == "60%"


def test_an_answer_that_comes_too_late_is_ignored(
    qtbot: QtBot,
    page: SessionsPage,
    services: FakeServices,
    earlier_threads: set[threading.Thread],
) -> None:
    services.load_gates[1] = threading.Event()
    page.open(1)
    page.open(2)
    qtbot.waitUntil(lambda: page.session is not None)
    services.load_gates[1].set()
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= earlier_threads)
    QApplication.processEvents()
    assert page.session == stored_session(2, "Week 2")


def test_a_session_that_is_gone_says_so(qtbot: QtBot, page: SessionsPage) -> None:
    with qtbot.waitSignal(page.problem) as said:
        page.open(99)
    assert [str(error) for error in said.args or ()] == ["there is no session 99: refresh the list"]


def test_keys_zoom_pan_and_show_everything(qtbot: QtBot, page: SessionsPage) -> None:
    plot = _long_session(page)
    whole = plot.view_s
    assert whole == (0, 400)
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.view_s == pytest.approx((80, 320))
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.view_s == pytest.approx((32, 272))
    for _ in range(5):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.view_s == pytest.approx((160, 400))
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert plot.view_s == whole


def test_export_writes_where_the_user_says(
    qtbot: QtBot, page: SessionsPage, services: FakeServices, tmp_path: Path
) -> None:
    show_stored(page, stored_session(1, "Week 1"))
    page.export()
    dialog = page.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    path = tmp_path / "week.pdf"
    dialog.target.setText(str(path))
    QTest.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: page.news.message != "")
    assert services.exported == [((1,), path, "pdf")]
    assert page.news.message == f"Exported to {path}"


def test_nothing_can_be_exported_without_a_selection(page: SessionsPage) -> None:
    assert not page.list.actions_row.export.isEnabled()
    page.export()
    assert page.findChild(ExportDialog) is None


def test_several_selected_sessions_are_exported_at_once(page: SessionsPage) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.export, LEFT)
    dialog = page.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog.session_ids == (2, 1)


def _long_session(page: SessionsPage) -> TimelinePlot:
    short = stored_session(1)
    points = tuple(point(t_s, (0.2, 0.3, 0.5)) for t_s in range(400))
    show_stored(page, replace(short, points=points))
    return page.view.timeline.plot


def test_the_timeline_is_copied_as_a_picture(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    show_stored(page, stored_session(1, "Week 1"))
    QApplication.clipboard().clear()
    page.view.head.copy_requested.emit()
    qtbot.waitUntil(lambda: page.news.message != "")
    assert not QApplication.clipboard().image().isNull()
    qtbot.waitUntil(lambda: services.noted == ["clipboard 1"])


def test_the_timeline_is_saved_where_the_user_says(
    qtbot: QtBot, page: SessionsPage, services: FakeServices, tmp_path: Path
) -> None:
    show_stored(page, stored_session(1, "Week 1"))
    path = tmp_path / "plot.svg"
    page.view.head.save_requested.emit()
    dialog = page.view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    qtbot.waitUntil(lambda: page.news.message == f"Saved as {path}")
    assert "<svg" in path.read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: services.noted == ["picture 1"])


def test_a_target_that_cannot_be_written_is_said(
    qtbot: QtBot, page: SessionsPage, tmp_path: Path
) -> None:
    show_stored(page, stored_session(1, "Week 1"))
    page.view.head.save_requested.emit()
    dialog = page.view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    with qtbot.waitSignal(page.problem) as said:
        dialog.fileSelected.emit(str(tmp_path / "missing" / "plot.png"))
    dialog.reject()
    assert "plot.png" in str((said.args or [""])[0])
