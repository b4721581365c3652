"""The palette can be read: contrast ratios, and colours that colour-blind people tell apart."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QPalette

from classroom_monitor.gui.palette import Colours, colours_for
from tests.gui.colour_vision import VISIONS, contrast, distance

WINDOWS = {"light": "#efefef", "dark": "#1f2329"}
TEXT, LARGE_OR_DRAWN = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11, level AA."""

FILLS_APART, CURVES_APART = 30.0, 12.0
"""Fills touch each other; curves have names and a legend besides. 2 to 3 is just noticeable."""


def colours(theme: str) -> tuple[Colours, QColor]:
    """Return a theme's colours and its window's."""
    window = QColor(WINDOWS[theme])
    return colours_for(QPalette(window, window)), window


@pytest.mark.parametrize("theme", WINDOWS)
def test_texts_have_enough_contrast(theme: str) -> None:
    shown, window = colours(theme)
    named = {"ink": shown.ink, "faint": shown.faint, "marker": shown.marker}
    named |= {f"mood {place}": colour for place, colour in enumerate(shown.mood_texts)}
    named |= {tone.value: colour for tone, colour in shown.tones.items()}
    grounds = {"window": window, "surface": shown.surface, "gap": shown.gap}
    poor = {
        f"{name} on {ground}": round(contrast(colour, behind), 2)
        for name, colour in named.items()
        for ground, behind in grounds.items()
        if contrast(colour, behind) < TEXT
    }
    assert poor == {}


@pytest.mark.parametrize("theme", WINDOWS)
def test_lines_and_marks_have_enough_contrast(theme: str) -> None:
    shown, _window = colours(theme)
    drawn = {
        "coverage": shown.coverage,
        "marker": shown.marker,
        "excluded": shown.excluded,
        "selection": shown.selection,
        "negative": shown.moods[0],
        "positive": shown.moods[2],
        **{f"line {place}": colour for place, colour in enumerate(shown.mood_texts)},
        **{f"curve {place}": colour for place, colour in enumerate(shown.curves)},
    }
    poor = {
        name: round(contrast(colour, shown.surface), 2)
        for name, colour in drawn.items()
        if contrast(colour, shown.surface) < LARGE_OR_DRAWN
    }
    assert poor == {}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", WINDOWS)
def test_moods_are_told_apart(theme: str, vision: str) -> None:
    shown, _window = colours(theme)
    for first, second in combinations(shown.moods, 2):
        assert distance(first, second, vision) > FILLS_APART


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", WINDOWS)
def test_curves_of_a_comparison_are_told_apart(theme: str, vision: str) -> None:
    shown, _window = colours(theme)
    for first, second in combinations(shown.curves, 2):
        assert distance(first, second, vision) > CURVES_APART, (first.name(), second.name())


@pytest.mark.parametrize("theme", WINDOWS)
def test_segments_are_a_quiet_ground_for_their_names(theme: str) -> None:
    shown, _window = colours(theme)
    for ground in shown.segments:
        assert contrast(shown.ink, ground) > TEXT


def test_the_measures_know_the_textbook_values() -> None:
    black, white, red, green = (
        QColor(name) for name in ("#000000", "#ffffff", "#ff0000", "#00ff00")
    )
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(QColor("#767676"), white) == pytest.approx(4.54, abs=0.01)
    assert distance(black, white, "full") == pytest.approx(100, abs=0.1)
    assert distance(red, green, "deuteranopia") < 0.6 * distance(red, green, "full")
