"""A plot on the clipboard and in files."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.plot_export import copy_plot, plot_image, plot_svg, save_plot
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.report_timeline import TimelineDrawing
from tests.sessions.lecture_sample import lecture


@pytest.fixture
def svg() -> str:
    return plot_svg(lecture(minutes=5))


def test_the_picture_has_the_moods_in_it(qtbot: QtBot, svg: str) -> None:
    image = plot_image(svg)
    assert image.width() == 1980
    colours = {image.pixelColor(x, 500).name() for x in range(0, image.width(), 5)}
    colours |= {image.pixelColor(x, 330).name() for x in range(0, image.width(), 5)}
    assert {QColor(colour).name() for colour in style.MOOD_COLOURS} <= colours
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_the_plot_is_saved_as_its_name_says(qtbot: QtBot, svg: str, tmp_path: Path) -> None:
    save_plot(tmp_path / "plot.svg", svg)
    assert ElementTree.parse(tmp_path / "plot.svg").getroot().tag.endswith("svg")
    save_plot(tmp_path / "plot.PNG", svg)
    assert QImage(str(tmp_path / "plot.PNG")) == plot_image(svg)


@pytest.mark.parametrize("name", ["plot.pdf", "plot", "missing/plot.png"])
def test_a_plot_that_cannot_be_saved_says_why(
    qtbot: QtBot, svg: str, tmp_path: Path, name: str
) -> None:
    with pytest.raises(EnvironmentProblem, match=name):
        save_plot(tmp_path / name, svg)
    assert list(tmp_path.iterdir()) == []


def test_the_plot_is_copied_as_a_picture_and_as_svg(qtbot: QtBot, svg: str) -> None:
    copy_plot(svg, plot_image(svg))
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasImage()
    assert bytes(copied.data("image/svg+xml").data()).decode() == svg
    QGuiApplication.clipboard().clear()


def test_a_stretch_shows_that_stretch_only() -> None:
    whole = plot_svg(lecture(minutes=10))
    part = plot_svg(lecture(minutes=10), TimelineDrawing(span_s=(70.0, 240.0)))
    assert "10:00" in whole
    assert "10:00</text>" not in part
    assert "2:00</text>" in part


def test_reports_and_window_have_the_same_light_colours(qtbot: QtBot) -> None:
    palette = QGuiApplication.palette()
    palette.setColor(palette.ColorRole.Window, QColor("white"))
    colours = colours_for(palette)
    assert [QColor(name) for name in style.MOOD_COLOURS] == list(colours.moods)
    assert [QColor(name) for name in style.MOOD_TEXT_COLOURS] == list(colours.mood_texts)
    assert [QColor(name) for name in style.SEGMENTS] == list(colours.segments)
    for name in ("coverage", "unused", "ink", "faint", "hatch", "gap", "marker", "excluded"):
        assert QColor(getattr(style, name.upper())) == getattr(colours, name)
