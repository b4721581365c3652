"""How many faces the last minutes lead one to expect, so that a lost face shows as such."""

from __future__ import annotations

import math
import statistics
from collections import deque

_MEDIAN_S = 5
_WINDOW_S = 180
_LOOKED_AT_LEAST = 3  # more than half of the five seconds, or the median rests on too few


class ExpectedAudience:
    """The highest 5-second median of seen within the last three minutes, second by second.

    Gaps are left out of the medians, and one that rests on fewer than three seconds is not
    remembered: it only stands in while there is none better (a session's first two seconds, the
    return from a gap of minutes), so that one wild second cannot raise the mark for three minutes.
    """

    def __init__(self) -> None:
        self._recent: deque[int | None] = deque(maxlen=_MEDIAN_S)
        # A median is kept while all its five seconds lie within the window.
        self._medians: deque[int | None] = deque(maxlen=_WINDOW_S - _MEDIAN_S + 1)
        self._expected = 0

    def add(self, seen: int | None) -> int:
        """Take the next second's seen, None for a gap, and return expected for that second."""
        self._recent.append(seen)
        looked = [count for count in self._recent if count is not None]
        median = math.floor(statistics.median(looked)) if looked else 0
        self._medians.append(median if len(looked) >= _LOOKED_AT_LEAST else None)
        kept = [count for count in self._medians if count is not None]
        if seen is not None:
            self._expected = max(kept, default=median)
        return self._expected
