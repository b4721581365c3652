"""Turns a container's timestamps, faulty ones too, into times that only go forward."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

_INTERVALS = 31
_STEP_S = 0.001  # no camera is faster
_FAR_S = 10.0


class ForwardTimes:
    """Gives each frame of a recording its time in seconds from the first frame.

    Good stamps, increasing at whatever rate, are taken as they are. A frame whose stamp is
    missing, repeated or behind is put half an interval (by the file's own last stamps) after
    its predecessor, further ones a whole interval each; when stamps go on from an earlier time
    (joined recordings), they are moved to follow on. A single stamp far beyond the recording's
    known length is distrusted in the same way.
    """

    def __init__(self, duration_s: float | None = None) -> None:
        self._duration_s = duration_s
        self._first_s: float | None = None
        self._shift_s = 0.0
        self._stamp_s = 0.0
        self._time_s = 0.0
        self._held = 0
        self._intervals_s: deque[float] = deque(maxlen=_INTERVALS)

    def next_s(self, stamp_s: float) -> float:
        """Return the time of the next frame, later than all before it."""
        if not math.isfinite(stamp_s):
            stamp_s = self._stamp_s
        if self._first_s is None:
            self._first_s = self._stamp_s = stamp_s
            return 0.0
        time_s = stamp_s - self._first_s + self._shift_s
        goes_on = stamp_s > self._stamp_s
        self._stamp_s = stamp_s
        if time_s <= self._time_s and goes_on and self._held:
            self._shift_s += self._time_s + self._interval_s() - time_s
            time_s = self._time_s + self._interval_s()
        if time_s <= self._time_s or self._is_far(time_s):
            return self._hold()
        if not self._held:
            self._intervals_s.append(time_s - self._time_s)
        self._held = 0
        self._time_s = time_s
        return time_s

    def _hold(self) -> float:
        self._time_s += self._interval_s() * (1.0 if self._held else 0.5)
        self._held += 1
        return self._time_s

    def _is_far(self, time_s: float) -> bool:
        if self._duration_s is None:
            return False
        return time_s > max(self._duration_s, self._time_s) + _FAR_S

    def _interval_s(self) -> float:
        return max(median(self._intervals_s), _STEP_S) if self._intervals_s else _STEP_S
