"""Where a session's mix changed, as far as a test says so.

The test, for each mood's share:

1. The seconds are put into blocks (blocks.py); every used face of every second counts the same, so
   a block of many faces weighs more than one of few. Gaps, excluded seconds and those under the
   group minimum are left out; the blocks around them know how far apart they are.
2. How long the ups and downs persist is estimated in spite of changes (persistence.py).
3. Changes of the mean are looked for in the prediction residuals, which are independent where the
   shares are not: M. Robbins, C. Gallagher, R. Lund and A. Aue, "Mean shift testing in correlated
   data", J. Time Series Analysis 32 (2011), in many windows at once (change_scan.py).
4. How high the largest score gets by chance is measured on simulated rooms with as many faces, as
   persistent moods and the same missing seconds, in which nothing changes (room_null.py).
5. A change counts at a third of the level, for there are three shares (Bonferroni): the chance of
   any change at all in a session without change is at most the level, as far as the room is like
   the simulated ones. `python -m tests.change_points` measures it on rooms that are less simple.

A mix that drifts slowly is no session without change: it is found as one or more changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import MOODS, Exclusion, TimelinePoint
from classroom_monitor.sessions.blocks import Blocks, blocks_of
from classroom_monitor.sessions.change_scan import Layout
from classroom_monitor.sessions.change_search import Trial, changes_before, rooms_for
from classroom_monitor.sessions.change_times import BlockTimes, ChangePoint, placed, together
from classroom_monitor.sessions.seconds import Seconds, seconds_of

__all__ = ["ChangePoint", "ChangePoints", "change_points", "changes_of"]

_SHORTEST_SIDE_S = 120
_FEWEST_BLOCKS = 16
_FEWEST_SIDE_BLOCKS = 4
_SEED = 20_110_711
"""Fixed, so that a session's change points are the same each time."""


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """What the test says of a session: the changes by time, and the test in a plain sentence.

    why_not says why nothing could be tested, in a sentence, or is "".
    """

    found: tuple[ChangePoint, ...]
    method: str
    why_not: str


def change_points(
    points: Sequence[TimelinePoint], exclusions: Sequence[Exclusion], level: float = 0.05
) -> ChangePoints:
    """Return where the mean shares changed, by the test above.

    level, in (0, 1), is the chance of finding anything in a session without change.
    """
    return changes_of(seconds_of(points, exclusions), level)


def changes_of(seconds: Seconds, level: float = 0.05) -> ChangePoints:
    """Return the change points of a session whose arrays are at hand."""
    blocks = blocks_of(seconds)
    method = _method(level, blocks.length_s)
    margin = max(_FEWEST_SIDE_BLOCKS, -int(-_SHORTEST_SIDE_S // blocks.length_s))
    if len(blocks) < max(_FEWEST_BLOCKS, 2 * margin):
        return ChangePoints((), method, _why_not(seconds, blocks))
    scale = np.sqrt(blocks.faces.mean() / blocks.faces)
    layout = Layout(blocks.place, blocks.length_s, scale, margin)
    random = np.random.default_rng(_SEED)
    found: list[ChangePoint] = []
    for column, mood in enumerate(MOODS):
        shares = np.ascontiguousarray(blocks.shares[:, column])
        trial = Trial(shares, layout, float(blocks.faces.mean()), level / len(MOODS))
        changes = changes_before(trial, random)
        times = BlockTimes(seconds, blocks, column, mood)
        found += placed(times, changes)
    return ChangePoints(together(found), method, "")


def _method(level: float, block_s: int) -> str:
    return (
        "Scan for changes of the mean share in prediction residuals (Robbins, Gallagher, Lund and "
        f"Aue 2011) of {block_s}-second blocks, over seeded windows (Kovács and others 2023). In a "
        f"session without change the chance of finding any is {100 * level:g}% for all three "
        f"moods together, measured on {rooms_for(level / len(MOODS))} simulated rooms with as many "
        "faces and as persistent moods."
    )


def _why_not(seconds: Seconds, blocks: Blocks) -> str:
    if not seconds.has_shares.any():
        return "No change points: no second that counts has shares."
    needed_min = -int(-_FEWEST_BLOCKS * blocks.length_s // 60)
    return f"No change points: they need shares over at least {needed_min} minutes."
