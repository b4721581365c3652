"""What is said of the second under the pointer."""

from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Shares, TimelinePoint
from classroom_monitor.gui.timeline_plot import TimelinePlot
from tests.fakes.services import STARTED_AT, gap, point


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
