"""How far the mean share of a stretch can be trusted: bounds from faces, time and persistence.

The interval is Wilson's score interval (JASA 22, 1927) on an effective number of observations, as
E. L. Korn and B. I. Graubard do for samples that are not independent (Survey Methodology 24, 1998):

    n_eff = p (1 - p) / variance of the mean

The variance takes account of autocorrelation: the share wanders as a first-order autoregression, so
the mean of k blocks has the variance of one block times (F. W. Zwiers and H. von Storch, "Taking
serial correlation into account in tests of the mean", J. Climate 8, 1995)

    f(k) = ((1 + r) / (1 - r) - 2 r (1 - r^k) / (k (1 - r)^2)) / k

r is the upper end of the 90% interval of the blocks' correlation over the whole session, and a
block's variance the session's, as that of a number of independent faces (room_null.py), more or
fewer as the stretch has more or fewer used faces. A short stretch so borrows from the session what
it cannot know itself. A session too short to say is taken to have moods that last over a minute.

The bounds hold the mean that these faces would show in the long run under the same circumstances,
in 95 of 100 stretches. What the classifier gets wrong all the time they don't know.
`python -m tests.mean_bounds` measures how often they hold a known truth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from classroom_monitor.sessions.blocks import blocks_of
from classroom_monitor.sessions.bounds import wilson
from classroom_monitor.sessions.change_scan import Layout
from classroom_monitor.sessions.persistence import most_persistent
from classroom_monitor.sessions.room_null import Room, fitted_room, left_by_averaging
from classroom_monitor.sessions.seconds import Seconds

_FEWEST_BLOCKS = 8


@dataclass(frozen=True, slots=True)
class MeanBounds:
    """What a session says of how its three shares vary: a room each, for blocks of length_s.

    A room is None where there is too little to say. faces is the used faces' mean.
    """

    rooms: tuple[Room | None, Room | None, Room | None]
    length_s: int
    faces: float

    @classmethod
    def of(cls, whole: Seconds) -> MeanBounds:
        """Learn from a session's seconds."""
        blocks = blocks_of(whole)
        faces = float(blocks.faces.mean()) if len(blocks) else 0.0
        if len(blocks) < _FEWEST_BLOCKS:
            return cls((None, None, None), blocks.length_s, faces)
        layout = Layout(
            blocks.place, blocks.length_s, np.sqrt(faces / blocks.faces), margin=_FEWEST_BLOCKS
        )
        first, second, third = (
            fitted_room(shares, shares - shares.mean(), layout, faces) for shares in blocks.shares.T
        )
        return cls((first, second, third), blocks.length_s, faces)

    def bounds(self, column: int, share: float, seconds: int, used: float) -> tuple[float, float]:
        """Return the bounds of a share's mean over some seconds with `used` faces in the mean.

        column is the mood's place in MOODS; share is in [0, 1], seconds at least 1.
        """
        low, high = wilson(share, self.observations(column, seconds, used))
        return max(0.0, min(share, low)), min(1.0, max(share, high))

    def observations(self, column: int, seconds: int, used: float) -> float:
        """Return how many independent faces are worth as much as the stretch."""
        room = self.rooms[column]
        if room is None:
            kept = most_persistent(self.length_s)
            faces = used / left_by_averaging(kept)
        else:
            kept, faces = room.persistence, room.faces * used / self.faces
        return max(1.0, faces / _left(kept, seconds / self.length_s))

    def lasting_s(self, column: int) -> float:
        """Return after how many seconds the share's correlation with itself falls to 1 / e."""
        room = self.rooms[column]
        kept = most_persistent(self.length_s) if room is None else room.persistence
        return self.length_s / max(0.01, -math.log(max(kept, 1e-9)))


def _left(kept: float, blocks: float) -> float:
    """The variance of the mean of some blocks by that of one; for less than one, more than 1."""
    if blocks < 1:
        return 1 + (1 - blocks) * (1 / left_by_averaging(kept) - 1)
    tail = 2 * kept * (1 - kept**blocks) / (blocks * (1 - kept) ** 2)
    return float((1 + kept) / (1 - kept) - tail) / blocks
