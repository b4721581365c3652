"""What the timeline paints, looked at pixel by pixel."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Shares, TimelinePoint
from classroom_monitor.gui.palette import Colours, colours_for
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_plot import TimelinePlot
from classroom_monitor.sessions.change_points import ChangePoint
from tests.fakes.services import STARTED_AT, scripted_points


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


def test_bounds_are_painted_around_the_borders(plot: TimelinePlot) -> None:
    plot.extend([*scripted_points(), bounded(10)])
    plot.set_look(TimelineLook(bands=True))
    low, high = plot.curves.borders.bounds
    assert low[10] == pytest.approx([0.15, 0.4])  # negative; what the positive leaves of 1
    assert high[10] == pytest.approx([0.25, 0.6])


def test_lines_have_their_colours_and_no_more_than_the_bounds_around_them(
    plot: TimelinePlot,
) -> None:
    plot.set_look(TimelineLook("lines", bands=False))
    colours = colours_for(plot.palette())
    assert {colour.name() for colour in colours.mood_texts} <= column_of(plot, 1.5)
    assert colours.moods[0].name() not in column_of(plot, 1.5)
    assert colours.hatch.name() in column_of(plot, 5.0)
    assert column_of(plot, 7.0) == {colours.gap.name()}


def test_an_exclusion_pales_what_it_leaves_out(plot: TimelinePlot) -> None:
    before = column_of(plot, 1.5)
    plot.show_annotations(Annotations(exclusions=(Exclusion(1, 1.0, 2.0),)))
    assert not before & column_of(plot, 1.5)
    assert column_of(plot, 3.5) & before


def test_a_change_is_flagged_in_its_moods_colour(plot: TimelinePlot) -> None:
    plot.set_look(TimelineLook("lines", bands=False))
    at_s = 6.5  # in a gap, where nothing else has a colour
    plot.show_changes([ChangePoint(at_s, "negative", 0.2, 0.4, 0.01)])
    spot = plot.upper_spot(at_s, 1.0)
    image = plot.grab().toImage()
    colour = QColor(image.pixel(spot.x() - 2, spot.y() + 9)).name()
    assert colour == colours_for(plot.palette()).mood_texts[0].name()


def test_annotations_shown_again_are_not_painted_again(qtbot: QtBot, plot: TimelinePlot) -> None:
    annotations = Annotations((Marker(1, 2.0, "a"),))
    plot.show_annotations(annotations)
    with qtbot.assertNotEmitted(plot.items.drawn_changed):
        plot.show_annotations(Annotations((Marker(1, 2.0, "a"),)))


def test_the_readout_follows_when_time_moves_under_a_pointer_at_rest(plot: TimelinePlot) -> None:
    plot.on_mouse_moved(plot.canvas.upper.vb.mapViewToScene(QPointF(9.4, 0.5)))
    assert plot.readout.text.startswith("0:09")
    plot.extend([*scripted_points(), *(bounded(t_s) for t_s in range(10, 40))])
    plot.show_span(0, 40)
    assert plot.readout.text.startswith("0:37")


def test_an_empty_session_is_an_empty_timeline(plot: TimelinePlot) -> None:
    plot.show_annotations(Annotations((Marker(1, 2.0, "a"),)))
    plot.clear()
    plot.move_cursor(5)
    assert plot.readout.text == ""
    assert plot.markers == ()
    plot.grab()


def bounded(t_s: int) -> TimelinePoint:
    """Return a second with narrow bounds."""
    shares = Shares(0.2, 0.3, 0.5, low=(0.15, 0.2, 0.4), high=(0.25, 0.4, 0.6))
    return TimelinePoint(t_s, STARTED_AT, 12, 10, shares, 12, 10 / 12, gap=False)
