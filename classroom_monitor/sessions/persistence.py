"""How long a mood share's chance ups and downs last, estimated in spite of changes.

A share is taken to wander around its mean as a first-order autoregression from block to block:
what a room of faces does that each keep their mood for a while (room_null.py). Its coefficient is
estimated from autocovariances around a mean that may step some times, within runs of neighbouring
blocks around each run's own mean, so that changes hardly make the ups and downs seem longer.
All that taking away makes them seem shorter. How much, and how sure the estimate is, is measured on
simulated autoregressions with known coefficients, and taken back (indirect inference:
C. Gourieroux, A. Monfort and E. Renault, J. Applied Econometrics 8, 1993).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.sessions.seconds import FloatArray

LONGEST_MOOD_S = 75.0
"""What lasts longer than this counts as a change of the mean, not as a mood that persists."""

_LAGS = 3
_EDGE = 4
_BLOCKS_A_STEP = 90
_LEAST_SLOPE = 0.3
_LARGEST_ERROR = 1.0
_COEFFICIENTS = np.linspace(0.0, 0.96, 13)
_SERIES = 160
_SEED = 1993


@dataclass(frozen=True, slots=True)
class Persistence:
    """Of r series: correlation of neighbouring blocks, its standard error, variance. Each (r,)."""

    coefficient: FloatArray
    error: FloatArray
    variance: FloatArray


@dataclass(frozen=True, slots=True)
class _Known:
    """What series of known coefficients (c,) look like: mean ratio, its deviation, variance."""

    ratio: FloatArray
    deviation: FloatArray
    variance: FloatArray


def most_persistent(length_s: float) -> float:
    """Return the correlation of neighbouring blocks of moods that last LONGEST_MOOD_S.

    That of means over length_s of a process whose autocorrelation falls exponentially.
    """
    x = length_s / LONGEST_MOOD_S
    kept = float(np.exp(-x))
    return (1 - kept) ** 2 / (2 * (x - 1 + kept))


def persistence(series: FloatArray, length_s: float) -> Persistence:
    """Return how persistent (r, m) series are, m at least 8, coefficients in [0, most_persistent].

    length_s is that of a block.
    """
    ratio, variance = _looks(series)
    known = _known(_rounded(series.shape[1]))
    coefficient = np.interp(ratio, known.ratio, _COEFFICIENTS)
    coefficient = np.minimum(coefficient, most_persistent(length_s))
    slope = np.maximum(_LEAST_SLOPE, np.gradient(known.ratio, _COEFFICIENTS))
    error = np.interp(coefficient, _COEFFICIENTS, known.deviation / slope)
    error = np.minimum(error, _LARGEST_ERROR)
    return Persistence(
        coefficient, error, variance / np.interp(coefficient, _COEFFICIENTS, known.variance)
    )


def _looks(series: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the sum of the first autocovariances by the variance, and the variance, each (r,)."""
    blocks = series.shape[1]
    run = max(8, min(24, blocks // 3 if blocks >= 45 else blocks // 2))
    count = blocks // run
    rows = _without_steps(series)[:, : count * run].reshape(len(series), count, run)
    rows = rows - rows.mean(axis=2, keepdims=True)
    variance = np.mean(rows**2, axis=(1, 2))
    along = np.zeros(len(series))
    for lag in range(1, _LAGS + 1):
        along += np.einsum("ijk,ijk->i", rows[:, :, lag:], rows[:, :, :-lag])
    along /= count * run
    ratio = np.divide(along, variance, out=np.zeros(len(series)), where=variance > 1e-12)
    return ratio, variance


def _without_steps(series: FloatArray) -> FloatArray:
    """Return (r, m) series less their means, which step where that helps most, again and again."""
    rest: FloatArray = series - series.mean(axis=1, keepdims=True)
    blocks = rest.shape[1]
    at = np.arange(1, blocks)[None, :]
    starts, stops = np.zeros_like(at), np.full_like(at, blocks)
    for _ in range(2 + blocks // _BLOCKS_A_STEP):
        step = _step(rest, starts, stops)
        rest = rest - step.rise
        inside = (at > step.start) & (at < step.stop)
        starts, stops = (
            np.where(inside & (at >= step.at), step.at, starts),
            np.where(inside & (at < step.at), step.at, stops),
        )
    return rest


@dataclass(frozen=True, slots=True)
class _Step:
    """The best step of each of r series: within which blocks, before which one, its two means.

    start, at and stop (r, 1); rise (r, m) is 0 outside [start, stop).
    """

    start: NDArray[np.int64]
    at: NDArray[np.int64]
    stop: NDArray[np.int64]
    rise: FloatArray


def _step(rest: FloatArray, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> _Step:
    """Return the step that fits (r, m) best, before one of the blocks 1 ... m - 1.

    A step before block t changes the mean of [starts, stops) only, (1 or r, m - 1) at t, within
    which the mean is 0.
    """
    blocks = rest.shape[1]
    at = np.arange(1, blocks)[None, :]
    sums = np.cumsum(rest, axis=1)[:, :-1]
    before, after = at - starts, stops - at
    inside = (before >= _EDGE) & (after >= _EDGE)
    both = np.where(inside, before * after, 1)
    gain = np.where(inside, sums**2 * (before + after) / both, -1.0)
    best = gain.argmax(axis=1)[:, None]
    shape = np.broadcast_shapes(gain.shape, starts.shape)
    start, stop, total = (
        np.take_along_axis(np.broadcast_to(values, shape), best, 1)
        for values in (starts, stops, np.where(inside, sums, 0.0))
    )
    place, cut = np.arange(blocks)[None, :], best + 1
    left, right = total / np.maximum(1, cut - start), -total / np.maximum(1, stop - cut)
    rise = np.where((place >= start) & (place < cut), left, 0.0)
    rise += np.where((place >= cut) & (place < stop), right, 0.0)
    return _Step(start, cut, stop, rise)


def _rounded(blocks: int) -> int:
    """A length near `blocks`, one of few, so that what is known of it is worth keeping."""
    steps = round(math.log(blocks / 8, 1.1))
    return round(float(8 * 1.1**steps))


@lru_cache(maxsize=64)
def _known(blocks: int) -> _Known:
    """Measure what autoregressions of this length and known coefficients look like."""
    random = np.random.default_rng(_SEED)
    fresh = random.normal(size=(blocks, len(_COEFFICIENTS), _SERIES))
    kept = _COEFFICIENTS[:, None]
    table = np.empty_like(fresh)
    table[0] = fresh[0]
    for row in range(1, blocks):
        table[row] = kept * table[row - 1] + np.sqrt(1 - kept**2) * fresh[row]
    ratio, variance = _looks(table.reshape(blocks, -1).T)
    by_coefficient = ratio.reshape(len(_COEFFICIENTS), _SERIES)
    means = variance.reshape(len(_COEFFICIENTS), _SERIES).mean(axis=1)
    return _Known(
        np.maximum.accumulate(_fair(by_coefficient.mean(axis=1))),
        _fair(by_coefficient.std(axis=1)),
        np.maximum(0.02, _fair(means)),
    )


def _fair(values: FloatArray) -> FloatArray:
    """Values by coefficient without the noise of the simulation: a cubic through them."""
    return np.polynomial.Polynomial.fit(_COEFFICIENTS, values, 3)(_COEFFICIENTS)
