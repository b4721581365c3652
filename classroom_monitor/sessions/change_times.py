"""From changes between blocks to changes in seconds, with the means around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.sessions.blocks import Blocks
from classroom_monitor.sessions.seconds import Seconds

_REACH_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A change of one mood's mean share at t_s, in seconds from the session's start.

    mood is one of MOODS. before and after are its mean shares between this and the neighbouring
    changes of that mood. p is the p-value for the whole session and all three moods.
    """

    t_s: float
    mood: str
    before: float
    after: float
    p: float


@dataclass(frozen=True, slots=True)
class BlockTimes:
    """What a mood's changes are placed by: the session's seconds and blocks, the mood's column."""

    seconds: Seconds
    blocks: Blocks
    column: int
    mood: str


def placed(times: BlockTimes, changes: Sequence[tuple[int, float]]) -> tuple[ChangePoint, ...]:
    """Return (row of the block after the change, p) as change points, by time."""
    length_s, place = times.blocks.length_s, times.blocks.place
    edges = [0.0, *(float(place[row] * length_s) for row, _ in changes), np.inf]
    cuts = [0.0]
    for at, (row, _) in enumerate(changes):
        reach = (float(place[max(0, row - _REACH_BLOCKS)]), float(place[row] + _REACH_BLOCKS))
        means = _mean(times, edges[at], edges[at + 1]), _mean(times, edges[at + 1], edges[at + 2])
        cuts.append(_second(times, means, (reach[0] * length_s, reach[1] * length_s)))
    cuts.append(np.inf)
    return tuple(
        ChangePoint(
            cuts[at + 1],
            times.mood,
            _mean(times, cuts[at], cuts[at + 1]),
            _mean(times, cuts[at + 1], cuts[at + 2]),
            p,
        )
        for at, (_, p) in enumerate(changes)
    )


def together(found: Sequence[ChangePoint], within_s: float) -> tuple[ChangePoint, ...]:
    """Return changes by time; those of several moods at nearly the same time get the surest's."""
    leaders: list[float] = []
    moved = []
    for change in sorted(found, key=lambda each: (each.p, -abs(each.after - each.before))):
        near = [t_s for t_s in leaders if abs(t_s - change.t_s) <= within_s]
        if not near:
            leaders.append(change.t_s)
        moved.append(replace(change, t_s=near[0]) if near else change)
    return tuple(sorted(moved, key=lambda each: (each.t_s, each.p)))


def _mean(times: BlockTimes, first_s: float, last_s: float) -> float:
    part = times.seconds.part(first_s, last_s)
    there = part.has_shares
    return float(np.average(part.shares[there, times.column], weights=part.used[there]))


def _second(times: BlockTimes, means: tuple[float, float], reach_s: tuple[float, float]) -> float:
    """The second within reach that parts the two means best, by least squares."""
    part = times.seconds.part(*reach_s)
    there = part.has_shares
    shares, used = part.shares[there, times.column], part.used[there]
    before, after = means
    beyond = used * (shares - (before + after) / 2) * np.sign(after - before)
    return float(part.t_s[there][1:][np.cumsum(beyond)[:-1].argmin()])
