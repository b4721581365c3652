"""Faces a second of each classifier engine and batch size, held against others and the limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import numpy as np

from classroom_monitor.benchmark.machine import Limits
from classroom_monitor.benchmark.network_cost import NetworkCost
from classroom_monitor.benchmark.timing import time_in_turns
from classroom_monitor.contracts import Classifier, CropBatch, UInt8Array

CPU_BATCHES = (1, 4, 16, 32, 64, 128)
GPU_BATCHES = (1, 64, 256, 1024)
COMPARED_BATCH = 32
"""The batch that the batched tf.function gets: about a room's faces."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """An engine of the processor to measure: name, threads, what opens it, on what batches."""

    engine: str
    threads: int
    open: Callable[[], Classifier]
    batches: Sequence[int] = CPU_BATCHES


@dataclass(frozen=True, slots=True)
class KerasRates:
    """Faces a second of the same network run by Keras, in the same run of the benchmark.

    one_predict is a call of `model.predict` with one face, as most published demos do it;
    tf_function one call of a compiled `tf.function` with COMPARED_BATCH faces. Both are None where
    they could not be measured, and reason says why; it is "" otherwise.
    """

    one_predict: float | None
    tf_function: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class EngineRate:
    """One engine with so many threads and faces a call; a face is scored once, not mirrored.

    threads is 0 on a GPU. gflops counts a multiply-add as two. share_of_limit is gflops over the
    measured float32 rate of matrix multiplication, of as many threads or of the GPU (int8 may
    exceed 1: see Limits). least_gb_per_s is the memory traffic if no cache kept anything, and
    share_of_copy that over the measured rate of copying. times_predict and times_tf_function are
    the ratios to KerasRates. None is what isn't known.
    """

    engine: str
    threads: int
    batch: int
    ms: float
    faces_per_s: float
    gflops: float | None
    share_of_limit: float | None
    least_gb_per_s: float | None
    share_of_copy: float | None
    times_predict: float | None
    times_tf_function: float | None


@dataclass(frozen=True, slots=True)
class GpuTimes:
    """Milliseconds a batch of the engine on a GPU, and the GPU's own rate of multiplication.

    device is what the GPU is called and float32_gflops its measured rate, as Limits has the
    processor's. Where there is none, reason says why and the rest is empty; it is "" otherwise.
    """

    device: str
    float32_gflops: float | None
    batch_ms: dict[int, float]
    reason: str


@dataclass(frozen=True, slots=True)
class EngineYardsticks:
    """What an engine is held against, None where that isn't known; network is its own."""

    gflops: float | None
    copy_gb_per_s: float | None
    keras: KerasRates
    network: NetworkCost | None


def measure_engine(choice: EngineChoice, crops: UInt8Array, budget_s: float) -> dict[int, float]:
    """Return the milliseconds of each of an engine's batches, each run for about budget_s.

    crops, (n, size, size, channels) uint8, are repeated to fill a batch; each is scored once, not
    mirrored. Raises BundleProblem where the engine can't be opened.
    """
    with closing(choice.open()) as classifier:
        batches = {size: np.resize(crops, (size, *crops.shape[1:])) for size in choice.batches}
        runs = {
            size: partial(classifier.score, CropBatch(images), both_ways=False)
            for size, images in batches.items()
        }
        return {size: one.median_ms for size, one in time_in_turns(runs, budget_s).items()}


def yardsticks_for(
    choice: EngineChoice, limits: Limits, keras: KerasRates, network: NetworkCost | None
) -> EngineYardsticks:
    """Return what an engine of the processor is held against, by how many threads it has."""
    gflops = limits.float32_gflops_all_threads
    if choice.threads == 1:
        gflops = limits.float32_gflops_one_thread or gflops
    return EngineYardsticks(gflops, limits.copy_gb_per_s, keras, network)


def engine_rate(
    engine: str, threads: int, batch: int, ms: float, against: EngineYardsticks
) -> EngineRate:
    """Return what a batch that takes so many milliseconds means."""
    faces_per_s = batch / (ms / 1000)
    network = against.network
    gflops = gb_per_s = None
    if network is not None:
        gflops = 2 * network.multiply_adds * faces_per_s / 1e9
        gb_per_s = network.bytes_a_face(batch) * faces_per_s / 1e9
    return EngineRate(
        engine=engine,
        threads=threads,
        batch=batch,
        ms=ms,
        faces_per_s=faces_per_s,
        gflops=gflops,
        share_of_limit=_ratio(gflops, against.gflops),
        least_gb_per_s=gb_per_s,
        share_of_copy=_ratio(gb_per_s, against.copy_gb_per_s),
        times_predict=_ratio(faces_per_s, against.keras.one_predict),
        times_tf_function=_ratio(faces_per_s, against.keras.tf_function),
    )


def _ratio(value: float | None, to: float | None) -> float | None:
    return value / to if value is not None and to else None
