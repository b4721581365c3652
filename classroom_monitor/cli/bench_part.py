"""Parts of `bench` that want a process of their own, started by it: a hidden command.

Each prints its figures as one JSON document on stdout.
"""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classroom_monitor.cli.output import print_json

if TYPE_CHECKING:
    from classroom_monitor.contracts import FinderName, Mode, UInt8Array
    from classroom_monitor.vision.bundle import Bundle


def _noise(bundle: Bundle, faces: int) -> UInt8Array:
    """Crops of nobody: how long a network takes doesn't depend on what it is shown."""
    import numpy as np

    shape = (faces, bundle.crop.size_px, bundle.crop.size_px, bundle.crop.channels)
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


@click.group(name="bench-part", hidden=True)
def bench_part() -> None:
    """Measure one part of `bench` in this process."""


@bench_part.command()
@click.option("--budget", "budget_s", type=float, required=True)
def matrix(budget_s: float) -> None:
    """Measure the rate of matrix multiplication with the threads that the environment allows."""
    from classroom_monitor.benchmark.machine import matrix_gflops

    print_json(matrix_gflops(budget_s))


@bench_part.command()
@click.option("--model", type=click.Path(path_type=Path), required=True)
@click.option("--batch", type=int, required=True)
@click.option("--budget", "budget_s", type=float, required=True)
def keras(model: Path, batch: int, budget_s: float) -> None:
    """Measure the network as Keras runs it."""
    from classroom_monitor.trainer.keras_rates import keras_rates
    from classroom_monitor.vision.bundle import load_bundle

    bundle = load_bundle(model)
    print_json(keras_rates(bundle, _noise(bundle, batch), batch, budget_s))


@bench_part.command()
@click.option("--model", type=click.Path(path_type=Path), required=True)
@click.option("--batch", "batches", type=int, multiple=True, required=True)
@click.option("--budget", "budget_s", type=float, required=True)
def gpu(model: Path, batches: tuple[int, ...], budget_s: float) -> None:
    """Measure the engine on a GPU, and the GPU itself. Fails where there is none."""
    from classroom_monitor.benchmark.engines import EngineChoice, measure_engine
    from classroom_monitor.vision.bundle import load_bundle
    from classroom_monitor.vision.classifier import GPU_ENGINE, open_classifier
    from classroom_monitor.vision.engines.keras_gpu.devices import require_gpu

    bundle = load_bundle(model)
    device = require_gpu()
    choice = EngineChoice(GPU_ENGINE, 0, lambda: open_classifier(bundle, GPU_ENGINE), batches)
    batch_ms = measure_engine(choice, _noise(bundle, max(batches)), budget_s)

    from classroom_monitor.trainer.keras_rates import matrix_gflops

    gflops = matrix_gflops(budget_s)
    print_json({"device": device, "float32_gflops": gflops, "batch_ms": list(batch_ms.items())})


@bench_part.command()
@click.option("--since", "since_s", type=float, required=True, help="Unix time of the start.")
@click.option("--timeout", "timeout_s", type=float, required=True)
@click.option("--store", type=click.Path(path_type=Path), required=True)
def start(since_s: float, timeout_s: float, store: Path) -> None:
    """Open the window on the demo, as `demo` does, until faces are in sight."""
    from classroom_monitor.cli.bench_window import time_start

    print_json(time_start(since_s, timeout_s, store))


@bench_part.command()
@click.option("--faces", type=int, required=True)
@click.option("--settle", "settle_s", type=float, required=True)
@click.option("--seconds", type=float, required=True)
@click.option("--model", type=click.Path(path_type=Path), required=True)
@click.option("--finder", required=True)
@click.option("--mode", required=True)
@click.option("--window/--no-window", required=True)
def live(
    faces: int,
    settle_s: float,
    seconds: float,
    model: Path,
    finder: FinderName,
    mode: Mode,
    window: bool,
) -> None:
    """Measure a live session on the drawn hall."""
    from classroom_monitor.benchmark.live_meter import Span
    from classroom_monitor.cli.bench_window import bench_options, measure_live

    span = Span(settle_s, seconds)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as store:
        options = bench_options(model, finder, mode, Path(store))
        figures = measure_live(faces, span, options, window=window)
    print_json(None if figures is None else dataclasses.asdict(figures))
