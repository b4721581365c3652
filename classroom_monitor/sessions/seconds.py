"""A session's seconds as arrays, for everything that is computed from many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Exclusion, TimelinePoint

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seconds:
    """The seconds of a session, one row each, in the order of the points.

    t_s (n,) seconds from the start. shares (n, 3) in the order of MOODS, NaN rows where a second
    has none. used and seen (n,) faces, coverage (n,); NaN in gaps. included (n,) is False for the
    seconds that the session's exclusions touch, whose values are all NaN.
    """

    t_s: FloatArray
    shares: FloatArray
    used: FloatArray
    seen: FloatArray
    coverage: FloatArray
    included: BoolArray

    def __len__(self) -> int:
        return len(self.t_s)

    @property
    def has_shares(self) -> BoolArray:
        """(n,) whether a second has shares."""
        return np.isfinite(self.shares[:, 0])

    def part(self, first_s: float, last_s: float) -> Seconds:
        """Return the seconds that start in [first_s, last_s)."""
        rows = slice(*np.searchsorted(self.t_s, (first_s, last_s), side="left"))
        return Seconds(
            self.t_s[rows],
            self.shares[rows],
            self.used[rows],
            self.seen[rows],
            self.coverage[rows],
            self.included[rows],
        )


def included(points: Sequence[TimelinePoint], exclusions: Sequence[Exclusion]) -> BoolArray:
    """Return (n,) bool: whether a point's second [t_s, t_s + 1) is outside every exclusion.

    A second that an exclusion touches at all is excluded.
    """
    times_s = np.fromiter((point.t_s for point in points), np.float64, len(points))
    return _outside(times_s, exclusions)


def seconds_of(points: Sequence[TimelinePoint], exclusions: Sequence[Exclusion] = ()) -> Seconds:
    """Return the points, oldest first, as arrays; what the exclusions touch is NaN."""
    missing = (np.nan, np.nan, np.nan)
    rows = [
        (
            point.t_s,
            *(
                (point.shares.negative, point.shares.neutral, point.shares.positive)
                if point.shares is not None
                else missing
            ),
            *((np.nan, np.nan) if point.gap else (point.used, point.seen)),
            np.nan if point.coverage is None else point.coverage,
        )
        for point in points
    ]
    table = np.array(rows, np.float64).reshape(len(rows), 7)
    kept = _outside(table[:, 0], exclusions)
    table[~kept, 1:] = np.nan
    return Seconds(table[:, 0], table[:, 1:4], table[:, 4], table[:, 5], table[:, 6], kept)


def _outside(times_s: FloatArray, exclusions: Sequence[Exclusion]) -> BoolArray:
    outside = np.ones(len(times_s), np.bool_)
    for exclusion in exclusions:
        outside &= (times_s + 1 <= exclusion.start_s) | (times_s >= exclusion.end_s)
    return outside
