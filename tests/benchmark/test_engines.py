"""An engine's rate against what it is held against."""

import dataclasses

import numpy as np
import pytest

from classroom_monitor.benchmark.engines import (
    EngineChoice,
    EngineYardsticks,
    KerasRates,
    engine_rate,
    measure_engine,
)
from classroom_monitor.benchmark.machine import Limits
from classroom_monitor.benchmark.network_cost import NetworkCost
from tests.fakes.classifier import FakeClassifier

LIMITS = Limits(
    float32_gflops_one_thread=50.0, float32_gflops_all_threads=100.0, copy_gb_per_s=10.0
)
NETWORK = NetworkCost(
    multiply_adds=50_000_000, parameters=2, weight_bytes=8_000_000, activation_bytes=1_000_000
)
YARDSTICKS = EngineYardsticks(LIMITS, KerasRates(10.0, 250.0, ""), NETWORK)


def choice(threads: int, fake: FakeClassifier | None = None) -> EngineChoice:
    return EngineChoice("fake", threads, lambda: fake or FakeClassifier(), (1, 4))


def test_a_rate_and_its_ratios() -> None:
    rate = engine_rate(choice(threads=2), batch=8, ms=16.0, yardsticks=YARDSTICKS)
    assert rate.faces_per_s == 500.0
    assert rate.gflops == 50.0  # 2 x 50 million x 500
    assert rate.share_of_limit == 0.5
    assert rate.least_gb_per_s == 1.0  # 1 MB of activations and an eighth of 8 MB of weights
    assert rate.share_of_copy == 0.1
    assert (rate.times_predict, rate.times_tf_function) == (50.0, 2.0)


def test_one_thread_is_held_against_the_limit_of_one() -> None:
    assert engine_rate(choice(threads=1), 8, 16.0, YARDSTICKS).share_of_limit == 1.0


def test_what_is_not_known_is_left_open() -> None:
    unknown = EngineYardsticks(LIMITS, KerasRates(None, None, "not installed"), None)
    rate = engine_rate(choice(threads=2), 8, 16.0, unknown)
    assert rate.faces_per_s == 500.0
    assert (rate.gflops, rate.share_of_limit, rate.share_of_copy) == (None, None, None)
    assert (rate.times_predict, rate.times_tf_function) == (None, None)


def test_every_batch_is_run_one_way_and_the_engine_closed() -> None:
    fake = FakeClassifier()
    crops = np.zeros((3, 8, 8, 1), np.uint8)
    rates = measure_engine(choice(1, fake), crops, YARDSTICKS, budget_s=0.0)
    assert [rate.batch for rate in rates] == [1, 4]
    assert set(fake.batch_sizes) == {1, 4}
    assert not any(fake.both_ways)
    assert fake.closed
    for rate in rates:
        assert rate.faces_per_s == pytest.approx(1000 * rate.batch / rate.ms)
        assert dataclasses.asdict(rate)["engine"] == "fake"
