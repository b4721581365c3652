"""Shares in whole per cent, which is all that is kept of them.

A second's bounds rest on how sure the classifier was of each face. With all their digits they tell
the mean of the faces' probabilities, and those of two neighbouring seconds tell a single face's
when it goes; in whole per cent they don't (tests/privacy/test_neighbours.py). Nothing that can be
read off a share is lost: even that of 60 faces, all of them certain, is known to 13% to each side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from classroom_monitor.contracts import MOODS, Shares

_STEPS = 100
_NOISE = 1e-9
"""Far below what a share is known to, far above what floating point adds to it."""
_NEUTRAL = MOODS.index("neutral")

Triple = tuple[float, float, float]


def whole_per_cent(shares: Sequence[float], low: Sequence[float], high: Sequence[float]) -> Shares:
    """Return three shares that sum to 1 as whole per cent that do, and their bounds, rounded out.

    What is missing to 100 goes to the shares with the largest remainders (Hamilton's method); among
    equal ones to the larger share, then to neutral.
    """
    units = [math.floor(_STEPS * share + _NOISE) for share in shares]
    places = sorted(range(len(units)), key=lambda mood: _claim(shares[mood], mood), reverse=True)
    for mood in places[: _STEPS - sum(units)]:
        units[mood] += 1
    negative, neutral, positive = (unit / _STEPS for unit in units)
    return Shares(
        negative,
        neutral,
        positive,
        low=_triple([math.floor(_STEPS * bound + _NOISE) for bound in low]),
        high=_triple([math.ceil(_STEPS * bound - _NOISE) for bound in high]),
    )


def _claim(share: float, mood: int) -> tuple[float, float, bool]:
    """How a share stands in line for what is missing."""
    remainder = _STEPS * share - math.floor(_STEPS * share + _NOISE)
    return round(remainder, 7), round(share, 7), mood == _NEUTRAL


def _triple(units: Sequence[int]) -> Triple:
    first, second, third = (unit / _STEPS for unit in units)
    return first, second, third
