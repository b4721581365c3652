"""From changes between blocks to changes in seconds, with the means around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.contracts import MOODS
from classroom_monitor.sessions.blocks import Blocks
from classroom_monitor.sessions.change_search import BlockChange
from classroom_monitor.sessions.seconds import Seconds

_REACH_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A change of one mood's mean share at t_s, in seconds from the session's start.

    mood is one of MOODS. before and after are its mean shares between this and the neighbouring
    changes of that mood. p is the p-value for the whole session and all three moods; the least it
    can be is 3 by one more than the number of simulated rooms. earliest_s and latest_s bound the
    time at 95%, in whole blocks.
    """

    t_s: float
    mood: str
    before: float
    after: float
    p: float
    earliest_s: float = float("nan")
    latest_s: float = float("nan")


@dataclass(frozen=True, slots=True)
class BlockTimes:
    """What a mood's changes are placed by: the session's seconds and blocks, the mood's column."""

    seconds: Seconds
    blocks: Blocks
    column: int
    mood: str


def placed(times: BlockTimes, changes: Sequence[BlockChange]) -> tuple[ChangePoint, ...]:
    """Return changes between blocks as change points, by time."""
    length_s, place = times.blocks.length_s, times.blocks.place
    edges = [0.0, *(float(place[change.row] * length_s) for change in changes), np.inf]
    cuts = [0.0]
    for at, change in enumerate(changes):
        row = change.row
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
            min(1.0, len(MOODS) * change.p),
            min(cuts[at + 1], float((place[change.first] - 1) * length_s)),
            max(cuts[at + 1], float((place[change.last] + 1) * length_s)),
        )
        for at, change in enumerate(changes)
    )


def together(found: Sequence[ChangePoint]) -> tuple[ChangePoint, ...]:
    """Return changes by time; where one mood's may be at another's surer time, it is put there."""
    moved: list[ChangePoint] = []
    for change in sorted(found, key=lambda each: each.latest_s - each.earliest_s):
        taken = {each.t_s for each in moved if each.mood == change.mood}
        near = [
            each.t_s
            for each in moved
            if change.earliest_s <= each.t_s <= change.latest_s and each.t_s not in taken
        ]
        nearest_s = min(near, key=lambda t_s: abs(t_s - change.t_s), default=change.t_s)
        moved.append(replace(change, t_s=nearest_s))
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
