"""The mix now, and whether it rises or falls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from classroom_monitor.sessions.seconds import FloatArray

Direction = Literal["rising", "falling", "steady"]


@dataclass(frozen=True, slots=True)
class Trend:
    """The mix now and its trend, each in the order of MOODS.

    shares are the means of the last smoothing_s seconds, low and high their bounds. slope_per_min
    is the change of each share a minute over the last minutes; direction is "steady" unless the
    slope's interval leaves out 0.
    """

    shares: tuple[float, float, float]
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    slope_per_min: tuple[float, float, float]
    direction: tuple[Direction, Direction, Direction]


def smoothed(values: FloatArray, weights: FloatArray, smoothing_s: int) -> FloatArray:
    """Return running means of (n,) or (n, k) seconds, centred, weighted by (n,) weights.

    A window is smoothing_s seconds wide (rounded up to an odd number) and cut at the ends; a second
    whose own values are NaN stays NaN, others skip what is NaN around them.
    """
    half = smoothing_s // 2
    table = values.reshape(len(values), -1)
    there = np.isfinite(table) & (np.nan_to_num(weights) > 0)[:, None]
    weight = np.where(there, np.nan_to_num(weights)[:, None], 0.0)
    sums = _window_sums(np.where(there, table, 0.0) * weight, half)
    totals = _window_sums(weight, half)
    means = np.full(table.shape, np.nan)
    np.divide(sums, totals, out=means, where=there & (totals > 0))
    return means.reshape(values.shape)


def now_and_trend(shares: FloatArray, used: FloatArray, smoothing_s: int) -> Trend | None:
    """Return the mix now and its trend from (n, 3) shares and (n,) used faces, newest last.

    Rows are seconds, NaN where a second has none. None where none of the last smoothing_s seconds
    has shares.
    """
    recent, faces = shares[-smoothing_s:], used[-smoothing_s:]
    there = np.isfinite(recent[:, 0])
    if not there.any():
        return None
    negative, neutral, positive = faces[there] @ recent[there] / faces[there].sum()
    mix = (float(negative), float(neutral), float(positive))
    return Trend(mix, mix, mix, (0.0, 0.0, 0.0), ("steady", "steady", "steady"))


def _window_sums(values: FloatArray, half: int) -> FloatArray:
    ends = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    rows = np.arange(len(values))
    stops, starts = np.minimum(rows + half + 1, len(values)), np.maximum(rows - half, 0)
    sums: FloatArray = ends[stops] - ends[starts]
    return sums
