"""The mix now, smoothed, and whether it rises or falls as far as its interval says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from classroom_monitor.sessions.bounds import CONFIDENCE_LEVEL
from classroom_monitor.sessions.mean_bounds import MeanBounds
from classroom_monitor.sessions.seconds import FloatArray, Seconds

Direction = Literal["rising", "falling", "steady"]
Triple = tuple[float, float, float]

_HISTORY_S = 3600
_SHORTEST_TREND_S = 120
_LONGEST_TREND_S = 600
_BIN_S = 10
_FEWEST_BINS = 6
_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE_LEVEL / 2)


@dataclass(frozen=True, slots=True)
class Trend:
    """The mix now and its trend, each in the order of MOODS.

    shares are the means of the last smoothing_s seconds, low and high their bounds. slope_per_min
    is the change of each share a minute over the last trend_s seconds; direction is "steady" unless
    the slope's interval leaves out 0.
    """

    shares: Triple
    low: Triple
    high: Triple
    slope_per_min: Triple
    direction: tuple[Direction, Direction, Direction]
    trend_s: int = 0


def smoothed(values: FloatArray, weights: FloatArray, smoothing_s: int) -> FloatArray:
    """Return running means of (n,) or (n, k) seconds, centred, weighted by (n,) weights.

    A window is smoothing_s seconds wide (an even number and one) and cut at the ends. A second
    whose own value is NaN stays NaN; others skip what is NaN around them.
    """
    half = smoothing_s // 2
    table = values.reshape(len(values), -1)
    weight = np.nan_to_num(weights)[:, None] * np.isfinite(table)
    sums = _window_sums(np.nan_to_num(table) * weight, half)
    totals = _window_sums(weight, half)
    means = np.full(table.shape, np.nan)
    np.divide(sums, totals, out=means, where=(weight > 0) & (totals > 0))
    return means.reshape(values.shape)


def now_and_trend(shares: FloatArray, used: FloatArray, smoothing_s: int) -> Trend | None:
    """Return the mix now and its trend from (n, 3) shares and (n,) used faces, newest last.

    Rows are seconds, NaN where a second has none. None where none of the last smoothing_s seconds
    has shares. Bounds and trend account for autocorrelation and the number of faces: both rest on
    how the last hour varied (mean_bounds.py). The trend is a straight line through eight
    times smoothing_s, two to ten minutes, by least squares; its error is that of an autoregression.
    """
    history = _history(shares[-_HISTORY_S:], used[-_HISTORY_S:])
    recent = history.part(len(history) - smoothing_s, np.inf)
    there = recent.has_shares
    if not there.any():
        return None
    trust = MeanBounds.of(history)
    faces = recent.used[there]
    means = faces @ recent.shares[there] / faces.sum()
    bounds = [
        trust.bounds(column, float(share), len(faces), float(faces.mean()))
        for column, share in enumerate(means)
    ]
    trend_s = min(_LONGEST_TREND_S, max(_SHORTEST_TREND_S, 8 * smoothing_s))
    lines = [_slope(history.part(len(history) - trend_s, np.inf), trust, mood) for mood in range(3)]
    first, second, third = lines
    return Trend(
        shares=_triple(means),
        low=_triple(np.array(bounds)[:, 0]),
        high=_triple(np.array(bounds)[:, 1]),
        slope_per_min=(first[0], second[0], third[0]),
        direction=(first[1], second[1], third[1]),
        trend_s=trend_s,
    )


def _history(shares: FloatArray, used: FloatArray) -> Seconds:
    count = len(shares)
    there = np.isfinite(shares[:, 0]) & (used > 0)
    nothing = np.full(count, np.nan)
    return Seconds(
        t_s=np.arange(count, dtype=np.float64),
        shares=np.where(there[:, None], shares, np.nan),
        used=used,
        seen=nothing,
        coverage=nothing,
        included=np.ones(count, np.bool_),
    )


def _slope(part: Seconds, trust: MeanBounds, column: int) -> tuple[float, Direction]:
    """The slope a minute of a share, and what its interval says of it."""
    there = part.has_shares
    bins = (part.t_s[there] // _BIN_S).astype(np.int64)
    if len(np.unique(bins)) < _FEWEST_BINS:
        return 0.0, "steady"
    bins -= bins.min()
    faces = np.bincount(bins, part.used[there])
    sums = np.bincount(bins, part.used[there] * part.shares[there, column])
    (place,) = np.nonzero(faces)
    share, weight = sums[place] / faces[place], faces[place]
    minutes = place * _BIN_S / 60.0
    middle, mean = np.average(minutes, weights=weight), np.average(share, weights=weight)
    lever = weight * (minutes - middle)
    lever /= lever @ (minutes - middle)
    slope = float(lever @ share)
    apart_s = np.abs(np.subtract.outer(place, place)) * _BIN_S
    alike = np.exp(-apart_s / trust.lasting_s(column))
    single = trust.observations(column, _BIN_S, float(part.used[there].mean()))
    spread = max(mean * (1 - mean), 1 / (4 * single)) / single
    error = math.sqrt(spread * float(lever @ alike @ lever))
    if abs(slope) <= _Z * error:
        return slope, "steady"
    return slope, "rising" if slope > 0 else "falling"


def _window_sums(values: FloatArray, half: int) -> FloatArray:
    ends = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    rows = np.arange(len(values))
    stops, starts = np.minimum(rows + half + 1, len(values)), np.maximum(rows - half, 0)
    sums: FloatArray = ends[stops] - ends[starts]
    return sums


def _triple(values: FloatArray) -> Triple:
    first, second, third = (float(value) for value in values)
    return first, second, third
