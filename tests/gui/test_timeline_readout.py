"""What is said of the second under the pointer."""

from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import (
    Annotations,
    Exclusion,
    Marker,
    Segment,
    Shares,
    TimelinePoint,
)
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_plot import TimelinePlot
from classroom_monitor.sessions.change_points import ChangePoint
from tests.fakes.services import STARTED_AT, gap, point

DRILL = Exclusion(1, 60.0, 70.0, "fire drill")


def bounded() -> TimelinePoint:
    """Return a second whose bounds differ from its shares."""
    shares = Shares(0.2, 0.3, 0.5, low=(0.1, 0.2, 0.4), high=(0.33, 0.41, 0.62))
    return TimelinePoint(0, STARTED_AT, 12, 10, shares, 12, 10 / 12, gap=False)


def test_a_second_is_read_with_its_bounds(qtbot: QtBot) -> None:
    plot = TimelinePlot(navigable=True)
    qtbot.addWidget(plot)
    plot.extend([bounded(), point(1, None, used=2), gap(2)])
    plot.move_cursor(0)
    assert plot.readout.text == (
        "0:00; negative 20%, 10 to 33%; neutral 30%, 20 to 41%; positive 50%, 40 to 62%; "
        "10 used of 12 seen; coverage 83%"
    )
    assert plot.accessibleDescription() == plot.readout.text
    plot.move_cursor(1)
    assert plot.readout.text == "0:01; 2 used of 4 seen; coverage 50%"
    plot.move_cursor(2)
    assert plot.readout.text == "0:02; no picture"


def test_what_is_drawn_is_what_is_read(qtbot: QtBot) -> None:
    plot = TimelinePlot(navigable=True)
    qtbot.addWidget(plot)
    plot.extend([point(0, (0.2, 0.3, 0.5)), point(1, (0.4, 0.3, 0.3)), gap(2)])
    plot.set_look(TimelineLook(smoothing_s=3))
    plot.move_cursor(0)
    assert plot.readout.text.startswith("0:00, 3 s mean; negative 30%")
    plot.move_cursor(2)
    assert plot.readout.text == "0:02; no picture"


def test_what_lies_there_is_read_too(qtbot: QtBot) -> None:
    plot = TimelinePlot(navigable=True)
    qtbot.addWidget(plot)
    plot.resize(800, 300)
    plot.extend([gap(t_s) for t_s in range(100)])
    plot.show_annotations(
        Annotations((Marker(1, 50.0, "why <b>"),), (Segment(1, 0.0, "A & B"),), (DRILL,))
    )
    plot.show_changes([ChangePoint(80.0, "positive", 0.2, 0.4, 0.01)])
    plot.show_all()
    for at_s, there in ((50, "⚑ why <b>; A & B"), (65, "left out: fire drill; A & B")):
        plot.move_cursor(at_s)
        assert plot.readout.text == f"{duration(at_s)}; no picture; {there}"
    plot.move_cursor(80)
    assert plot.readout.text == "1:20; no picture; change: positive 20% → 40%; A & B"
