"""A session's seconds as the columns that a picture of a given width can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Exclusion, TimelinePoint
from classroom_monitor.sessions.seconds import BoolArray, FloatArray, included
from classroom_monitor.sessions.smoothing import smoothed


@dataclass(frozen=True, slots=True)
class DrawnColumns:
    """Neighbouring seconds put together: m columns between m + 1 edges.

    edges_s (m + 1,) seconds. shares, low, high (m, 3) in the order of MOODS, coverage, seen, used
    (m,) are means over the column's seconds, NaN where fewer than half of them have the value.
    gap, excluded and too_few (m,) say why shares are missing; one of them at most is True.
    """

    edges_s: FloatArray
    shares: FloatArray
    low: FloatArray
    high: FloatArray
    coverage: FloatArray
    seen: FloatArray
    used: FloatArray
    gap: BoolArray
    excluded: BoolArray
    too_few: BoolArray


def drawn_columns(
    points: Sequence[TimelinePoint],
    exclusions: Sequence[Exclusion],
    span_s: tuple[float, float],
    most: int,
    smoothing_s: int = 1,
) -> DrawnColumns:
    """Return the seconds that touch a span, at most `most` columns of whole seconds.

    Shares and bounds are running means over smoothing_s seconds first (smoothing.py).
    """
    first_s, last_s = int(span_s[0]), int(np.ceil(span_s[1]))
    chosen = [point for point in points if first_s <= point.t_s < last_s]
    step_s = max(1, -(-len(chosen) // max(1, most)))
    blocks = _blocks(_rows(chosen, exclusions, smoothing_s), step_s)
    starts = np.arange(len(blocks)) * step_s
    sizes = np.minimum(step_s, len(chosen) - starts)
    means = _means(blocks, sizes)
    excluded = np.nansum(blocks[:, :, 13], axis=1) * 2 > sizes
    gap = ~excluded & (np.nansum(blocks[:, :, 12], axis=1) * 2 > sizes)
    return DrawnColumns(
        edges_s=first_s + np.append(starts, len(chosen)).astype(np.float64),
        shares=means[:, 0:3],
        low=means[:, 3:6],
        high=means[:, 6:9],
        coverage=means[:, 9],
        seen=means[:, 10],
        used=means[:, 11],
        gap=gap,
        excluded=excluded,
        too_few=np.isnan(means[:, 0]) & ~excluded & ~gap,
    )


def _rows(
    points: Sequence[TimelinePoint], exclusions: Sequence[Exclusion], smoothing_s: int
) -> FloatArray:
    """Return (n, 14) rows of the points; of an excluded second only that it is one."""
    rows = np.array([_row(point) for point in points], np.float64).reshape(len(points), 14)
    inside = included(points, exclusions)
    rows[~inside, :12] = np.nan
    rows[:, 13] = ~inside
    if smoothing_s > 1:
        rows[:, :9] = smoothed(rows[:, :9], rows[:, 11], smoothing_s)
    return rows


def _blocks(rows: FloatArray, step_s: int) -> FloatArray:
    """Return (n, k) rows in (m, step_s, k) blocks, the last one filled up with NaN."""
    count = -(-len(rows) // step_s)
    values = np.full((count * step_s, rows.shape[1]), np.nan)
    values[: len(rows)] = rows
    return values.reshape(count, step_s, rows.shape[1])


def _row(point: TimelinePoint) -> tuple[float, ...]:
    """shares, low, high, coverage, seen, used, gap, and room for excluded."""
    mix = point.shares
    shares = (
        (np.nan,) * 9
        if mix is None
        else (mix.negative, mix.neutral, mix.positive, *mix.low, *mix.high)
    )
    coverage = np.nan if point.coverage is None else point.coverage
    counts = (np.nan, np.nan) if point.gap else (point.seen, point.used)
    return (*shares, coverage, *counts, float(point.gap), 0.0)


def _means(blocks: FloatArray, sizes: FloatArray) -> FloatArray:
    """Return (m, k) means of (m, step, k) blocks, NaN where under half of a block's rows count."""
    there = np.isfinite(blocks)
    counts = there.sum(axis=1)
    sums = np.where(there, blocks, 0.0).sum(axis=1)
    means = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=means, where=(counts > 0) & (counts * 2 >= sizes[:, None]))
    return means
