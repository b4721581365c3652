"""This machine: what it is, and its own limits, measured with the plainest work there is."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from classroom_monitor.benchmark.timing import time_runs

LIBRARIES = (
    "ai-edge-litert",
    "keras",
    "mediapipe",
    "numpy",
    "opencv-contrib-python",
    "PySide6-Essentials",
    "tensorflow",
)

ONE_THREAD = {
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""Keeps numpy's matrix multiplication to one thread; read when a process first imports numpy."""

_MATRIX_SIDE = 1536  # 28 MB in three matrices: large enough for the full rate, 0.05 s on one core
_COPY_BYTES = 256 * 2**20  # far more than caches hold, but for those of servers
_GIB = 2**30


@dataclass(frozen=True, slots=True)
class Machine:
    """What was measured on; busy_share is the part of the cores that other programs used."""

    cpu: str
    cores: int
    memory_gib: float
    system: str
    python: str
    libraries: dict[str, str]
    busy_share: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What the machine can do at most: the quickest of many runs.

    Rates of float32 matrix multiplication in 10^9 operations a second, a multiply-add counting as
    two; None where it was not measured. int8's has no plain measure: numpy multiplies no int8
    matrices quickly, so int8 engines are held against the float32 rate, which they may exceed.
    copy_gb_per_s counts bytes read and written.
    """

    float32_gflops_one_thread: float | None
    float32_gflops_all_threads: float
    copy_gb_per_s: float


def describe_machine(busy_for_s: float = 0.5) -> Machine:
    """Return what this machine is; listens for busy_for_s to what other programs use."""
    return Machine(
        cpu=_cpu_name(),
        cores=os.cpu_count() or 1,
        memory_gib=round(psutil.virtual_memory().total / _GIB, 1),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
        libraries=_versions(),
        busy_share=psutil.cpu_percent(interval=busy_for_s) / 100,
    )


def measure_limits(budget_s: float, one_thread_gflops: float | None) -> Limits:
    """Measure rates for about budget_s; that of one thread takes a process of its own."""
    return Limits(
        float32_gflops_one_thread=one_thread_gflops,
        float32_gflops_all_threads=matrix_gflops(budget_s / 2),
        copy_gb_per_s=_copy_gb_per_s(budget_s / 2),
    )


def matrix_gflops(budget_s: float) -> float:
    """Return numpy's rate of float32 matrix multiplication with the threads that it has."""
    rng = np.random.default_rng(0)
    left, right = rng.random((2, _MATRIX_SIDE, _MATRIX_SIDE), np.float32)
    product = np.empty_like(left)
    timing = time_runs(lambda: np.matmul(left, right, out=product), budget_s)
    return 2 * _MATRIX_SIDE**3 / (timing.least_ms / 1000) / 1e9


def _copy_gb_per_s(budget_s: float) -> float:
    """The rate of a large array's copy, by one thread."""
    source = np.ones(_COPY_BYTES, np.uint8)
    target = np.zeros_like(source)
    timing = time_runs(lambda: np.copyto(target, source), budget_s)
    return 2 * _COPY_BYTES / (timing.least_ms / 1000) / 1e9


def _cpu_name() -> str:
    """The processor's name: Linux tells it in a file, other systems through platform."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _versions() -> dict[str, str]:
    """Versions of the libraries that do the work, of those that are installed."""
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions
