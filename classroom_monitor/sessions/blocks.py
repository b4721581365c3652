"""A session's shares in blocks of some seconds, short enough to place a change, few enough to test.

Neighbouring seconds show nearly the same faces in nearly the same moods, so little is lost by
putting them together, and what single looks flicker averages out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.sessions.seconds import FloatArray, Seconds

SHORTEST_S = 20
MOST = 288
_LEAST_PART = 1 / 3


@dataclass(frozen=True, slots=True)
class Blocks:
    """The m blocks with shares, by time.

    place (m,) int64 counts blocks of length_s from the session's start, those without shares
    included. shares (m, 3) are means in which every used face of every second counts the same.
    faces (m,) are face-seconds by length_s: the used faces, less where seconds are missing.
    """

    length_s: int
    place: NDArray[np.int64]
    shares: FloatArray
    faces: FloatArray

    def __len__(self) -> int:
        return len(self.place)


def blocks_of(seconds: Seconds, shortest_s: int = SHORTEST_S, most: int = MOST) -> Blocks:
    """Return the session in blocks of at least shortest_s and of at most `most` in all.

    A block counts where a third of its seconds have shares.
    """
    there = seconds.has_shares & (seconds.used > 0)
    span_s = float(seconds.t_s[-1] + 1) if len(seconds) else 0.0
    length_s = max(shortest_s, -int(-span_s // most))
    count = -int(-span_s // length_s)
    block = (seconds.t_s[there] // length_s).astype(np.int64)
    used = seconds.used[there]
    faces = np.bincount(block, used, count)
    sums = np.column_stack(
        [np.bincount(block, used * share, count) for share in seconds.shares[there].T]
    )
    (place,) = np.nonzero(np.bincount(block, minlength=count) >= _LEAST_PART * length_s)
    return Blocks(length_s, place, sums[place] / faces[place, None], faces[place] / float(length_s))
