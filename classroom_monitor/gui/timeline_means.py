"""Means over stretches of seconds, whatever is missing in them; no Qt in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


class RunningSums:
    """Running sums of (n, k) values, so that the mean of any stretch costs the same."""

    def __init__(self, values: FloatArray) -> None:
        there = np.isfinite(values)
        self._counts = np.zeros((len(values) + 1, values.shape[1]), dtype=np.int64)
        self._totals = np.zeros((len(values) + 1, values.shape[1]))
        np.cumsum(there, axis=0, out=self._counts[1:])
        np.cumsum(np.where(there, values, 0.0), axis=0, out=self._totals[1:])

    def means(self, starts: IntArray, stops: IntArray) -> tuple[FloatArray, IntArray]:
        """Return (m, k) means of the values there are in [start, stop), and (m, k) how many."""
        counts = self._counts[stops] - self._counts[starts]
        means = np.full(counts.shape, np.nan)
        totals = self._totals[stops] - self._totals[starts]
        np.divide(totals, counts, out=means, where=counts > 0)
        return means, counts


def smoothed(values: FloatArray, seconds: int) -> FloatArray:
    """Return centred moving means over the values there are; what is missing stays missing."""
    here = np.arange(len(values))
    first = np.maximum(0, here - (seconds - 1) // 2)
    means, _ = RunningSums(values).means(first, np.minimum(len(values), here + seconds // 2 + 1))
    means[np.isnan(values)] = np.nan
    return means
