"""How long something takes: medians of many runs, since single ones tell of other programs."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

MIN_RUNS = 3
TURNS = 5

Clock = Callable[[], float]
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of repeated runs: the quickest, median and 99th percentile, and their number."""

    least_ms: float
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
        least_ms=1000 * min(times_s),
        median_ms=1000 * percentile(times_s, 50),
        p99_ms=1000 * percentile(times_s, 99),
        runs=len(times_s),
    )


def time_runs(
    run: Callable[[], object], budget_s: float, clock: Clock = time.perf_counter
) -> Timing:
    """Run again and again until budget_s has passed, at least MIN_RUNS times; after a first run.

    The first run is not counted: it warms caches up and plans.
    """
    run()
    return summarise(_timed(run, budget_s, MIN_RUNS, clock))


def time_in_turns(
    runs: Mapping[Name, Callable[[], object]], budget_s: float, clock: Clock = time.perf_counter
) -> dict[Name, Timing]:
    """Time several runs as time_runs does, in TURNS rounds, budget_s for each of the runs in all.

    What other programs do for a moment then falls on all of them alike.
    """
    times_s: dict[Name, list[float]] = {}
    for name, run in runs.items():
        run()
        times_s[name] = []
    for _ in range(TURNS):
        for name, run in runs.items():
            times_s[name] += _timed(run, budget_s / TURNS, 1, clock)
    return {name: summarise(times) for name, times in times_s.items()}


def _timed(run: Callable[[], object], budget_s: float, least: int, clock: Clock) -> list[float]:
    times_s: list[float] = []
    begun_s = clock()
    while len(times_s) < least or clock() - begun_s < budget_s:
        started_s = clock()
        run()
        times_s.append(clock() - started_s)
    return times_s
