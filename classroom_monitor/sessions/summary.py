"""What a stretch of a session comes to: mean shares with intervals, counts and coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Annotations, Exclusion, Segment, TimelinePoint
from classroom_monitor.sessions.mean_bounds import MeanBounds
from classroom_monitor.sessions.seconds import FloatArray, Seconds, included, seconds_of

__all__ = ["RangeSummary", "SegmentRow", "included", "segment_table", "summarise"]

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class RangeSummary:
    """A stretch in numbers.

    seconds is how many of its seconds are not excluded, with_mix_s how many of those have shares.
    shares are the mean shares in the order of MOODS, every used face of every second counting the
    same; low and high bound each (CONFIDENCE_LEVEL of bounds.py). The three are None where no
    second has shares. The medians are over the seconds with a picture, None where there is none.
    """

    seconds: int
    with_mix_s: int
    shares: Triple | None
    low: Triple | None
    high: Triple | None
    seen_median: float | None
    used_median: float | None
    coverage_median: float | None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment [start_s, end_s) and its summary; segment is None for what precedes the first."""

    segment: Segment | None
    start_s: float
    end_s: float
    summary: RangeSummary


def summarise(
    points: Sequence[TimelinePoint],
    exclusions: Sequence[Exclusion],
    first_s: float,
    last_s: float,
) -> RangeSummary:
    """Return what the seconds that start in [first_s, last_s) come to, exclusions left out.

    The intervals account for autocorrelation and the number of faces by an effective sample size,
    learnt from the whole session (mean_bounds.py).
    """
    whole = seconds_of(points, exclusions)
    return summarise_seconds(whole, MeanBounds.of(whole), first_s, last_s)


def summarise_seconds(
    whole: Seconds, trust: MeanBounds, first_s: float, last_s: float
) -> RangeSummary:
    """Return the summary of a part of a session whose arrays and bounds are at hand."""
    part = whole.part(first_s, last_s)
    shares, low, high = _mix(part, trust)
    return RangeSummary(
        seconds=int(part.included.sum()),
        with_mix_s=int(part.has_shares.sum()),
        shares=shares,
        low=low,
        high=high,
        seen_median=_median(part.seen),
        used_median=_median(part.used),
        coverage_median=_median(part.coverage),
    )


def _mix(part: Seconds, trust: MeanBounds) -> tuple[Triple | None, Triple | None, Triple | None]:
    there = part.has_shares & (part.used > 0)
    if not there.any():
        return None, None, None
    seconds, used = int(there.sum()), part.used[there]
    means = used @ part.shares[there] / used.sum()
    bounds = [
        trust.bounds(column, float(share), seconds, float(used.mean()))
        for column, share in enumerate(means)
    ]
    low, high = np.array(bounds).T
    return _triple(means), _triple(low), _triple(high)


def segment_table(
    points: Sequence[TimelinePoint], annotations: Annotations
) -> tuple[SegmentRow, ...]:
    """Return a row for each segment, by time, and one for what precedes the first."""
    whole = seconds_of(points, annotations.exclusions)
    trust = MeanBounds.of(whole)
    end_s = float(whole.t_s[-1] + 1) if len(whole) else 0.0
    segments = sorted(annotations.segments, key=lambda segment: segment.t_s)
    starts: list[tuple[Segment | None, float]] = [(segment, segment.t_s) for segment in segments]
    if not segments or segments[0].t_s > 0:
        starts.insert(0, (None, 0.0))
    following = [start_s for _, start_s in starts[1:]] + [end_s]
    ends = [
        max(start_s, min(next_s, end_s))
        for (_, start_s), next_s in zip(starts, following, strict=True)
    ]
    return tuple(
        SegmentRow(segment, start_s, end_s, summarise_seconds(whole, trust, start_s, end_s))
        for (segment, start_s), end_s in zip(starts, ends, strict=True)
    )


def _median(values: FloatArray) -> float | None:
    there = values[np.isfinite(values)]
    return float(np.median(there)) if len(there) else None


def _triple(values: FloatArray) -> Triple:
    first, second, third = (float(value) for value in values)
    return first, second, third
