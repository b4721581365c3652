"""What the mouse does on a timeline, with real events."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment
from classroom_monitor.gui.timeline_plot import TimelinePlot
from tests.fakes.services import point

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
SHIFT, NO_KEY = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
PRESS, MOVE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove
RELEASE, DOUBLE = QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick
QUESTION, TOPIC = Marker(1, 50.0, "why"), Segment(2, 120.0, "Second")
DRILL = Exclusion(1, 80.0, 90.0)


@pytest.fixture
def plot(qtbot: QtBot) -> TimelinePlot:
    """A session of 200 s in view, with a marker, two segments and an exclusion."""
    plot = TimelinePlot(navigable=True)
    qtbot.addWidget(plot)
    plot.resize(900, 360)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.extend([point(t_s, (0.2, 0.3, 0.5)) for t_s in range(200)])
    plot.show_annotations(Annotations((QUESTION,), (Segment(1, 0.0, "First"), TOPIC), (DRILL,)))
    plot.show_all()
    plot.set_editable(True)
    return plot


def viewport(plot: TimelinePlot) -> QWidget:
    """Return what gets the events of the mouse."""
    canvas = plot.findChild(QGraphicsView)
    assert canvas is not None
    return canvas.viewport()


def in_plot(plot: TimelinePlot, at_s: float) -> QPoint:
    """Return a place in the upper plot."""
    return viewport(plot).mapFrom(plot, plot.upper_spot(at_s))


def in_lane(plot: TimelinePlot, at_s: float, *, flags: bool) -> QPoint:
    """Return a place in the lane: among the flags, or among the segments above them."""
    top = plot.upper_spot(at_s, 1.0)
    height = plot.canvas.lane.size().height()
    above = height * (0.25 if flags else 0.8)
    return viewport(plot).mapFrom(plot, top - QPoint(0, round(above)))


def send(
    plot: TimelinePlot,
    kind: QEvent.Type,
    spot: QPoint,
    keys: Qt.KeyboardModifier = NO_KEY,
) -> None:
    """Send one event of the left button."""
    button = NO_BUTTON if kind is MOVE else LEFT
    held = NO_BUTTON if kind is RELEASE else LEFT
    there = QPointF(viewport(plot).mapToGlobal(spot))
    QApplication.sendEvent(
        viewport(plot), QMouseEvent(kind, QPointF(spot), there, button, held, keys)
    )


def click(plot: TimelinePlot, spot: QPoint) -> None:
    """Press and release in one place."""
    send(plot, PRESS, spot)
    send(plot, RELEASE, spot)


def drag(
    plot: TimelinePlot, begin: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NO_KEY
) -> None:
    """Press in one place, move, release in another."""
    send(plot, PRESS, begin, keys)
    send(plot, MOVE, (begin + end) / 2, keys)
    send(plot, MOVE, end, keys)
    send(plot, RELEASE, end, keys)


def test_a_click_selects_and_another_beside_it_lets_go(plot: TimelinePlot) -> None:
    selected: list[object] = []
    plot.item_selected.connect(selected.append)
    for at_s in (50, 85, 160):
        click(plot, in_plot(plot, at_s))
    assert selected == [QUESTION, DRILL, None]


def test_a_flag_is_dragged_by_its_place(qtbot: QtBot, plot: TimelinePlot) -> None:
    begin = in_lane(plot, 50.5, flags=True)
    with qtbot.waitSignal(plot.marker_moved) as told:
        drag(plot, begin, in_lane(plot, 70.5, flags=True))
    assert told.args is not None
    assert told.args[0].t_s == pytest.approx(70, abs=0.5)
    assert plot.view_s == (0, 200)


def test_a_segment_is_dragged_by_its_start_only(qtbot: QtBot, plot: TimelinePlot) -> None:
    with qtbot.assertNotEmitted(plot.segment_moved):
        drag(plot, in_lane(plot, 160, flags=False), in_lane(plot, 170, flags=False))
    with qtbot.waitSignal(plot.segment_moved) as told:
        drag(plot, in_lane(plot, 120.5, flags=False), in_lane(plot, 100.5, flags=False))
    assert told.args is not None
    assert told.args[0].segment_id == 2
    assert told.args[0].t_s == pytest.approx(100, abs=0.5)


def test_an_edge_of_a_selected_exclusion_is_dragged(qtbot: QtBot, plot: TimelinePlot) -> None:
    click(plot, in_plot(plot, 85))
    with qtbot.waitSignal(plot.exclusion_changed) as told:
        drag(plot, in_plot(plot, 90), in_plot(plot, 110))
    assert told.args is not None
    assert told.args[0].start_s == 80
    assert told.args[0].end_s == 110


def test_what_is_not_selected_stays_while_the_plot_is_dragged(
    qtbot: QtBot, plot: TimelinePlot
) -> None:
    plot.show_span(20, 120)
    with qtbot.assertNotEmitted(plot.marker_moved):
        drag(plot, in_plot(plot, 50), in_plot(plot, 60))
    assert plot.markers == (QUESTION,)
    assert plot.view_s[0] < 20


def test_a_drag_with_shift_marks_out_a_stretch(qtbot: QtBot, plot: TimelinePlot) -> None:
    with qtbot.waitSignal(plot.range_selected) as told:
        drag(plot, in_plot(plot, 140), in_plot(plot, 100), SHIFT)
    assert told.args == [100, 140]  # whole seconds, as sessions are made of
    assert plot.view_s == (0, 200)
    with qtbot.waitSignal(plot.range_cleared):
        click(plot, in_plot(plot, 160))
    assert plot.selected_range is None


def test_a_double_click_edits(qtbot: QtBot, plot: TimelinePlot) -> None:
    with qtbot.waitSignal(plot.edit_requested) as told:
        send(plot, DOUBLE, in_plot(plot, 50))
    assert told.args == [QUESTION]


def test_the_right_button_asks_about_a_place(qtbot: QtBot, plot: TimelinePlot) -> None:
    spot = in_plot(plot, 150)
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, spot, viewport(plot).mapToGlobal(spot)
    )
    with qtbot.waitSignal(plot.context_requested) as told:
        QApplication.sendEvent(viewport(plot), asked)
    assert told.args is not None
    assert told.args[0] is None
    assert told.args[1] == pytest.approx(150, abs=0.5)


def test_a_wheel_zooms_and_sideways_or_with_shift_pans(plot: TimelinePlot) -> None:
    spot = QPointF(in_plot(plot, 100))
    there = QPointF(viewport(plot).mapToGlobal(spot.toPoint()))
    seen = []
    for turn, keys in (
        (QPoint(0, 120), NO_KEY),
        (QPoint(-120, 0), NO_KEY),
        (QPoint(0, 120), SHIFT),
    ):
        event = QWheelEvent(
            spot, there, QPoint(0, 0), turn, NO_BUTTON, keys, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(viewport(plot), event)
        seen.append(plot.view_s)
    zoomed, onwards, back = ((last - first, first) for first, last in seen)
    assert zoomed[0] < 200
    assert onwards == pytest.approx((zoomed[0], zoomed[1] + 0.1 * zoomed[0]))
    assert back == pytest.approx(zoomed)


def test_nothing_is_dragged_where_nothing_may_be_edited(qtbot: QtBot, plot: TimelinePlot) -> None:
    plot.set_editable(False)
    with qtbot.assertNotEmitted(plot.marker_moved):
        drag(plot, in_lane(plot, 50.5, flags=True), in_lane(plot, 70, flags=True))
    assert plot.markers == (QUESTION,)
