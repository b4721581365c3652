"""An engine's rate against what it is held against."""

import numpy as np

from classroom_monitor.benchmark.engines import (
    EngineChoice,
    EngineYardsticks,
    KerasRates,
    engine_rate,
    measure_engine,
    yardsticks_for,
)
from classroom_monitor.benchmark.machine import Limits
from classroom_monitor.benchmark.network_cost import NetworkCost
from tests.fakes.classifier import FakeClassifier

LIMITS = Limits(
    float32_gflops_one_thread=50.0, float32_gflops_all_threads=100.0, copy_gb_per_s=10.0
)
KERAS = KerasRates(10.0, 250.0, "")
NETWORK = NetworkCost(
    multiply_adds=50_000_000, parameters=2, weight_bytes=8_000_000, activation_bytes=1_000_000
)


def choice(threads: int, fake: FakeClassifier | None = None) -> EngineChoice:
    return EngineChoice("fake", threads, lambda: fake or FakeClassifier(), (1, 4))


def test_a_rate_and_its_ratios() -> None:
    rate = engine_rate("fake", 2, 8, 16.0, yardsticks_for(choice(2), LIMITS, KERAS, NETWORK))
    assert rate.faces_per_s == 500.0
    assert rate.gflops == 50.0  # 2 x 50 million x 500
    assert rate.share_of_limit == 0.5
    assert rate.least_gb_per_s == 1.0  # 1 MB of activations and an eighth of 8 MB of weights
    assert rate.share_of_copy == 0.1
    assert (rate.times_predict, rate.times_tf_function) == (50.0, 2.0)


def test_one_thread_is_held_against_the_limit_of_one() -> None:
    assert yardsticks_for(choice(1), LIMITS, KERAS, NETWORK).gflops == 50.0
    unmeasured = Limits(None, 100.0, 10.0)
    assert yardsticks_for(choice(1), unmeasured, KERAS, NETWORK).gflops == 100.0


def test_what_is_not_known_is_left_open() -> None:
    unknown = EngineYardsticks(None, None, KerasRates(None, None, "not installed"), NETWORK)
    rate = engine_rate("fake", 2, 8, 16.0, unknown)
    assert (rate.faces_per_s, rate.gflops) == (500.0, 50.0)
    assert (rate.share_of_limit, rate.share_of_copy) == (None, None)
    assert (rate.times_predict, rate.times_tf_function) == (None, None)
    uncounted = engine_rate("fake", 2, 8, 16.0, EngineYardsticks(1.0, 1.0, KERAS, None))
    assert (uncounted.gflops, uncounted.share_of_limit) == (None, None)


def test_every_batch_is_run_one_way_and_the_engine_closed() -> None:
    fake = FakeClassifier()
    times_ms = measure_engine(choice(1, fake), np.zeros((3, 8, 8, 1), np.uint8), budget_s=0.0)
    assert list(times_ms) == [1, 4]
    assert all(ms > 0 for ms in times_ms.values())
    assert set(fake.batch_sizes) == {1, 4}
    assert not any(fake.both_ways)
    assert fake.closed
