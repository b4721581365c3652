"""How fast analysis goes, for the status line."""

from __future__ import annotations

import statistics
import threading
from collections import deque

WINDOW_S = 3.0  # steady at two looks a second, and quick to follow when a lecture moves on


class WorkMeter:
    """Counts finished looks: how many a second, and how long each took from its capture.

    One thread counts, any thread reads. Times are seconds on one clock, whichever.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: deque[tuple[float, float]] = deque()  # (finished at, latency)

    def count(self, now_s: float, latency_s: float) -> None:
        """Count a look that was finished at now_s, latency_s after its frame was captured."""
        with self._lock:
            self._done.append((now_s, latency_s))
            self._forget(now_s)

    def rate(self, now_s: float) -> float:
        """Return the looks a second over the last seconds; 0 before the second look."""
        with self._lock:
            self._forget(now_s)
            if len(self._done) < 2:
                return 0.0
            span_s = max(now_s, self._done[-1][0]) - self._done[0][0]
            return (len(self._done) - 1) / span_s if span_s > 0 else 0.0

    def latency_ms(self, now_s: float) -> float:
        """Return the median latency over the last seconds; 0 for no looks."""
        with self._lock:
            self._forget(now_s)
            if not self._done:
                return 0.0
            return 1000.0 * statistics.median(latency_s for _, latency_s in self._done)

    def _forget(self, now_s: float) -> None:
        while self._done and self._done[0][0] < now_s - WINDOW_S:
            self._done.popleft()
