"""The list of sessions: search, sorting, renaming, thumbnails, deletion that can be undone."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.session_list_model import OUTLINE_ROLE, Column
from classroom_monitor.gui.session_outlines import OUTLINE_COLUMNS
from classroom_monitor.gui.sessions_page import SessionsPage
from tests.fakes.services import STARTED_AT, FakeServices, stored_session

LEFT = Qt.MouseButton.LeftButton
TITLES = {1: "Sampling", 2: "Estimators", 3: "Optics", 4: ""}
COURSES = {1: "Statistics I", 2: "statistics i", 3: "Physics", 4: ""}

NOTES = {3: "the chalk broke"}


@pytest.fixture
def page(qtbot: QtBot, sessions_page: SessionsPage, services: FakeServices) -> SessionsPage:
    """The page with four sessions of two courses, each longer than the one before."""
    for n, title in TITLES.items():
        session = stored_session(n, title)
        info = replace(session.info, course=COURSES[n], seconds=100 * n, notes=NOTES.get(n, ""))
        services.stored[n] = replace(session, info=info)
    sessions_page.refresh()
    qtbot.waitUntil(lambda: sessions_page.table.sessions.rowCount() == len(TITLES))
    return sessions_page


def shown_ids(page: SessionsPage) -> list[int]:
    return [info.session_id for info in page.table.shown.infos()]


def test_every_word_of_a_search_must_be_somewhere(page: SessionsPage) -> None:
    for text, found in (
        ("", [4, 3, 2, 1]),
        ("STAT", [2, 1]),
        ("stat sampl", [1]),
        ("chalk", [3]),
        ("2026-03-06", [4]),
        ("stat optics", []),
    ):
        page.list.search.setText(text)
        assert shown_ids(page) == found, text
    assert page.list.count.text() == "0 of 4 sessions"
    assert page.list.search.accessibleName() != ""


def test_a_course_is_one_whatever_the_case_of_its_letters(page: SessionsPage) -> None:
    courses = page.list.course
    names = [courses.itemText(row) for row in range(courses.count())]
    assert names == ["All courses", "Physics", "Statistics I", "Without a course"]
    for row, found in ((2, [2, 1]), (1, [3]), (3, [4]), (0, [4, 3, 2, 1])):
        courses.setCurrentIndex(row)
        assert shown_ids(page) == found


def test_a_course_stays_chosen_when_the_list_is_read_again(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.list.course.setCurrentIndex(3)
    services.stored[5] = stored_session(5, "new")
    page.refresh()
    qtbot.waitUntil(lambda: page.table.sessions.rowCount() == 5)
    assert shown_ids(page) == [5, 4]
    assert page.list.course.currentText() == "Without a course"


def test_columns_sort_by_what_they_mean(page: SessionsPage) -> None:
    page.table.sortByColumn(Column.LENGTH, Qt.SortOrder.AscendingOrder)
    assert shown_ids(page) == [1, 2, 3, 4]
    page.table.sortByColumn(Column.TITLE, Qt.SortOrder.AscendingOrder)
    assert shown_ids(page) == [4, 2, 3, 1]
    page.table.sortByColumn(Column.DATE, Qt.SortOrder.AscendingOrder)
    assert shown_ids(page) == [1, 2, 3, 4]


def test_thumbnails_are_read_for_the_rows_in_sight(qtbot: QtBot, page: SessionsPage) -> None:
    model = page.table.sessions

    def outline() -> np.ndarray | None:
        kept: np.ndarray | None = model.index(0, Column.OUTLINE).data(OUTLINE_ROLE)
        return kept

    qtbot.waitUntil(lambda: outline() is not None)
    kept = outline()
    assert kept is not None
    assert kept.shape == (OUTLINE_COLUMNS, 5)


def test_f2_renames(qtbot: QtBot, page: SessionsPage, services: FakeServices) -> None:
    page.table.select(3)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    field = page.table.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText("  Waves  ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.stored[3].info.title == "Waves")
    assert page.table.sessions.info(1).title == "Waves"
    assert page.session is None  # Enter ended the typing, it didn't open the session


def test_a_name_that_cannot_be_stored_is_taken_back(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    services.store_problem = StoreProblem("the store is locked: try again")
    model = page.table.sessions
    with qtbot.waitSignal(page.problem):
        model.setData(model.index(0, Column.TITLE), "lost")
    qtbot.waitUntil(lambda: model.info(0).title == "")


def test_a_deleted_session_can_be_brought_back(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.table.select(2)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown_ids(page) == [4, 3, 1])
    assert page.deleted.message == "“Estimators” is deleted."
    page.deleted.on_action()
    qtbot.waitUntil(lambda: shown_ids(page) == [4, 3, 2, 1])
    assert services.purged == []
    assert page.deleted.message == ""


def test_deleted_sessions_are_gone_once_undo_was_not_wanted(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.table.selectAll()
    QTest.mouseClick(page.list.actions_row.delete, LEFT)
    qtbot.waitUntil(lambda: page.table.sessions.rowCount() == 0)
    qtbot.waitUntil(lambda: page.deleted.message == "4 sessions are deleted.")
    page.trash.purge()
    qtbot.waitUntil(lambda: sorted(services.purged) == [1, 2, 3, 4])
    page.trash.undo()
    assert services.stored == {}


def test_a_session_that_is_recorded_is_not_deleted(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    running = services.stored[1]
    info = replace(running.info, state=SessionState.RUNNING)
    services.stored[1] = replace(running, info=info)
    page.table.select(1)
    with qtbot.waitSignal(page.problem) as said:
        QTest.mouseClick(page.list.actions_row.delete, LEFT)
    assert "is being recorded" in str((said.args or [""])[0])
    assert 1 in services.stored
    assert page.deleted.message == ""


def test_a_session_deleted_elsewhere_leaves_the_list(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    del services.stored[3]
    page.refresh()
    qtbot.waitUntil(lambda: shown_ids(page) == [4, 2, 1])


def test_what_can_be_done_follows_the_selection(page: SessionsPage) -> None:
    listed = page.list
    assert not listed.actions_row.open.isEnabled()
    page.table.select(1)
    assert listed.actions_row.open.isEnabled()
    assert listed.actions_row.course.isEnabled()
    assert not listed.actions_row.compare.isEnabled()
    page.table.selectAll()
    assert listed.actions_row.compare.isEnabled()
    assert not listed.actions_row.open.isEnabled()
    assert not listed.actions_row.course.isEnabled()
    assert listed.count.text() == "4 of 4 selected"


def test_the_selection_outlives_a_new_list(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.table.select(2)
    newest = stored_session(9, "newest")
    info = replace(newest.info, started_at=STARTED_AT + timedelta(days=90))
    services.stored[9] = replace(newest, info=info)
    page.refresh()
    qtbot.waitUntil(lambda: page.table.sessions.rowCount() == 5)
    assert page.table.selected() == (2,)


def test_an_empty_store_says_where_sessions_come_from(
    qtbot: QtBot, sessions_page: SessionsPage
) -> None:
    sessions_page.refresh()
    QApplication.processEvents()
    assert sessions_page.list.hint == "No session is stored yet. The Live page makes one."
    assert not sessions_page.list.actions_row.delete.isEnabled()
