"""What a bundle costs on this machine: time and memory of each engine, and room on the disk."""

from __future__ import annotations

import multiprocessing
import os
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import psutil

from classroom_monitor.contracts import CropBatch
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import CPU_ENGINES, open_classifier

BATCHES = (1, 32)
REPEATS = {1: 40, 32: 10}
"""Runs of each batch, after one that warms up; their median is told."""

_MIB = 2**20
_BUSY_S = 0.5


@dataclass(frozen=True, slots=True)
class EngineCost:
    """What an engine costs with this many threads and faces a call.

    ms_a_face is for a run of the network, ms_a_face_both_ways for scoring as a session does, as
    the face is and mirrored; medians. memory_mib is by how much the process grew from before the
    engine was opened until it had scored such batches, its library included.
    """

    engine: str
    threads: int
    batch: int
    ms_a_face: float
    ms_a_face_both_ways: float
    memory_mib: float


@dataclass(frozen=True, slots=True)
class FileSize:
    """A file of the bundle, what it is for, and its size."""

    name: str
    role: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a bundle costs, and the machine that was measured on.

    busy_share is the part of its cores that other programs used: times suffer from it.
    """

    engines: list[EngineCost]
    files: list[FileSize]
    system: str
    busy_share: float


def measure_cost(bundle: Bundle, on_step: Callable[[], None]) -> Cost:
    """Measure each engine of the bundle with one thread, then with as many as there are cores.

    Each pair of engine_threads has a process of its own, so that none inherits another's memory;
    on_step is called after each.
    """
    busy_share = psutil.cpu_percent(interval=_BUSY_S) / 100
    start_fresh = multiprocessing.get_context("spawn")
    engines = []
    for engine, threads in engine_threads(bundle):
        with ProcessPoolExecutor(1, mp_context=start_fresh) as pool:
            engines += pool.submit(_costs, bundle.folder, engine, threads).result()
        on_step()
    files = [FileSize(file.name, file.role, file.size_bytes) for file in bundle.files]
    return Cost(engines, files, f"{platform.system()} {platform.machine()}", busy_share)


def engine_threads(bundle: Bundle) -> list[tuple[str, int]]:
    """Return the pairs of an engine of the bundle and a number of threads that are measured."""
    threads = sorted({1, os.cpu_count() or 1})
    return [
        (engine, count) for engine in CPU_ENGINES if engine in bundle.roles for count in threads
    ]


def _costs(folder: Path, engine: str, threads: int) -> list[EngineCost]:
    bundle = load_bundle(folder)
    spec = bundle.crop
    shape = (max(BATCHES), spec.size_px, spec.size_px, spec.channels)
    noise = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    process = psutil.Process()
    before = process.memory_info().rss
    classifier = open_classifier(bundle, engine, threads)
    costs = []
    for batch in BATCHES:
        crops = CropBatch(noise[:batch])
        once_ms = _median_ms(partial(classifier.logits, crops.images), REPEATS[batch])
        both_ways_ms = _median_ms(partial(classifier.score, crops), REPEATS[batch])
        grown = process.memory_info().rss - before
        costs.append(
            EngineCost(
                engine=engine,
                threads=threads,
                batch=batch,
                ms_a_face=round(once_ms / batch, 4),
                ms_a_face_both_ways=round(both_ways_ms / batch, 4),
                memory_mib=round(grown / _MIB, 1),
            )
        )
    classifier.close()
    return costs


def _median_ms(run: Callable[[], object], repeats: int) -> float:
    run()
    times_s = []
    for _ in range(repeats):
        start_s = time.perf_counter()
        run()
        times_s.append(time.perf_counter() - start_s)
    return statistics.median(times_s) * 1000
