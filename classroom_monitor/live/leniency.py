"""How often a part of a session may fail by a fault in the program before the session ends."""

from __future__ import annotations

from collections import deque

FAILURES = 3
WITHIN_S = 60.0


class Leniency:
    """Forgives so many failures in any so many seconds: a lecture is worth another try.

    What fails faster than that fails for good. Not thread safe.
    """

    def __init__(self, failures: int = FAILURES, within_s: float = WITHIN_S) -> None:
        self._failures = failures
        self._within_s = within_s
        self._failed_at_s: deque[float] = deque()

    def forgives(self, now_s: float) -> bool:
        """Take a failure at this moment, and say whether the part may be started again."""
        while self._failed_at_s and self._failed_at_s[0] <= now_s - self._within_s:
            self._failed_at_s.popleft()
        self._failed_at_s.append(now_s)
        return len(self._failed_at_s) <= self._failures
