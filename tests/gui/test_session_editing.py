"""An opened session: markers, segments and exclusions edited with undo; details; other windows."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import (
    Annotations,
    Exclusion,
    ImportedSegment,
    Marker,
    Segment,
    SessionState,
)
from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.annotation_dialog import AnnotationDialog
from classroom_monitor.gui.annotation_editor import unnumbered
from classroom_monitor.gui.formats import NO_VALUE
from classroom_monitor.gui.segment_import_dialog import SegmentImportDialog
from classroom_monitor.gui.segment_table import SegmentRows
from classroom_monitor.gui.sessions_page import SessionsPage
from tests.fakes.services import FakeServices, point, stored_session

LEFT = Qt.MouseButton.LeftButton
QUESTION = Marker(1, 2.5, "question")
RECAP, PROOF = Segment(1, 0.0, "Recap"), Segment(2, 200.0, "Proof")


@pytest.fixture
def page(qtbot: QtBot, sessions_page: SessionsPage, services: FakeServices) -> SessionsPage:
    """The page with an opened session of 400 s: a marker and two segments."""
    points = tuple(point(t_s, (0.2, 0.3, 0.5)) for t_s in range(400))
    annotations = Annotations((QUESTION,), (RECAP, PROOF))
    session = replace(stored_session(1, "Week 1"), points=points, annotations=annotations)
    services.stored = {1: session, 2: stored_session(2, "Week 2")}
    sessions_page.open(1)
    qtbot.waitUntil(lambda: sessions_page.session is not None)
    return sessions_page


@pytest.fixture
def stored(services: FakeServices) -> "Stored":
    return Stored(services)


class Stored:
    """What the program behind the window has stored of session 1."""

    def __init__(self, services: FakeServices) -> None:
        self._services = services

    @property
    def now(self) -> Annotations:
        return self._services.stored[1].annotations


def settled(qtbot: QtBot, page: SessionsPage, stored: Stored, wanted: Annotations) -> None:
    """Wait until the store holds what is wanted, and the timeline shows it."""
    qtbot.waitUntil(lambda: stored.now == wanted)
    qtbot.waitUntil(lambda: page.view.plot.annotations == wanted)


def press(qtbot: QtBot, page: SessionsPage, keys: QKeySequence.StandardKey) -> None:
    """Press keys once no dialog is in the way any more."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keySequence(page.view, QKeySequence(keys))


def test_a_moved_marker_is_stored_and_can_be_put_back(
    qtbot: QtBot, page: SessionsPage, stored: Stored
) -> None:
    before = stored.now
    moved = replace(before, markers=(replace(QUESTION, t_s=90.0),))
    page.view.plot.marker_moved.emit(moved.markers[0])
    settled(qtbot, page, stored, moved)
    press(qtbot, page, QKeySequence.StandardKey.Undo)
    settled(qtbot, page, stored, before)
    press(qtbot, page, QKeySequence.StandardKey.Redo)
    settled(qtbot, page, stored, moved)


def test_a_removed_marker_comes_back_as_it_was(
    qtbot: QtBot, page: SessionsPage, stored: Stored
) -> None:
    before = stored.now
    page.view.tabs.setCurrentIndex(1)
    page.view.tabs.markers.select(QUESTION)
    QTest.keyClick(page.view.tabs.markers, Qt.Key.Key_Delete)
    settled(qtbot, page, stored, replace(before, markers=()))
    assert page.view.tabs.tabText(1) == "Markers"
    assert page.view.head.undo.toolTip() == "Undo removing the marker"
    QTest.mouseClick(page.view.head.undo, LEFT)
    settled(qtbot, page, stored, before)


def test_an_added_segment_is_taken_back_and_added_again(
    qtbot: QtBot, page: SessionsPage, stored: Stored
) -> None:
    before = stored.now
    QTest.mouseClick(page.view.tabs.add_segment, LEFT)
    dialog = page.view.findChild(AnnotationDialog)
    assert isinstance(dialog, AnnotationDialog)
    dialog.start.setText("1:40")
    dialog.text.setText("Example")
    dialog.accept()
    qtbot.waitUntil(lambda: [s.title for s in stored.now.segments] == ["Recap", "Example", "Proof"])
    added = stored.now
    assert added.segments[1].t_s == 100.0
    settled(qtbot, page, stored, added)
    for _ in range(2):
        press(qtbot, page, QKeySequence.StandardKey.Undo)
        settled(qtbot, page, stored, before)
        press(qtbot, page, QKeySequence.StandardKey.Redo)
        settled(qtbot, page, stored, added)


def test_many_edits_in_a_row_are_all_stored_in_order(
    qtbot: QtBot, page: SessionsPage, stored: Stored
) -> None:
    before = stored.now
    for t_s in range(10, 60, 10):
        page.view.plot.marker_moved.emit(replace(QUESTION, t_s=float(t_s)))
    settled(qtbot, page, stored, replace(before, markers=(replace(QUESTION, t_s=50.0),)))
    for _ in range(5):
        press(qtbot, page, QKeySequence.StandardKey.Undo)
    settled(qtbot, page, stored, before)


def test_undo_leaves_alone_what_another_window_added(
    qtbot: QtBot, page: SessionsPage, stored: Stored, services: FakeServices
) -> None:
    theirs = services.annotate(1, (Marker(0, 300.0, "theirs"),), ()).markers[1]
    page.editing.replace(Marker(0, 10.0, "mine"))
    qtbot.waitUntil(lambda: len(page.view.plot.markers) == 3)
    press(qtbot, page, QKeySequence.StandardKey.Undo)
    qtbot.waitUntil(lambda: stored.now.markers == (QUESTION, theirs))


def test_typing_over_a_segment_renames_it(qtbot: QtBot, page: SessionsPage, stored: Stored) -> None:
    rows = page.view.tabs.segments.items
    title = rows.index(2, SegmentRows.TITLE)
    assert title.data() == "Proof"
    assert rows.setData(title, "Lemma")
    start = rows.index(2, SegmentRows.START)
    wanted = replace(stored.now, segments=(RECAP, replace(PROOF, title="Lemma")))
    settled(qtbot, page, stored, wanted)
    assert not rows.setData(start, "no time")
    assert rows.setData(start, "2:00")
    qtbot.waitUntil(lambda: stored.now.segments[1].t_s == 120.0)


def test_what_is_left_out_is_left_out_of_the_numbers(
    qtbot: QtBot, page: SessionsPage, stored: Stored
) -> None:
    rows = page.view.tabs.segments.items
    assert rows.index(1, SegmentRows.TITLE).data() == "Recap"
    page.view.plot.select_range((0.0, 200.0))
    assert page.view.range.isVisible()
    page.view.range.exclude_requested.emit()
    dialog = page.view.findChild(AnnotationDialog)
    assert isinstance(dialog, AnnotationDialog)
    dialog.text.setText("alarm")
    dialog.accept()
    qtbot.waitUntil(lambda: stored.now.exclusions != ())
    (excluded,) = stored.now.exclusions
    assert unnumbered(excluded) == Exclusion(0, 0.0, 200.0, "alarm")
    qtbot.waitUntil(lambda: rows.index(1, SegmentRows.NEGATIVE).data() == NO_VALUE)
    assert rows.index(2, SegmentRows.NEGATIVE).data().startswith("20%")
    assert not page.view.range.isVisible()


def test_the_menu_offers_what_fits_the_place(page: SessionsPage) -> None:
    page.view.plot.context_requested.emit(QUESTION, 2.5, QPoint(10, 10))
    page.view.plot.context_requested.emit(None, 80.0, QPoint(10, 10))
    on_marker, on_nothing = page.view.findChildren(QMenu, "timeline")[:2]
    texts = [action.text() for action in on_marker.actions()]
    assert texts[:2] == ["&Edit…", "&Remove"]
    assert on_nothing.actions()[0].text() == "&Marker here…"
    on_marker.close()
    on_nothing.close()


def test_an_edit_that_fails_is_said_and_shown_as_stored(
    qtbot: QtBot, page: SessionsPage, stored: Stored, services: FakeServices
) -> None:
    before = stored.now
    services.store_problem = StoreProblem("the disk is full: make room")
    with qtbot.waitSignal(page.problem) as said:
        page.view.plot.items.select(QUESTION)
        page.view.plot.items.drag(200.0)
        page.view.plot.items.finish()
    assert str((said.args or [""])[0]) == "the disk is full: make room"
    qtbot.waitUntil(lambda: page.view.plot.annotations == before)
    assert not page.opened.editor.stack.canUndo()


def test_a_session_deleted_while_it_is_open_leads_back_to_the_list(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    del services.stored[1]
    with qtbot.waitSignal(page.problem):
        page.view.plot.remove_requested.emit(QUESTION)
    qtbot.waitUntil(lambda: page.list.isVisible())
    assert page.session is None
    qtbot.waitUntil(lambda: page.table.sessions.rowCount() == 1)


def test_a_session_that_is_recorded_is_read_again(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    session = services.stored[1]
    running = replace(session.info, state=SessionState.RUNNING)
    services.stored[1] = replace(session, info=running)
    page.open(1)
    qtbot.waitUntil(page.view.head.recording.isVisible)
    page.view.plot.show_span(100.0, 150.0)
    longer = (*session.points, *(point(t_s, None, used=2) for t_s in range(400, 460)))
    services.stored[1] = replace(session, info=running, points=longer)
    page.opened.reload()
    qtbot.waitUntil(lambda: page.view.end_s == 460.0)
    assert page.view.plot.view_s == pytest.approx((100.0, 150.0))
    services.stored[1] = replace(session, points=longer)
    page.opened.reload()
    qtbot.waitUntil(lambda: not page.view.head.recording.isVisible())


def test_details_are_stored_when_the_cursor_leaves(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    details = page.view.tabs.details
    page.view.tabs.setCurrentIndex(4)
    details.course.setText("Statistics I")
    details.course.editingFinished.emit()
    qtbot.waitUntil(lambda: services.stored[1].info.course == "Statistics I")
    details.notes.setPlainText("loud outside")
    page.show_list()
    qtbot.waitUntil(lambda: services.stored[1].info.notes == "loud outside")
    assert services.stored[1].info.title == "Week 1"


def test_what_was_typed_last_is_stored_when_another_session_opens(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    page.view.tabs.details.notes.setPlainText("ask about week 3")
    page.open(2)
    qtbot.waitUntil(lambda: page.view.head.title.whole == "Week 2")
    qtbot.waitUntil(lambda: services.stored[1].info.notes == "ask about week 3")
    assert services.stored[2].info.notes == ""


def test_rows_and_timeline_select_each_other(qtbot: QtBot, page: SessionsPage) -> None:
    plot, segments = page.view.plot, page.view.tabs.segments
    plot.select(PROOF)
    assert segments.chosen() == (PROOF,)
    page.activateWindow()
    segments.setFocus()
    qtbot.waitUntil(segments.hasFocus)
    segments.select(RECAP)
    assert plot.selected_item == RECAP


def test_enter_shows_a_segment_on_the_timeline(page: SessionsPage) -> None:
    segments = page.view.tabs.segments
    segments.select(PROOF)
    QTest.keyClick(segments, Qt.Key.Key_Return)
    assert page.view.plot.view_s == pytest.approx((180.0, 400.0))
    assert page.view.plot.selected_item == PROOF


def test_a_double_click_on_numbers_shows_the_row(page: SessionsPage) -> None:
    segments = page.view.tabs.segments
    segments.doubleClicked.emit(segments.items.index(1, SegmentRows.LENGTH))
    assert page.view.plot.view_s == pytest.approx((0.0, 220.0))


def test_another_session_has_a_history_of_its_own(qtbot: QtBot, page: SessionsPage) -> None:
    page.view.plot.marker_moved.emit(replace(QUESTION, t_s=90.0))
    assert page.opened.editor.stack.canUndo()
    page.open(2)
    qtbot.waitUntil(lambda: page.session is not None and page.session.info.session_id == 2)
    assert not page.opened.editor.stack.canUndo()
    assert page.view.head.title.whole == "Week 2"


def test_segments_are_imported_in_one_step(
    qtbot: QtBot, page: SessionsPage, stored: Stored, services: FakeServices
) -> None:
    services.imported_segments = [
        ImportedSegment(None, "First"),
        ImportedSegment(None, "Second"),
        ImportedSegment(900.0, "Too late"),
    ]
    page.importing.on_chosen("slides.pptx")
    qtbot.waitUntil(lambda: page.view.findChild(SegmentImportDialog) is not None)
    dialog = page.view.findChild(SegmentImportDialog)
    assert isinstance(dialog, SegmentImportDialog)
    dialog.begins.setText("0:10")
    dialog.each.setValue(1.5)
    assert dialog.note.text() == "1 would begin after the session's end and are left out."
    before = stored.now
    dialog.accept()
    titles = [("First", 10.0), ("Second", 100.0)]
    qtbot.waitUntil(lambda: [(s.title, s.t_s) for s in stored.now.segments] == titles)
    qtbot.waitUntil(lambda: len(page.view.plot.annotations.segments) == 2)
    press(qtbot, page, QKeySequence.StandardKey.Undo)
    settled(qtbot, page, stored, before)


def test_a_file_without_segments_is_said(
    qtbot: QtBot, page: SessionsPage, services: FakeServices
) -> None:
    services.segments_problem = StoreProblem("slides.pptx is no slide deck: choose another file")
    with qtbot.waitSignal(page.problem) as said:
        page.importing.on_chosen("slides.pptx")
    assert "no slide deck" in str((said.args or [""])[0])


def test_an_empty_session_opens(qtbot: QtBot, page: SessionsPage, services: FakeServices) -> None:
    empty = stored_session(2, "Empty")
    services.stored[2] = replace(
        empty, info=replace(empty.info, seconds=0), points=(), annotations=Annotations()
    )
    page.open(2)
    qtbot.waitUntil(lambda: page.view.head.title.whole == "Empty")
    assert page.view.summary.length.text == "0:00"
    assert page.view.summary.coverage.text == NO_VALUE
