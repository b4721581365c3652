"""What is kept of a second's shares: tenths of a per cent, and whole per cent of their bounds.

The bounds rest on how sure the classifier was of each face. With all their digits they tell the
mean of the faces' probabilities, and those of two neighbouring seconds tell a single face's when
it goes; in whole per cent they don't (tests/privacy/test_neighbours.py), and nothing that can be
read off them is lost: even 60 faces, all of them certain, leave 13% to each side. Shares only tell
how many faces were counted. Coarser, they give hardly less away and cost more: share error of a
clip with six faces 0.0346 with all digits, 0.0358 in whole per cent, 0.0406 in steps of 5%.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from classroom_monitor.contracts import MOODS, Shares

_SHARE_STEPS = 1000
_BOUND_STEPS = 100
_NOISE = 1e-9
"""Far below what a share is known to, far above what floating point adds to it."""
_NEUTRAL = MOODS.index("neutral")

Triple = tuple[float, float, float]


def kept_shares(shares: Sequence[float], low: Sequence[float], high: Sequence[float]) -> Shares:
    """Return three shares that sum to 1, rounded so that they still do, and bounds rounded out.

    What is missing to the whole goes to the shares with the largest remainders (Hamilton's
    method); among equal ones to the larger share, then to neutral.
    """
    units = [math.floor(_SHARE_STEPS * share + _NOISE) for share in shares]
    places = sorted(range(len(units)), key=lambda mood: _claim(shares[mood], mood), reverse=True)
    for mood in places[: _SHARE_STEPS - sum(units)]:
        units[mood] += 1
    negative, neutral, positive = (unit / _SHARE_STEPS for unit in units)
    return Shares(
        negative,
        neutral,
        positive,
        low=_triple([math.floor(_BOUND_STEPS * bound + _NOISE) for bound in low]),
        high=_triple([math.ceil(_BOUND_STEPS * bound - _NOISE) for bound in high]),
    )


def _claim(share: float, mood: int) -> tuple[float, float, bool]:
    """How a share stands in line for what is missing."""
    remainder = _SHARE_STEPS * share - math.floor(_SHARE_STEPS * share + _NOISE)
    return round(remainder, 6), round(share, 7), mood == _NEUTRAL


def _triple(units: Sequence[int]) -> Triple:
    first, second, third = (unit / _BOUND_STEPS for unit in units)
    return first, second, third
