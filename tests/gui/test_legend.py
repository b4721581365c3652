"""What the legend explains, and how it fits."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Annotations, Exclusion
from classroom_monitor.gui.legend import Legend
from classroom_monitor.gui.timeline_card import TimelineCard
from tests.fakes.services import scripted_points


@pytest.fixture
def legend(qtbot: QtBot) -> Legend:
    """A legend with room for one line."""
    legend = Legend()
    qtbot.addWidget(legend)
    legend.resize(900, 24)
    with qtbot.waitExposed(legend):
        legend.show()
    return legend


def explained(legend: Legend) -> list[str]:
    """Return the texts that can be read."""
    return [label.text() for label in legend.findChildren(QLabel) if label.isVisible()]


def test_only_what_is_drawn_is_explained(legend: Legend) -> None:
    moods = ["▲ positive", "■ neutral", "▼ negative"]
    assert explained(legend) == [*moods, "how sure", "too few faces", "no picture"]
    legend.set_bands(False)
    legend.set_left_out(True)
    assert explained(legend) == [*moods, "too few faces", "no picture", "left out"]
    legend.set_counts_only(True)
    legend.set_bands(True)
    assert explained(legend) == ["faces used", "seen but not used", "no picture", "left out"]


def test_a_narrow_legend_goes_on_in_the_next_line(legend: Legend) -> None:
    one_line = legend.heightForWidth(900)
    assert legend.heightForWidth(260) > one_line
    legend.resize(260, legend.heightForWidth(260))
    labels = [label for label in legend.findChildren(QLabel) if label.isVisible()]
    places = [label.mapTo(legend, label.rect().bottomRight()) for label in labels]
    assert all(legend.rect().contains(place) for place in places)
    assert len({place.y() for place in places}) > 1
    assert all(label.width() >= label.sizeHint().width() for label in labels)


def test_exclusions_are_explained_while_there_are_any(qtbot: QtBot) -> None:
    card = TimelineCard(navigable=True)
    qtbot.addWidget(card)
    card.plot.extend(scripted_points())
    card.show()
    assert "left out" not in explained(card.legend)
    card.plot.show_annotations(Annotations(exclusions=(Exclusion(1, 2.0, 5.0),)))
    assert "left out" in explained(card.legend)
