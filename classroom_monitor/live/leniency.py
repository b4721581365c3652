"""How often a part of a session may fail by a fault in the program before the session ends."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

FAILURES = 3
WITHIN_S = 60.0

_TOLD_FOR_S = 30.0


class Leniency:
    """Forgives so many failures in any so many seconds: a lecture is worth another try.

    What fails faster than that fails for good. Any thread may call any method.
    """

    def __init__(self, part: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Take what the user calls the part that may fail."""
        self._part = part
        self._clock = clock
        self._lock = threading.Lock()
        self._failed_at_s: deque[float] = deque(maxlen=FAILURES + 1)
        self._trouble = ""

    def forgives(self, error: Exception) -> bool:
        """Take a failure of this moment, and say whether the part may be started again."""
        now_s = self._clock()
        with self._lock:
            self._failed_at_s.append(now_s)
            recent = [at_s for at_s in self._failed_at_s if at_s > now_s - WITHIN_S]
            self._trouble = (
                f"{self._part} failed ({type(error).__name__}: {error}) and was started again: see "
                "the log"
            )
            return len(recent) <= FAILURES

    @property
    def trouble(self) -> str:
        """A line for the user on what was forgiven in the last half minute, or ""."""
        with self._lock:
            told = self._failed_at_s and self._clock() <= self._failed_at_s[-1] + _TOLD_FOR_S
            return self._trouble if told else ""
