"""How fast analysis goes, for the status line."""

from __future__ import annotations

import statistics
import threading
from collections import deque
from dataclasses import dataclass

WINDOW_S = 3.0  # steady at two looks a second, and quick to follow when a lecture moves on


@dataclass(frozen=True, slots=True)
class FinishedLook:
    """When a look was finished, how long after its frame's capture, and what it scored.

    faces are those that can be scored, scored how many of them this look did.
    """

    done_s: float
    latency_s: float
    faces: int = 0
    scored: int = 0


class WorkMeter:
    """Counts finished looks: how many a second, how long each took, how often faces are scored.

    One thread counts, any thread reads. Times are seconds on one clock, whichever.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: deque[FinishedLook] = deque()

    def count(self, look: FinishedLook) -> None:
        """Count a look."""
        with self._lock:
            self._done.append(look)
            self._forget(look.done_s)

    def rate(self, now_s: float) -> float:
        """Return the looks a second over the last seconds; 0 before the second look."""
        with self._lock:
            self._forget(now_s)
            span_s = self._span_s(now_s)
            return (len(self._done) - 1) / span_s if span_s > 0 else 0.0

    def latency_ms(self, now_s: float) -> float:
        """Return the median latency over the last seconds; 0 for no looks."""
        with self._lock:
            self._forget(now_s)
            if not self._done:
                return 0.0
            return 1000.0 * statistics.median(look.latency_s for look in self._done)

    def scored_hz(self, now_s: float) -> float:
        """Return how often a second a face was scored in the mean; 0 where there is none."""
        with self._lock:
            self._forget(now_s)
            span_s = self._span_s(now_s)
            later = list(self._done)[1:]
            faces = sum(look.faces for look in later)
            if not faces or span_s <= 0:
                return 0.0
            return sum(look.scored for look in later) * len(later) / faces / span_s

    def _span_s(self, now_s: float) -> float:
        """From the oldest look until now; 0 before the second look."""
        if len(self._done) < 2:
            return 0.0
        return max(now_s, self._done[-1].done_s) - self._done[0].done_s

    def _forget(self, now_s: float) -> None:
        while self._done and self._done[0].done_s < now_s - WINDOW_S:
            self._done.popleft()
