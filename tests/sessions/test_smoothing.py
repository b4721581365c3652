"""The mix now and its trend."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_monitor.sessions.seconds import FloatArray, Seconds
from classroom_monitor.sessions.smoothing import now_and_trend, smoothed
from tests.simulated_rooms import Lecture, any_lecture, simulated

MIX = (0.2, 0.55, 0.25)


def lecture(random: np.random.Generator, rise: float = 0.0) -> Seconds:
    """Twenty minutes of 20 faces, then five minutes in which negative rises steadily."""
    steps = tuple(
        (1200 + 10 * step, (0.2 + rise * step / 30, 0.55 - rise * step / 30, 0.25))
        for step in range(1, 31)
    )
    return simulated(Lecture(1510, 20, MIX, mood_s=5.0, steps=steps), random).seconds


def test_smoothing_means_over_its_window_and_leaves_missing_seconds_missing() -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0, 5.0])
    means = smoothed(values, np.ones(5), 3)
    assert means[[0, 1, 3, 4]] == pytest.approx([1.5, 1.5, 4.5, 4.5])
    assert np.isnan(means[2])


def test_smoothing_counts_faces_alike() -> None:
    table = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert smoothed(table, np.array([30.0, 10.0]), 3) == pytest.approx(
        np.array([[0.25, 0.75], [0.25, 0.75]])
    )


def test_smoothing_of_one_second_changes_nothing() -> None:
    values = np.random.default_rng(0).random((50, 3))
    assert smoothed(values, np.full(50, 7.0), 1) == pytest.approx(values)


def test_now_is_the_mean_of_the_last_seconds_with_bounds_around_it() -> None:
    shares = np.tile(np.array(MIX), (300, 1))
    shares[-10:] = (0.6, 0.3, 0.1)
    trend = now_and_trend(shares, np.full(300, 20.0), 10)
    assert trend is not None
    assert trend.shares == pytest.approx((0.6, 0.3, 0.1))
    for low, share, high in zip(trend.low, trend.shares, trend.high, strict=True):
        assert 0 <= low < share < high <= 1


def test_there_is_no_now_without_recent_shares() -> None:
    shares: FloatArray = np.tile(np.array(MIX), (300, 1))
    used = np.full(300, 20.0)
    shares[-20:] = np.nan
    assert now_and_trend(shares, used, 15) is None
    assert now_and_trend(shares, used, 30) is not None
    assert now_and_trend(shares[:0], used[:0], 15) is None


def test_a_steady_rise_is_told_with_its_direction_and_pace() -> None:
    told, slopes = 0, []
    for seed in range(20):
        seconds = lecture(np.random.default_rng(seed), rise=0.5)
        trend = now_and_trend(seconds.shares, seconds.used, 30)
        assert trend is not None
        told += trend.direction[0] == "rising"
        assert trend.direction[0] != "falling"
        slopes.append(trend.slope_per_min[0])
    assert told >= 14
    assert float(np.mean(slopes)) == pytest.approx(0.5 / 5, abs=0.03)


def test_a_direction_is_seldom_told_where_nothing_moves() -> None:
    told = []
    for seed in range(60):
        random = np.random.default_rng((2, seed))
        seconds = simulated(any_lecture(random, longest_s=2400, laughs=False), random).seconds
        trend = now_and_trend(seconds.shares, seconds.used, 15)
        if trend is not None:
            told += [direction != "steady" for direction in trend.direction]
    assert len(told) > 100
    assert np.mean(told) < 0.1
