"""The panels of a drawn timeline: shares stacked or as lines, faces, coverage, and their holes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.report_series import DrawnColumns
from classroom_monitor.sessions.seconds import BoolArray, FloatArray
from classroom_monitor.sessions.svg_canvas import Box, SvgCanvas, TextStyle, text_width

_SMALL = 9.0
_BAND_OPACITY = 0.2


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the picture with seconds from left to right and values from 0 up to top."""

    box: Box
    span_s: tuple[float, float]
    top: float = 1.0

    def x(self, at_s: float) -> float:
        """Return where a second lies, inside the panel even if the second is not."""
        first_s, last_s = self.span_s
        part = (at_s - first_s) / max(1e-9, last_s - first_s)
        return self.box.x + self.box.w * min(1.0, max(0.0, part))

    def y(self, value: float) -> float:
        """Return where a value lies."""
        return self.box.y + self.box.h * (1 - value / self.top)

    def stretch(self, start_s: float, end_s: float) -> Box:
        """Return the panel's part between two seconds."""
        left = self.x(start_s)
        return Box(left, self.box.y, self.x(end_s) - left, self.box.h)


def draw_stacked(canvas: SvgCanvas, panel: Panel, columns: DrawnColumns) -> None:
    """Draw the shares stacked, negative at the bottom."""
    _draw_stack(canvas, panel, columns.edges_s, columns.shares, style.MOOD_COLOURS)


def draw_faces(canvas: SvgCanvas, panel: Panel, columns: DrawnColumns) -> None:
    """Draw the faces used and, on top of them, the others that were seen."""
    heights = np.column_stack([columns.used, np.maximum(columns.seen - columns.used, 0)])
    _draw_stack(canvas, panel, columns.edges_s, heights, (style.COVERAGE, style.UNUSED))


def draw_coverage(canvas: SvgCanvas, panel: Panel, columns: DrawnColumns) -> None:
    """Draw the coverage."""
    _draw_stack(canvas, panel, columns.edges_s, columns.coverage[:, None], (style.COVERAGE,))


def draw_lines(canvas: SvgCanvas, panel: Panel, columns: DrawnColumns, *, bands: bool) -> None:
    """Draw the shares as lines, each in a band between its bounds where they are wanted."""
    middles = (columns.edges_s[:-1] + columns.edges_s[1:]) / 2
    xs = [panel.x(middle) for middle in middles]
    for start, stop in runs(np.isfinite(columns.shares[:, 0])):
        for mood, colour in enumerate(style.MOOD_COLOURS if bands else ()):
            upper = [(xs[i], panel.y(columns.high[i, mood])) for i in range(start, stop)]
            lower = [(xs[i], panel.y(columns.low[i, mood])) for i in range(start, stop)]
            canvas.polygon((*upper, *lower[::-1]), colour, _BAND_OPACITY)
        for mood, colour in enumerate(style.MOOD_TEXT_COLOURS):
            curve = [(xs[i], panel.y(columns.shares[i, mood])) for i in range(start, stop)]
            canvas.polyline(curve, colour, 1.6)


def draw_holes(canvas: SvgCanvas, panel: Panel, columns: DrawnColumns, too_few: bool) -> None:
    """Mark the columns without pictures, those left out, and, if told so, those with few faces."""
    for start, stop in runs(columns.gap):
        canvas.rect(panel.stretch(columns.edges_s[start], columns.edges_s[stop]), style.GAP)
    for start, stop in runs(columns.excluded):
        stretch = panel.stretch(columns.edges_s[start], columns.edges_s[stop])
        canvas.rect(stretch, style.GAP)
        canvas.hatch(stretch, style.EXCLUDED)
    for start, stop in runs(columns.too_few) if too_few else ():
        canvas.hatch(panel.stretch(columns.edges_s[start], columns.edges_s[stop]), style.HATCH)


def draw_scale(canvas: SvgCanvas, panel: Panel, labels: dict[float, str]) -> None:
    """Draw lines at some values, with their labels at the left."""
    left, right = panel.box.x, panel.box.x + panel.box.w
    for value, label in labels.items():
        y = panel.y(value)
        canvas.line((left, y), (right, y), style.GRID)
        canvas.text(left - 5, y + 3, label, TextStyle(_SMALL, style.FAINT, "end"))


def draw_name(canvas: SvgCanvas, panel: Panel, name: str) -> None:
    """Write a panel's name over it, on a ground of its own, where lines of marks may pass."""
    width = text_width(name, _SMALL)
    canvas.rect(Box(panel.box.x - 1, panel.box.y - 13, width + 2, 12), style.PAPER)
    canvas.text(panel.box.x, panel.box.y - 4, name, TextStyle(_SMALL, style.FAINT))


def face_scale(most: float) -> dict[float, str]:
    """Return the values and labels of an axis that counts faces."""
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
    step = next((each for each in steps if most / each <= 4), 2000)
    return {float(value): str(value) for value in range(0, int(most) + 1, step)}


def runs(flags: BoolArray) -> Iterator[tuple[int, int]]:
    """Yield the start and stop of every stretch of True."""
    steps = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    starts, stops = np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist()
    yield from zip(starts, stops, strict=True)


def _draw_stack(
    canvas: SvgCanvas,
    panel: Panel,
    edges_s: FloatArray,
    heights: FloatArray,
    colours: tuple[str, ...],
) -> None:
    """Draw (m, k) heights on top of each other as steps, with holes where they are NaN."""
    levels = np.column_stack([np.zeros(len(heights)), np.cumsum(heights, axis=1)])
    xs = [panel.x(edge) for edge in edges_s]
    for start, stop in runs(np.isfinite(levels[:, -1])):
        ys = [[panel.y(level) for level in row] for row in levels[start:stop].tolist()]
        for layer, colour in enumerate(colours):
            upper, lower = [row[layer + 1] for row in ys], [row[layer] for row in ys]
            canvas.steps(xs[start : stop + 1], upper, lower, colour)
