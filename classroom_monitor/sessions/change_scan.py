"""The largest sign of a change of the mean, over many windows at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.sessions.persistence import persistence
from classroom_monitor.sessions.seconds import FloatArray


@dataclass(frozen=True, slots=True)
class Layout:
    """What simulated series share with the observed one.

    place (m,) int64 is where the blocks are, length_s how long; scale (m,) is the standard
    deviation of a block relative to one of mean size; margin is the fewest blocks of a side.
    """

    place: NDArray[np.int64]
    length_s: int
    scale: FloatArray
    margin: int

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True, slots=True)
class Whitened:
    """Prediction residuals of (r, m) series and what a constant mean becomes in them.

    Held as sums over the blocks before each one, (r, m + 1): residuals squared, regressor times
    residual, regressor squared. noise (r,) is the residuals' variance.
    """

    squares: FloatArray
    products: FloatArray
    weights: FloatArray
    noise: FloatArray


def seeded_windows(blocks: int, margin: int) -> Iterator[tuple[int, int]]:
    """Yield windows [start, stop): the whole, then ever shorter ones, each overlapping by half.

    S. Kovács, P. Bühlmann, H. Li and A. Munk, "Seeded binary segmentation", Biometrika 110 (2023).
    """
    length = float(blocks)
    while length >= 2 * margin:
        count = max(1, 2 * -int(-blocks // length) - 1)
        step = (blocks - length) / max(1, count - 1)
        for number in range(count):
            start = int(np.floor(number * step))
            yield start, min(blocks, start + int(np.ceil(length)))
        length /= 2


def whiten(series: FloatArray, around: FloatArray, layout: Layout) -> Whitened:
    """Return the residuals of (r, m) series, each after its own estimate of persistence.

    around (r, m) are the series less what is known of their means.
    """
    standard = series / layout.scale
    fitted = persistence(around / layout.scale, layout.length_s)
    steps = np.diff(layout.place)
    kept = np.repeat(fitted.coefficient[:, None], len(steps), axis=1)
    far = steps > 1
    kept[:, far] = kept[:, far] ** steps[far]
    fresh = np.sqrt(1 - kept**2)
    ones = 1 / layout.scale
    residuals, regressor = standard.copy(), np.broadcast_to(ones, series.shape).copy()
    residuals[:, 1:] = (standard[:, 1:] - kept * standard[:, :-1]) / fresh
    regressor[:, 1:] = (ones[1:] - kept * ones[:-1]) / fresh
    return Whitened(
        _sums(residuals**2), _sums(regressor * residuals), _sums(regressor**2), fitted.variance
    )


def window_scores(white: Whitened, start: int, stop: int, margin: int) -> FloatArray:
    """Return (r, splits) scores of a change before block start + margin, ..., stop - margin.

    The root of the likelihood ratio statistic of two means against one, less what a window of this
    length reaches by being one of many (K. Frick, A. Munk and H. Sieling, "Multiscale change point
    inference", JRSS B 76, 2014). Its variance is the series' or the window's, whichever is larger.
    """
    cut = slice(start + margin, stop - margin + 1)
    product, weight = white.products, white.weights
    left_w, right_w = weight[:, cut] - weight[:, [start]], weight[:, [stop]] - weight[:, cut]
    left, right = product[:, cut] - product[:, [start]], product[:, [stop]] - product[:, cut]
    split = left**2 / left_w + right**2 / right_w
    gain = split - (left + right) ** 2 / (left_w + right_w)
    rest = white.squares[:, [stop]] - white.squares[:, [start]] - split
    noise = np.maximum(white.noise[:, None], rest / (stop - start - 2))
    ratio = np.divide(gain, noise, out=np.zeros_like(gain), where=noise > 1e-12)
    blocks = white.squares.shape[1] - 1
    scores: FloatArray = np.sqrt(np.maximum(ratio, 0.0)) - np.sqrt(
        2 * np.log(np.e * blocks / (stop - start))
    )
    return scores


def split_gains(shares: FloatArray, layout: Layout, start: int, stop: int) -> FloatArray:
    """Return (splits,) by how much two means fit (m,) shares better than one in [start, stop).

    In squares of a block of mean size, before block start + margin, ..., stop - margin. In the
    residuals a change is one large value and then a small shift: they tell best whether there is
    one, the shares themselves best where.
    """
    weights = np.cumsum(layout.scale[start:stop] ** -2.0)
    sums = np.cumsum(layout.scale[start:stop] ** -2.0 * shares[start:stop])
    cut = slice(layout.margin - 1, stop - start - layout.margin)
    left, right = sums[cut], sums[-1] - sums[cut]
    gains: FloatArray = left**2 / weights[cut] + right**2 / (weights[-1] - weights[cut])
    gains -= sums[-1] ** 2 / weights[-1]
    return gains


def largest_scores(series: FloatArray, layout: Layout) -> FloatArray:
    """Return (r,) the largest score of each of (r, m) series over all windows."""
    white = whiten(series, series - series.mean(axis=1, keepdims=True), layout)
    best = np.full(len(series), -np.inf)
    for start, stop in seeded_windows(len(layout), layout.margin):
        np.maximum(best, window_scores(white, start, stop, layout.margin).max(axis=1), out=best)
    return best


def _sums(values: FloatArray) -> FloatArray:
    sums = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums
