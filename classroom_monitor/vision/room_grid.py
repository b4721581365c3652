"""Divides the part of the picture in which people sit into three rows and three columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.vision.tiles import Float64Array

ROWS = 3
_LEAST_SPAN = 0.5
"""The grid is at least this part of the picture wide and high: one row of people is no three."""
_STEP = 0.05
"""The grid's outer edges lie on multiples of this part of the picture: people sway, it doesn't."""
_FINE_STEP = 0.0125
"""Between rows of parts they give way to rows of people, in such steps."""
_REACH = 1 / 8
"""By so much of the grid's height at most, which leaves every row of parts one."""


@dataclass(frozen=True, slots=True)
class RoomGrid:
    """Three rows by three columns; columns_px and rows_px hold four edges each, rising."""

    columns_px: tuple[float, ...]
    rows_px: tuple[float, ...]

    def part_of(self, boxes: Float64Array) -> NDArray[np.intp]:
        """Return (n,) the part of each box's centre, (n, 4) boxes: 3 * row + column.

        A face beyond the grid belongs to the part that is nearest.
        """
        centres = boxes[:, :2] + boxes[:, 2:] / 2
        column = np.searchsorted(self.columns_px[1:-1], centres[:, 0])
        row = np.searchsorted(self.rows_px[1:-1], centres[:, 1])
        return np.asarray(ROWS * row + column, np.intp)

    def area(self, part: int) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a part in pixels."""
        row, column = divmod(part, ROWS)
        left, top = self.columns_px[column], self.rows_px[row]
        return left, top, self.columns_px[column + 1] - left, self.rows_px[row + 1] - top


def fit_grid(looks: Sequence[Float64Array], width_px: int, height_px: int) -> RoomGrid:
    """Return the grid for the boxes of some looks, (n, 4) each, in a picture of this size.

    It spans from the outermost face to the opposite one, in the median over the looks that saw
    any, so that a false find now and then doesn't stretch it; the whole picture without faces.
    Rows of parts give way to rows of people, so that one of them isn't cut in two.
    """
    looks = [boxes for boxes in looks if len(boxes)]
    columns = _edges([boxes[:, [0, 2]] for boxes in looks], width_px)
    rows = _edges([boxes[:, [1, 3]] for boxes in looks], height_px)
    return RoomGrid(columns, _give_way(rows, looks, height_px))


def _edges(spans: Sequence[Float64Array], size_px: int) -> tuple[float, ...]:
    """Return the four edges along one axis; spans hold (n, 2) starts and lengths."""
    if not spans:
        return tuple(np.linspace(0.0, size_px, ROWS + 1).tolist())
    first = float(np.median([span[:, 0].min() for span in spans])) / size_px
    last = float(np.median([span.sum(axis=1).max() for span in spans])) / size_px
    missing = max(0.0, _LEAST_SPAN - (last - first))
    first = max(0.0, min(first - missing / 2, 1.0 - _LEAST_SPAN))
    last = min(1.0, max(last + missing / 2, _LEAST_SPAN))
    low = np.floor(first / _STEP + 1e-9) * _STEP
    high = min(1.0, np.ceil(last / _STEP - 1e-9) * _STEP)
    return tuple((size_px * np.linspace(low, high, ROWS + 1)).tolist())


def _give_way(
    edges: tuple[float, ...], looks: Sequence[Float64Array], height_px: int
) -> tuple[float, ...]:
    """Return the edges of the rows of parts, the inner ones moved to between rows of people."""
    if not looks:
        return edges
    faces = np.concatenate(looks)[:, [1, 3]]
    reach_px = _REACH * (edges[-1] - edges[0])
    inner = [_between(faces, edge, reach_px, _FINE_STEP * height_px) for edge in edges[1:-1]]
    return (edges[0], *inner, edges[-1])


def _between(faces: Float64Array, edge: float, reach_px: float, step_px: float) -> float:
    """Return the place nearest to an edge, at most reach_px away, that is half a face from any.

    Where there is none, the place that is furthest from the middle of any face. faces are (n, 2)
    tops and heights; the places tried are step_px apart.
    """
    steps = np.arange(-(reach_px // step_px), reach_px // step_px + 1)
    places = edge + step_px * steps
    middles = faces[:, 0] + faces[:, 1] / 2
    clear_px = np.abs(places[:, None] - middles[None, :]).min(axis=1)
    enough_px = np.minimum(clear_px, np.median(faces[:, 1]) / 2)
    best = np.lexsort((np.abs(steps), -np.round(enough_px)))[0]
    return float(places[best])
