"""The SVG writer: any text, hatches within their box, texts that fit."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classroom_monitor.sessions.svg_canvas import (
    Box,
    SvgCanvas,
    TextStyle,
    shortened,
    text_width,
    xml_text,
)

SVG = "{http://www.w3.org/2000/svg}"
STYLE = TextStyle(9, "#000000")


@given(st.text(max_size=40))
@example("\r\n")
def test_any_text_can_be_written(text: str) -> None:
    canvas = SvgCanvas(10, 10, text)
    canvas.text(0, 0, text, STYLE)
    canvas.rect(Box(0, 0, 1, 1), "#000000", text)
    root = ElementTree.fromstring(canvas.svg())
    written = root.find(f"{SVG}text")
    assert written is not None
    assert len(written.text or "") == len(text)


def test_markup_stays_text() -> None:
    assert xml_text("<script>\"'&\x00") == "&lt;script&gt;&quot;&#39;&amp;\ufffd"


@given(st.floats(0, 50), st.floats(0.1, 300), st.floats(0.1, 300))
def test_a_hatch_stays_in_its_box(left: float, width: float, height: float) -> None:
    canvas = SvgCanvas(400, 400, "")
    canvas.hatch(Box(left, 7, width, height), "#000000")
    for path in ElementTree.fromstring(canvas.svg()).iter(f"{SVG}path"):
        x1, y1, x2, y2 = (float(number) for number in re.findall(r"[-\d.]+", path.get("d", "")))
        assert left - 0.051 <= min(x1, x2) <= max(x1, x2) <= left + width + 0.051
        assert 7 - 0.051 <= min(y1, y2) <= max(y1, y2) <= 7 + height + 0.051


@given(st.text(max_size=60), st.floats(0, 400))
def test_a_shortened_text_is_a_start_of_it_and_fits(text: str, width: float) -> None:
    short = shortened(text, width, 9)
    assert text.startswith(short.removesuffix("…"))
    if short.endswith("…") and not text.startswith(short):
        assert text_width(short[:-1], 9) <= width


def test_a_text_that_fits_is_left_alone() -> None:
    assert shortened("Refraction", 100, 9) == "Refraction"
    assert shortened("Refraction", 30, 9) == "Refr…"
    assert shortened("光の屈折", 20, 9) == "光…"
    assert shortened("Refraction", 3, 9) == ""


@pytest.mark.parametrize("box", [Box(0, 0, 0, 5), Box(0, 0, 5, -1)])
def test_nothing_is_drawn_for_an_empty_box(box: Box) -> None:
    canvas = SvgCanvas(10, 10, "")
    canvas.rect(box, "#000000")
    assert "<rect" not in canvas.svg()


def test_steps_go_along_both_curves_and_close() -> None:
    canvas = SvgCanvas(10, 10, "")
    canvas.steps([0, 1, 2], [5, 6], [9, 8], "#123456")
    assert 'd="M0,5V5H1V6H2V8H1V9H0Z"' in canvas.svg()
