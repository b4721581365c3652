"""Smooths each track's class probabilities over time."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array


@dataclass(slots=True)
class _Memory:
    probabilities: Float32Array
    at_s: float


class ProbabilitySmoother:
    """Keeps an exponentially weighted mean of each track's probabilities, in memory only.

    time_s is the time constant: after it, a lasting change has arrived to 63%, whatever the rate of
    looks.
    """

    def __init__(self, time_s: float = 0.5) -> None:
        """Start without any track."""
        self._time_s = time_s
        self._memories: dict[int, _Memory] = {}

    def update(self, track_id: int, probabilities: Float32Array, at_s: float) -> None:
        """Take a track's new (3,) probabilities at at_s."""
        memory = self._memories.get(track_id)
        if memory is None:
            self._memories[track_id] = _Memory(probabilities, at_s)
            return
        gain = 1 - math.exp(-max(at_s - memory.at_s, 0.0) / self._time_s)
        mixed = memory.probabilities + gain * (probabilities - memory.probabilities)
        self._memories[track_id] = _Memory(np.asarray(mixed, np.float32), at_s)

    def get(self, track_id: int) -> Float32Array | None:
        """Return a track's smoothed (3,) probabilities, None before its first score."""
        memory = self._memories.get(track_id)
        return memory.probabilities if memory else None

    def keep_only(self, track_ids: Collection[int]) -> None:
        """Forget every other track."""
        self._memories = {key: self._memories[key] for key in track_ids if key in self._memories}
