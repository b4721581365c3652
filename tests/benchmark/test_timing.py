"""Medians, percentiles, and how long something is run."""

import functools
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.benchmark.timing import (
    MIN_RUNS,
    TURNS,
    percentile,
    summarise,
    time_in_turns,
    time_runs,
)

TIMES = st.lists(st.floats(0, 1e3, allow_nan=False), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("percent", "value"), [(0, 1.0), (25, 1.0), (50, 2.0), (75, 3.0), (99, 4.0), (100, 4.0)]
)
def test_percentile_is_the_nearest_rank(percent: float, value: float) -> None:
    assert percentile([3.0, 1.0, 4.0, 2.0], percent) == value


def test_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


@given(TIMES, st.floats(0, 100))
def test_so_many_values_do_not_exceed_a_percentile(times: list[float], percent: float) -> None:
    value = percentile(times, percent)
    assert value in times
    assert sum(one <= value for one in times) >= percent / 100 * len(times)


def test_summary_is_in_milliseconds() -> None:
    timing = summarise([0.001, 0.002, 0.300])
    assert (timing.least_ms, timing.median_ms, timing.p99_ms, timing.runs) == (1.0, 2.0, 300.0, 3)


def test_a_run_is_repeated_until_its_time_is_up_and_the_first_is_not_counted() -> None:
    clock = itertools.count()
    runs: list[None] = []
    timing = time_runs(lambda: runs.append(None), 40.0, lambda: float(next(clock)))
    assert len(runs) == timing.runs + 1
    assert MIN_RUNS < timing.runs < 40
    assert timing.median_ms == timing.p99_ms == 1000.0  # the clock goes on by 1 s a question


def test_a_slow_run_is_still_repeated() -> None:
    clock = itertools.count(step=1000)
    timing = time_runs(lambda: None, 0.1, lambda: float(next(clock)))
    assert timing.runs == MIN_RUNS


def test_several_runs_take_turns() -> None:
    clock = itertools.count(step=1000)
    order: list[str] = []
    runs = {name: functools.partial(order.append, name) for name in "ab"}
    timings = time_in_turns(runs, 0.1, lambda: float(next(clock)))
    assert order == ["a", "b"] * (1 + TURNS)  # the first of each is not counted
    assert {name: timing.runs for name, timing in timings.items()} == {"a": TURNS, "b": TURNS}
