"""A session's seconds as arrays, grown second by second and thinned to the view; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import MOODS, TimelinePoint

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_FIRST_CAPACITY = 1024


@dataclass(frozen=True, slots=True)
class Columns:
    """Neighbouring seconds put together for drawing: m columns between m + 1 edges.

    edges_s (m + 1,) seconds. shares (m, 3), coverage (m,), seen (m,) and used (m,) are means over
    the column's seconds that have the value, NaN where fewer than half of them do: a column is
    never filled in from its neighbours. gap (m,) and too_few (m,) say why shares are missing.
    """

    edges_s: FloatArray
    shares: FloatArray
    coverage: FloatArray
    seen: FloatArray
    used: FloatArray
    gap: BoolArray
    too_few: BoolArray


@dataclass(frozen=True, slots=True)
class Mix:
    """The mean mix of a stretch: shares in the order of MOODS, from how many seconds."""

    shares: tuple[float, float, float]
    seconds: int


class TimelineSeries:
    """Arrays with one row a second; row i is the second [i, i + 1), missing rows are gaps."""

    def __init__(self) -> None:
        self._values = _missing(_FIRST_CAPACITY)
        self._taken = 0
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def shares(self) -> FloatArray:
        """(n, 3) shares in the order of MOODS; NaN rows where a second has none."""
        return self._values[: self._length, 0:3]

    @property
    def coverage(self) -> FloatArray:
        """(n,) coverage in [0, 1]; NaN in gaps and where nobody is expected."""
        return self._values[: self._length, 3]

    @property
    def seen(self) -> FloatArray:
        """(n,) faces seen; NaN in gaps."""
        return self._values[: self._length, 4]

    @property
    def used(self) -> FloatArray:
        """(n,) faces used; NaN in gaps."""
        return self._values[: self._length, 5]

    def clear(self) -> None:
        """Forget every second."""
        self._values = _missing(_FIRST_CAPACITY)
        self._taken = 0
        self._length = 0

    def extend(self, points: Sequence[TimelinePoint]) -> bool:
        """Take over what points has beyond the last call; points is only ever extended.

        Returns whether there was anything new.
        """
        fresh = points[self._taken :]
        for point in fresh:
            self._put(point)
        self._taken = len(points)
        return bool(fresh)

    def mix(self, last_s: int | None = None) -> Mix | None:
        """Return the mix of the last seconds (of all, for None), each weighted by its used faces.

        None where no second of the stretch has shares.
        """
        start = 0 if last_s is None else max(0, self._length - last_s)
        shares = self.shares[start:]
        there = np.isfinite(shares[:, 0])
        weights = self.used[start:][there]
        if weights.sum() <= 0:
            return None
        negative, neutral, positive = weights @ shares[there] / weights.sum()
        return Mix((float(negative), float(neutral), float(positive)), int(there.sum()))

    def columns(self, first_s: float, last_s: float, most: int) -> Columns:
        """Return the seconds that touch [first_s, last_s], thinned to about `most` columns.

        Columns start at multiples of their width, so that panning doesn't change their values.
        """
        step = max(1, -int(-(last_s - first_s) // max(1, most)))
        start = max(0, int(first_s) // step * step)
        stop = min(self._length, int(max(0.0, last_s)) + 1)
        rows = self._values[start : max(start, stop)]
        count = -(-len(rows) // step)
        padded = _missing(count * step)
        padded[: len(rows)] = rows
        blocks = padded.reshape(count, step, padded.shape[1])
        sizes = np.minimum(step, len(rows) - np.arange(count) * step)
        means = _means_where_present(blocks, sizes)
        edges = start + np.append(np.arange(count) * step, len(rows)).astype(np.float64)
        lacking = np.isnan(means[:, 0])
        gap = lacking & (np.isfinite(blocks[:, :, 4]).sum(axis=1) * 2 < sizes)
        return Columns(
            edges_s=edges,
            shares=means[:, 0:3],
            coverage=means[:, 3],
            seen=means[:, 4],
            used=means[:, 5],
            gap=gap,
            too_few=lacking & ~gap,
        )

    def _put(self, point: TimelinePoint) -> None:
        row = point.t_s
        if row >= len(self._values):
            more = _missing(max(row + 1, 2 * len(self._values)))
            more[: len(self._values)] = self._values
            self._values = more
        self._length = max(self._length, row + 1)
        if point.gap:
            return
        if point.shares is not None:
            self._values[row, 0:3] = [getattr(point.shares, mood) for mood in MOODS]
        if point.coverage is not None:
            self._values[row, 3] = point.coverage
        self._values[row, 4:6] = (point.seen, point.used)


def _missing(rows: int) -> FloatArray:
    return np.full((rows, 6), np.nan)


def _means_where_present(blocks: FloatArray, sizes: NDArray[np.int64]) -> FloatArray:
    """Return (m, k) means of (m, step, k) blocks, NaN where under half of a block's rows count."""
    present = np.isfinite(blocks)
    counts = present.sum(axis=1)
    sums = np.where(present, blocks, 0.0).sum(axis=1)
    enough = counts * 2 >= sizes[:, None]
    means = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=means, where=enough & (counts > 0))
    return means
