"""Sessions beside each other: overlaid by start or segment, a course over its weeks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotations, Exclusion, Segment
from classroom_monitor.gui.compare_page import ComparePage
from classroom_monitor.gui.comparison import load_comparison, only
from classroom_monitor.gui.comparison_table import ComparedRows
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.gui.sessions_page import SessionsPage
from tests.fakes.services import FakeServices, point, stored_session

LEFT = Qt.MouseButton.LeftButton
SHARES = {1: (0.2, 0.3, 0.5), 2: (0.4, 0.4, 0.2), 3: (0.1, 0.1, 0.8)}


def lecture(number: int, *, counts_only: bool = False) -> StoredSession:
    """Return a session of 60 s of one mix, a week after the one before, with two segments."""
    session = stored_session(7 * number, f"Week {number}")
    shares = None if counts_only else SHARES[number]
    points = tuple(point(t_s, shares) for t_s in range(60))
    segments = (Segment(1, 0.0, "Recap"), Segment(2, 10.0 * number, "Proof"))
    info = replace(
        session.info, session_id=number, course="Statistics", seconds=60, counts_only=counts_only
    )
    return StoredSession(info, points, Annotations((), segments))


@pytest.fixture
def page(qtbot: QtBot, sessions_page: SessionsPage, services: FakeServices) -> SessionsPage:
    """The page with three sessions of a course listed."""
    services.stored = {n: lecture(n) for n in SHARES}
    sessions_page.refresh()
    qtbot.waitUntil(lambda: sessions_page.table.sessions.rowCount() == len(SHARES))
    return sessions_page


def compared(qtbot: QtBot, page: SessionsPage) -> ComparePage:
    qtbot.waitUntil(lambda: page.compare.comparison is not None)
    return page.compare


def test_selected_sessions_are_laid_over_each_other(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    assert compare.isVisible()
    assert compare.title.whole == "3 sessions compared"
    assert compare.plots.currentWidget() is compare.overlay
    drawn = compare.overlay.curves.values
    assert np.nanmean(drawn, axis=1) == pytest.approx([0.5, 0.2, 0.8])
    names = [compare.rows.index(row, ComparedRows.NAME).data() for row in range(3)]
    assert names == ["Week 1", "Week 2", "Week 3"]


def test_another_value_is_drawn(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    compare.choices.measures.button(0).click()
    assert np.nanmean(compare.overlay.curves.values, axis=1) == pytest.approx([0.2, 0.4, 0.1])
    assert compare.choices.compared == "negative"


def test_segments_of_one_title_begin_together(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    compare.choices.views.button(1).click()
    assert compare.comparison is not None
    assert compare.comparison.by_segment is not None
    assert [slot.title for slot in compare.comparison.by_segment.slots] == ["Recap", "Proof"]


def test_a_hidden_session_leaves_the_others_their_colours(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    box = compare.rows.index(0, ComparedRows.NAME)
    assert compare.rows.setData(box, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    drawn = compare.overlay.curves.values
    assert np.isnan(drawn[0]).all()
    assert np.nanmean(drawn[1:], axis=1) == pytest.approx([0.2, 0.8])


def test_a_course_is_shown_over_its_weeks(qtbot: QtBot, page: SessionsPage) -> None:
    page.table.select(2)
    QTest.mouseClick(page.list.actions_row.course, LEFT)
    compare = compared(qtbot, page)
    assert compare.title.whole == "Statistics over its weeks"
    assert compare.plots.currentWidget() is compare.weeks
    middle, low, high = compare.weeks.values()
    assert middle == pytest.approx([0.5, 0.2, 0.8])
    assert all(a <= b <= c for a, b, c in zip(low, middle, high, strict=True))
    weeks = [compare.rows.index(row, ComparedRows.WEEK).data() for row in range(3)]
    assert weeks == ["1", "2", "3"]


def test_a_session_opens_from_the_comparison_and_leads_back_to_it(
    qtbot: QtBot, page: SessionsPage
) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    compare.table.selectRow(1)
    QTest.keyClick(compare.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.view.isVisible)
    assert page.session is not None
    assert page.session.info.session_id == 2
    QTest.mouseClick(page.view.head.back, LEFT)
    assert compare.isVisible()
    QTest.mouseClick(compare.back, LEFT)
    assert page.list.isVisible()
    assert compare.comparison is None


def action(compare: ComparePage, words: str) -> QAction:
    return next(one for one in compare.more.menu().actions() if words in one.text())


def test_the_comparison_is_copied_as_it_is_shown(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    with qtbot.waitSignal(page.exports.said) as said:
        action(compare, "Copy").trigger()
    assert said.args == ["The comparison is on the clipboard."]
    image = QGuiApplication.clipboard().image()
    assert image.width() > 2 * compare.shown.width()
    curves = colours_for(compare.palette()).curves
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 7)
        for y in range(0, image.height())
    }
    assert {curves[number].name() for number in range(3)} <= drawn
    qtbot.waitUntil(lambda: services.noted == ["clipboard 3"])
    QGuiApplication.clipboard().clear()


def test_the_comparison_is_saved_under_its_title(
    qtbot: QtBot, page: SessionsPage, services: FakeServices, tmp_path: Path
) -> None:
    page.table.select(2)
    QTest.mouseClick(page.list.actions_row.course, LEFT)
    compare = compared(qtbot, page)
    action(compare, "Save").trigger()
    dialog = compare.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "Statistics-over-its-weeks.png"
    dialog.fileSelected.emit(str(tmp_path / "weeks.png"))
    assert QImage(str(tmp_path / "weeks.png")).width() > 2 * compare.shown.width()
    qtbot.waitUntil(lambda: services.noted == ["picture 3"])
    with qtbot.waitSignal(page.problem):
        dialog.fileSelected.emit(str(tmp_path / "missing" / "weeks.png"))
    dialog.reject()


def test_a_session_that_is_gone_is_named_and_the_others_compared(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.table.selectAll()
    del services.stored[3]
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    assert compare.notice.message == "there is no session 3: refresh the list"
    assert compare.rows.rowCount() == 2


def test_where_no_session_is_left_the_list_comes_back(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.table.selectAll()
    services.stored.clear()
    with qtbot.waitSignal(page.problem):
        QTest.mouseClick(page.list.actions_row.compare, LEFT)
    qtbot.waitUntil(page.list.isVisible)


def test_counts_only_sessions_are_compared_by_faces(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    services.stored = {n: lecture(n, counts_only=True) for n in SHARES}
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.compare, LEFT)
    compare = compared(qtbot, page)
    assert compare.choices.compared == "seen"
    assert not compare.choices.measures.button(0).isEnabled()
    assert compare.table.isColumnHidden(ComparedRows.NEGATIVE)
    assert np.nanmean(compare.overlay.curves.values) == pytest.approx(12)


def test_what_is_left_out_of_a_session_is_left_out_of_comparisons() -> None:
    session = lecture(1)
    mixed = tuple(point(t_s, (0.9, 0.1, 0.0) if t_s < 30 else (0.2, 0.3, 0.5)) for t_s in range(60))
    left_out = Annotations(exclusions=(Exclusion(1, 0.0, 30.0),))
    stored = replace(session, points=mixed, annotations=left_out)
    comparison = load_comparison(lambda _: stored, (1,))
    assert np.nanmax(comparison.by_start.shares[0, :, 0]) == pytest.approx(0.2)
    assert comparison.rows[0].summary.seconds == 30


def test_hiding_keeps_the_shape() -> None:
    comparison = load_comparison(lecture, (1, 2))
    shown = only(comparison.by_start, (False, True))
    assert np.isnan(shown.shares[0]).all()
    assert np.isnan(shown.seen[0]).all()
    assert np.array_equal(shown.shares[1], comparison.by_start.shares[1], equal_nan=True)
