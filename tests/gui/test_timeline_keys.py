"""Everything on a timeline through the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.timeline_plot import TimelinePlot
from tests.fakes.services import point

KEY = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TOPIC, QUESTION, DRILL = Segment(1, 10.0, "Topic"), Marker(1, 50.0, "why"), Exclusion(1, 80.0, 90.0)
FAR = Marker(2, 180.0, "late")
EVERYTHING = Annotations((QUESTION, FAR), (TOPIC,), (DRILL,))


class Desk(QWidget):
    """A timeline between two fields."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.after = QLineEdit(), QLineEdit()
        self.plot = TimelinePlot(navigable=True)
        column = QVBoxLayout(self)
        for widget in (self.before, self.plot, self.after):
            column.addWidget(widget)
        self.resize(800, 400)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A session of 200 s with five things on it, and the focus in its timeline."""
    desk = Desk()
    qtbot.addWidget(desk)
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    desk.plot.extend([point(t_s, (0.2, 0.3, 0.5)) for t_s in range(200)])
    desk.plot.show_all()
    desk.plot.show_annotations(EVERYTHING)
    desk.plot.set_editable(True)
    desk.plot.setFocus(Qt.FocusReason.TabFocusReason)
    return desk


def test_tab_goes_through_what_is_in_view_and_on(desk: Desk) -> None:
    passed: list[object] = []
    desk.plot.item_selected.connect(passed.append)
    for _ in range(5):
        QTest.keyClick(desk.plot, KEY.Key_Tab)
    assert passed == [TOPIC, QUESTION, DRILL, FAR, None]
    assert QApplication.focusWidget() is desk.after
    QTest.keyClick(desk.after, KEY.Key_Backtab, SHIFT)
    QTest.keyClick(desk.plot, KEY.Key_Backtab, SHIFT)
    assert desk.plot.selected_item == FAR


def test_what_is_out_of_view_is_passed_over(desk: Desk) -> None:
    desk.plot.show_span(0, 60)
    QTest.keyClick(desk.plot, KEY.Key_Backtab, SHIFT)
    assert desk.plot.selected_item == QUESTION


def test_escape_lets_tab_leave_at_once(desk: Desk) -> None:
    QTest.keyClick(desk.plot, KEY.Key_Tab)
    QTest.keyClick(desk.plot, KEY.Key_Escape)
    assert desk.plot.selected_item is None
    QTest.keyClick(desk.plot, KEY.Key_Tab)
    assert QApplication.focusWidget() is desk.after


def test_the_selected_thing_is_said(desk: Desk) -> None:
    desk.plot.select(QUESTION)
    assert desk.plot.accessibleDescription() == "Marker at 0:50: why (2 of 4)"
    desk.plot.select(DRILL)
    assert desk.plot.accessibleDescription() == "Left out from 1:20 to 1:30 (3 of 4)"
    desk.plot.select(None)
    assert desk.plot.accessibleDescription() == ""


def test_an_arrow_held_down_is_one_move(desk: Desk) -> None:
    moved: list[object] = []
    desk.plot.marker_moved.connect(moved.append)
    desk.plot.select(QUESTION)
    for _ in range(3):
        QTest.keyPress(desk.plot, KEY.Key_Right)
    assert moved == []
    assert desk.plot.markers[0].t_s == 53
    QTest.keyRelease(desk.plot, KEY.Key_Right)
    assert moved == [Marker(1, 53.0, "why")]
    assert desk.plot.accessibleDescription() == "Marker at 0:53: why (2 of 4)"


def test_a_move_that_failed_is_put_back(desk: Desk) -> None:
    desk.plot.select(QUESTION)
    QTest.keyClick(desk.plot, KEY.Key_Right)
    desk.plot.show_annotations(EVERYTHING)
    assert desk.plot.annotations == EVERYTHING
    assert desk.plot.selected_item == QUESTION


def test_moves_add_up_before_they_are_stored(desk: Desk) -> None:
    for item in (QUESTION, FAR):
        desk.plot.select(item)
        QTest.keyClick(desk.plot, KEY.Key_Left)
    assert [marker.t_s for marker in desk.plot.markers] == [49, 179]


def test_escape_puts_back_what_is_being_moved(qtbot: QtBot, desk: Desk) -> None:
    desk.plot.select(TOPIC)
    with qtbot.assertNotEmitted(desk.plot.segment_moved):
        QTest.keyPress(desk.plot, KEY.Key_Right, SHIFT)
        assert desk.plot.annotations.segments[0].t_s == 20
        QTest.keyClick(desk.plot, KEY.Key_Escape)
        QTest.keyRelease(desk.plot, KEY.Key_Right)
    assert desk.plot.annotations == EVERYTHING


def test_leaving_tells_of_the_move(qtbot: QtBot, desk: Desk) -> None:
    desk.plot.select(TOPIC)
    QTest.keyPress(desk.plot, KEY.Key_Left)
    with qtbot.waitSignal(desk.plot.segment_moved) as told:
        desk.after.setFocus()
    assert told.args == [Segment(1, 9.0, "Topic")]


def test_both_ends_of_an_exclusion_move(desk: Desk) -> None:
    told: list[object] = []
    desk.plot.exclusion_changed.connect(told.append)
    desk.plot.select(DRILL)
    QTest.keyClick(desk.plot, KEY.Key_Left)
    QTest.keyClick(desk.plot, KEY.Key_Right, SHIFT)
    assert told[0] == Exclusion(1, 79.0, 90.0)
    assert isinstance(told[1], Exclusion)
    assert told[1].end_s == 91


def test_nothing_leaves_the_session(desk: Desk) -> None:
    desk.plot.select(FAR)
    for _ in range(5):
        QTest.keyClick(desk.plot, KEY.Key_Right, SHIFT)
    assert desk.plot.markers[1].t_s == 200


def test_enter_edits_and_delete_removes(qtbot: QtBot, desk: Desk) -> None:
    desk.plot.select(QUESTION)
    with qtbot.waitSignal(desk.plot.edit_requested) as told:
        QTest.keyClick(desk.plot, KEY.Key_Return)
    assert told.args == [QUESTION]
    with qtbot.waitSignal(desk.plot.remove_requested) as told:
        QTest.keyClick(desk.plot, KEY.Key_Delete)
    assert told.args == [QUESTION]


def test_without_editing_arrows_pan_and_nothing_is_removed(qtbot: QtBot, desk: Desk) -> None:
    desk.plot.set_editable(False)
    desk.plot.show_span(0, 100)
    desk.plot.select(QUESTION)
    with qtbot.assertNotEmitted(desk.plot.remove_requested):
        QTest.keyClick(desk.plot, KEY.Key_Delete)
        QTest.keyClick(desk.plot, KEY.Key_Right)
    assert desk.plot.view_s == pytest.approx((20, 120))
    assert desk.plot.annotations == EVERYTHING


def test_shift_and_arrows_mark_out_a_stretch(desk: Desk) -> None:
    desk.plot.move_cursor(60)
    for _ in range(5):
        QTest.keyClick(desk.plot, KEY.Key_Right, SHIFT)
    assert desk.plot.selected_range == (60, 65)
    assert desk.plot.accessibleDescription() == "1:00 to 1:05 selected"
    for _ in range(7):
        QTest.keyClick(desk.plot, KEY.Key_Left, SHIFT)
    assert desk.plot.selected_range == (58, 60)
    QTest.keyClick(desk.plot, KEY.Key_Escape)
    assert desk.plot.selected_range is None


def test_control_and_arrows_read_the_values(desk: Desk) -> None:
    desk.plot.move_cursor(60)
    QTest.keyClick(desk.plot, KEY.Key_Right, CONTROL)
    assert desk.plot.readout.text.startswith("1:01; negative 20%")
    assert desk.plot.accessibleDescription() == desk.plot.readout.text


def test_the_menu_key_asks_about_what_is_selected(qtbot: QtBot, desk: Desk) -> None:
    desk.plot.select(QUESTION)
    middle = desk.plot.rect().center()
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, middle, desk.plot.mapToGlobal(middle)
    )
    with qtbot.waitSignal(desk.plot.context_requested) as told:
        QApplication.sendEvent(desk.plot, asked)
    assert told.args[:2] == [QUESTION, 50.0]


def test_a_thing_that_is_gone_is_no_longer_selected(qtbot: QtBot, desk: Desk) -> None:
    desk.plot.select(QUESTION)
    with qtbot.waitSignal(desk.plot.item_selected) as told:
        desk.plot.show_annotations(Annotations((FAR,)))
    assert told.args == [None]
    assert desk.plot.selected_item is None


def test_the_focus_is_seen(desk: Desk) -> None:
    frame = colours_for(desk.plot.palette()).selection.name()
    assert QColor(desk.plot.grab().toImage().pixel(0, 10)).name() == frame
    desk.after.setFocus()
    assert QColor(desk.plot.grab().toImage().pixel(0, 10)).name() != frame
