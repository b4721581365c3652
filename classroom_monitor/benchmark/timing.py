"""How long something takes: medians of many runs, since single ones tell of other programs."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MIN_RUNS = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of repeated runs: their median and 99th percentile, and how many there were."""

    median_ms: float
    p99_ms: float
    runs: int


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least percent (0 to 100) of the values don't exceed.

    The nearest-rank definition: always one of the values, so that a 99th percentile of few
    values is their maximum. Raises ValueError for no values.
    """
    if not values:
        raise ValueError("no values")
    rank = max(1, math.ceil(percent / 100 * len(values)))
    return sorted(values)[rank - 1]


def summarise(times_s: Sequence[float]) -> Timing:
    """Return the timing of runs that took so many seconds each. Raises ValueError for none."""
    return Timing(
        median_ms=1000 * percentile(times_s, 50),
        p99_ms=1000 * percentile(times_s, 99),
        runs=len(times_s),
    )


def time_runs(
    run: Callable[[], object], budget_s: float, clock: Callable[[], float] = time.perf_counter
) -> Timing:
    """Run again and again until budget_s has passed, at least MIN_RUNS times; after a first run.

    The first run is not counted: it warms caches up and plans.
    """
    run()
    times_s: list[float] = []
    begun_s = clock()
    while len(times_s) < MIN_RUNS or clock() - begun_s < budget_s:
        started_s = clock()
        run()
        times_s.append(clock() - started_s)
    return summarise(times_s)
