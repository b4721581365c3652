"""A session's seconds as arrays, grown second by second and thinned to the view; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import TimelinePoint
from classroom_monitor.gui.timeline_means import BoolArray, FloatArray, RunningSums, smoothed

_FIRST_CAPACITY = 1024
_NAN = float("nan")
_NO_SHARES = (_NAN,) * 3
_SHARES, _COVERAGE, _SEEN, _USED = slice(0, 3), 3, 4, 5
_LOW, _HIGH = slice(6, 9), slice(9, 12)
_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """Neighbouring seconds put together for drawing: m columns between m + 1 edges.

    edges_s (m + 1,) seconds. shares (m, 3), their bounds low and high (m, 3), coverage (m,), seen
    (m,) and used (m,) are means over the column's seconds that have the value, NaN where fewer than
    half of them do: a column is never filled in from its neighbours. gap (m,) and too_few (m,) say
    why shares are missing. The mean of the seconds' bounds bounds the mean of their shares without
    taking the seconds for independent, which the same faces a second later are not.
    """

    edges_s: FloatArray
    shares: FloatArray
    low: FloatArray
    high: FloatArray
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

    def __init__(self, points: Sequence[TimelinePoint] = ()) -> None:
        """Take over points, if there are any; slow enough for hours to want a thread."""
        self._values = _missing(_FIRST_CAPACITY)
        self._taken = 0
        self._length = 0
        self._smoothing_s = 1
        self._drawn: RunningSums | None = None
        self.extend(points)

    def __len__(self) -> int:
        return self._length

    @property
    def shares(self) -> FloatArray:
        """(n, 3) shares in the order of MOODS; NaN rows where a second has none."""
        return self._values[: self._length, _SHARES]

    @property
    def coverage(self) -> FloatArray:
        """(n,) coverage in [0, 1]; NaN in gaps and where nobody is expected."""
        return self._values[: self._length, _COVERAGE]

    @property
    def seen(self) -> FloatArray:
        """(n,) faces seen; NaN in gaps."""
        return self._values[: self._length, _SEEN]

    @property
    def used(self) -> FloatArray:
        """(n,) faces used; NaN in gaps."""
        return self._values[: self._length, _USED]

    @property
    def smoothing_s(self) -> int:
        """Over how many seconds the columns are smoothed; 1 for not at all."""
        return self._smoothing_s

    def smooth(self, seconds: int) -> None:
        """Let columns be those of a centred moving mean; the arrays stay as they are."""
        self._smoothing_s = max(1, seconds)
        self._drawn = None

    def clear(self) -> None:
        """Forget every second."""
        self._values = _missing(_FIRST_CAPACITY)
        self._taken = 0
        self._length = 0
        self._drawn = None

    def extend(self, points: Sequence[TimelinePoint]) -> bool:
        """Take over what points has beyond the last call; points is only ever extended.

        Returns whether there was anything new.
        """
        fresh = points[self._taken :]
        if not fresh:
            return False
        rows = np.array([point.t_s for point in fresh])
        self._reserve(int(rows.max()) + 1)
        self._values[rows] = [_row(point) for point in fresh]
        self._taken = len(points)
        self._drawn = None
        return True

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
        stop = max(start, min(self._length, int(max(0.0, last_s)) + 1))
        starts = np.arange(start, stop, step)
        stops = np.minimum(starts + step, stop)
        sums, offset = self._sums(start, stop)
        means, present = sums.means(starts - offset, stops - offset)
        sizes = stops - starts
        means[present * 2 < sizes[:, None]] = np.nan
        lacking = np.isnan(means[:, 0])
        gap = lacking & (present[:, _SEEN] * 2 < sizes)
        return Columns(
            edges_s=np.append(starts, stop).astype(np.float64),
            shares=means[:, _SHARES],
            low=means[:, _LOW],
            high=means[:, _HIGH],
            coverage=means[:, _COVERAGE],
            seen=means[:, _SEEN],
            used=means[:, _USED],
            gap=gap,
            too_few=lacking & ~gap,
        )

    def _sums(self, start: int, stop: int) -> tuple[RunningSums, int]:
        """Return the sums that columns of [start, stop) are made of, and their first second.

        Made anew only after a change; then, where the stretch is a small part, as while a long
        session runs, of that part alone.
        """
        margin = self._smoothing_s
        if self._drawn is None and 2 * (stop - start + 2 * margin) < self._length:
            first = max(0, start - margin)
            rows = self._values[first : min(self._length, stop + margin)]
            return self._sums_of(rows), first
        if self._drawn is None:
            self._drawn = self._sums_of(self._values[: self._length])
        return self._drawn, 0

    def _sums_of(self, rows: FloatArray) -> RunningSums:
        return RunningSums(smoothed(rows, self._smoothing_s) if self._smoothing_s > 1 else rows)

    def _reserve(self, length: int) -> None:
        if length > len(self._values):
            more = _missing(max(length, 2 * len(self._values)))
            more[: len(self._values)] = self._values
            self._values = more
        self._length = max(self._length, length)


def _row(point: TimelinePoint) -> tuple[float, ...]:
    """Return a second in the order of the columns above."""
    if point.gap:
        return (_NAN,) * _WIDTH
    coverage = _NAN if point.coverage is None else point.coverage
    counts = (coverage, point.seen, point.used)
    shares = point.shares
    if shares is None:
        return (*_NO_SHARES, *counts, *_NO_SHARES, *_NO_SHARES)
    mix = (shares.negative, shares.neutral, shares.positive)
    return (*mix, *counts, *shares.low, *shares.high)


def _missing(rows: int) -> FloatArray:
    return np.full((rows, _WIDTH), np.nan)
