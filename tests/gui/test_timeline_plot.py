"""What the timeline paints, looked at pixel by pixel."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.palette import Colours, colours_for
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_plot import TimelinePlot
from tests.fakes.services import scripted_points


@pytest.fixture
def plot(qtbot: QtBot) -> TimelinePlot:
    """The ten scripted seconds in a plot of 800 x 300 pixels."""
    plot = TimelinePlot(navigable=True)
    qtbot.addWidget(plot)
    plot.resize(800, 300)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.set_look(TimelineLook(bands=False))
    plot.extend(scripted_points())
    plot.show_all()
    return plot


def column_of(plot: TimelinePlot, second: float) -> set[str]:
    """Return the colours of the upper plot's pixels in the middle of a second."""
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    spot = plot.upper_spot(second)
    top, bottom = plot.upper_spot(0, 0.99).y(), plot.upper_spot(0, 0.01).y()
    return {QColor(image.pixel(spot.x(), y)).name() for y in range(top, bottom)}


def test_moods_are_painted_where_they_are_known(plot: TimelinePlot) -> None:
    colours = colours_for(plot.palette())
    assert column_of(plot, 1.5) == {colour.name() for colour in colours.moods}


def test_seconds_without_a_mix_have_no_mood_colour(plot: TimelinePlot) -> None:
    colours: Colours = colours_for(plot.palette())
    moods = {colour.name() for colour in colours.moods}
    few, gap = column_of(plot, 5.0), column_of(plot, 7.0)
    assert not moods & (few | gap)
    assert colours.hatch.name() in few
    assert gap == {colours.gap.name()}
