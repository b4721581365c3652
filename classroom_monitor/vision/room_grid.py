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
"""Its inner ones give way to rows of people in such steps."""


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
    any, so that a false find now and then doesn't stretch it; the whole picture without faces. The
    thirds give way to faces, so that a row of people is in one of them.
    """
    looks = [boxes for boxes in looks if len(boxes)]
    columns, rows = (
        _edges([boxes[:, [axis, axis + 2]] for boxes in looks], size_px)
        for axis, size_px in ((0, width_px), (1, height_px))
    )
    return RoomGrid(columns, rows)


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
    faces = np.concatenate(spans) / size_px
    inner = [_between(faces, edge, (high - low) / 8) for edge in np.linspace(low, high, ROWS + 1)]
    return tuple(size_px * float(edge) for edge in (low, *inner[1:-1], high))


def _between(faces: Float64Array, edge: float, reach: float) -> float:
    """Return the place nearest to an edge, at most reach away, that cuts through no face's middle.

    Where there is none, the place that is furthest from any. faces are (n, 2) starts and lengths.
    """
    steps = np.arange(-np.floor(reach / _FINE_STEP), np.floor(reach / _FINE_STEP) + 1)
    places = edge + _FINE_STEP * steps
    middles = faces.sum(axis=1) - faces[:, 1] / 2
    clear = np.abs(places[:, None] - middles[None, :]).min(axis=1)
    enough = np.minimum(clear, np.median(faces[:, 1]) / 2)
    best = np.lexsort((np.abs(steps), -np.round(enough, 3)))[0]
    return float(places[best])
