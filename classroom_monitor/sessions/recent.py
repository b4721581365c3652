"""The mix over the last minutes, from finished seconds only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classroom_monitor.contracts import TimelinePoint


@dataclass(frozen=True, slots=True)
class RecentMix:
    """Mean shares over a stretch of the timeline, in the order of MOODS, summing to 1.

    counted_s is how many of the stretch's seconds had shares, out of stretch_s.
    """

    negative: float
    neutral: float
    positive: float
    counted_s: int
    stretch_s: int


def recent_mix(points: Sequence[TimelinePoint], window_s: int) -> RecentMix | None:
    """Return the mix over the last window_s seconds, None where none of them has shares.

    points are a session's finished seconds, oldest first. Each second weighs by its used faces.
    Seconds under the group minimum, counts-only seconds and gaps have no shares and so add
    nothing: no value from a smaller group can be in the result.
    """
    stretch = points[-window_s:] if window_s > 0 else []
    counted = [(point.shares, point.used) for point in stretch if point.shares is not None]
    faces = sum(used for _, used in counted)
    if not faces:
        return None
    return RecentMix(
        negative=sum(shares.negative * used for shares, used in counted) / faces,
        neutral=sum(shares.neutral * used for shares, used in counted) / faces,
        positive=sum(shares.positive * used for shares, used in counted) / faces,
        counted_s=len(counted),
        stretch_s=len(stretch),
    )
