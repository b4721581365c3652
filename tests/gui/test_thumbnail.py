"""A session's outline in a few pixels."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.palette import Colours, colours_for
from classroom_monitor.gui.thumbnail import paint_thumbnail

NAN = float("nan")


@pytest.fixture
def colours(qtbot: QtBot) -> Colours:
    """The colours of this palette."""
    return colours_for(QGuiApplication.palette())


def painted(outline: NDArray[np.float64], colours: Colours) -> QImage:
    """Return an outline in 40 x 30 pixels with a margin of 5 around them."""
    image = QImage(50, 40, QImage.Format.Format_RGB32)
    image.fill(colours.surface)
    painter = QPainter(image)
    paint_thumbnail(painter, QRect(5, 5, 40, 30), outline, colours)
    painter.end()
    return image


def colour_at(image: QImage, x: int, y: int) -> str:
    """Return a pixel's colour."""
    return QColor(image.pixel(x, y)).name()


def test_the_mix_stands_over_the_coverage(colours: Colours) -> None:
    outline = np.array([[0.5, 0.25, 0.25, 1.0, 10], [NAN, NAN, NAN, NAN, NAN]])
    image = painted(outline, colours)
    negative, _, positive = (colour.name() for colour in colours.moods)
    assert colour_at(image, 10, 8) == positive
    assert colour_at(image, 10, 24) == negative
    assert colour_at(image, 10, 32) == colours.coverage.name()
    assert colour_at(image, 35, 15) == colours.gap.name()
    assert colour_at(image, 2, 2) == colours.surface.name()


def test_counts_alone_are_painted_as_faces(colours: Colours) -> None:
    outline = np.array([[NAN, NAN, NAN, 0.5, 20], [NAN, NAN, NAN, 0.5, 5]])
    image = painted(outline, colours)
    assert colour_at(image, 10, 8) == colours.unused.name()
    assert colour_at(image, 35, 8) == colours.gap.name()
    assert colour_at(image, 35, 25) == colours.unused.name()


@pytest.mark.parametrize("rows", [0, 3])
def test_nothing_is_an_empty_frame(colours: Colours, rows: int) -> None:
    image = painted(np.full((rows, 5), NAN), colours)
    assert colour_at(image, 20, 15) == colours.gap.name()
