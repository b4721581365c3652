"""Writes an SVG picture shape by shape; only what every SVG reader, Qt's too, draws alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Anchor = Literal["start", "middle", "end"]

_HATCH_STEP = 5.0
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the picture's units: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is written: size in the picture's units, colour, where x lies in it, weight."""

    size: float
    colour: str
    anchor: Anchor = "start"
    bold: bool = False


class SvgCanvas:
    """Collects shapes; svg() returns the picture. Texts may hold anything, and are escaped."""

    def __init__(self, width: float, height: float, description: str) -> None:
        self._width, self._height = width, height
        self._shapes = [f"<title>{xml_text(description)}</title>"]

    def rect(self, box: Box, fill: str, tooltip: str = "") -> None:
        """Fill a rectangle; a browser shows the tooltip over it."""
        if box.w <= 0 or box.h <= 0:
            return
        title = f"<title>{xml_text(tooltip)}</title>" if tooltip else ""
        self._shapes.append(
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.w)}" height="{_n(box.h)}" '
            f'fill="{fill}">{title}</rect>'
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Draw a thin line."""
        self.polyline((start, end), colour, 1.0)

    def polyline(self, spots: Iterable[tuple[float, float]], colour: str, width: float) -> None:
        """Draw a line through several spots."""
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in spots)
        self._shapes.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" '
            f'stroke-width="{_n(width)}"/>'
        )

    def polygon(self, spots: Iterable[tuple[float, float]], fill: str, opacity: float = 1) -> None:
        """Fill a polygon."""
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in spots)
        faint = "" if opacity == 1 else f' fill-opacity="{opacity:.2f}"'
        self._shapes.append(f'<polygon points="{points}" fill="{fill}"{faint}/>')

    def steps(
        self, edges: Sequence[float], upper: Sequence[float], lower: Sequence[float], fill: str
    ) -> None:
        """Fill what lies between two step curves: m heights each, between m + 1 edges."""
        forth = [f"V{_n(y)}H{_n(edge)}" for y, edge in zip(upper, edges[1:], strict=True)]
        back = [f"V{_n(y)}H{_n(edge)}" for y, edge in zip(lower, edges[:-1], strict=True)]
        start = f"M{_n(edges[0])},{_n(upper[0])}"
        self._shapes.append(f'<path d="{start}{"".join((*forth, *back[::-1]))}Z" fill="{fill}"/>')

    def hatch(self, box: Box, colour: str) -> None:
        """Cover a rectangle with diagonal lines, cut at its edges without a clip path."""
        for step in range(1, int((box.w + box.h) / _HATCH_STEP) + 1):
            along = step * _HATCH_STEP
            start = (box.x + max(0.0, along - box.h), box.y + min(along, box.h))
            end = (box.x + min(along, box.w), box.y + max(0.0, along - box.w))
            self._shapes.append(
                f'<path d="M{_n(start[0])},{_n(start[1])}L{_n(end[0])},{_n(end[1])}" '
                f'stroke="{colour}" stroke-width="0.8"/>'
            )

    def text(self, x: float, y: float, text: str, style: TextStyle) -> None:
        """Write a line of text whose base line is at y."""
        weight = ' font-weight="bold"' if style.bold else ""
        self._shapes.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(style.size)}" fill="{style.colour}" '
            f'text-anchor="{style.anchor}"{weight}>{xml_text(text)}</text>'
        )

    def svg(self, description_of_role: str = "img") -> str:
        """Return the picture as one element, fit for a file and for an HTML page."""
        size = f"{_n(self._width)} {_n(self._height)}"
        width, height = size.split()
        role = quoteattr(description_of_role)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{width}" '
            f'height="{height}" role={role} font-family="sans-serif">{"".join(self._shapes)}</svg>'
        )


def xml_text(text: str) -> str:
    """Return any text so that it can stand in XML and HTML: escaped, no forbidden characters.

    A carriage return is escaped as well: readers make a line feed of a bare one.
    """
    return escape(without_controls(text), {'"': "&quot;", "'": "&#39;", "\r": "&#13;"})


def without_controls(text: str) -> str:
    """Return a text whose characters may all stand in XML; others are replaced, one for one."""
    return _NOT_IN_XML.sub("\ufffd", text)


def shortened(text: str, width: float, size: float) -> str:
    """Return as much of a text as surely fits into a width, with an ellipsis where it is cut.

    There are no font metrics here; letters are taken to be as wide as those of wide fonts.
    """
    room = width / size
    for place, letter in enumerate(text):
        room -= _width_em(letter)
        if room < 0:
            kept = text[: max(0, place - 1)].rstrip()
            return f"{kept}…" if kept else ""
    return text


def text_width(text: str, size: float) -> float:
    """Return how wide a text is at most, in the picture's units."""
    return size * sum(_width_em(letter) for letter in text)


def _width_em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.72 if letter.isupper() or letter in "mwMW@%" else 0.58


def _n(value: float) -> str:
    """Return a coordinate with one decimal, without a useless one."""
    return f"{value:.1f}".removesuffix(".0")
