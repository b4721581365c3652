"""Parts of `bench` that want a process of their own, started by it: a hidden command.

Each prints its figures as one JSON document on stdout.
"""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import click

from classroom_monitor.cli.output import print_json


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
    import numpy as np

    from classroom_monitor.trainer.keras_rates import keras_rates
    from classroom_monitor.vision.bundle import load_bundle

    bundle = load_bundle(model)
    side, channels = bundle.crop.size_px, bundle.crop.channels
    crops = np.random.default_rng(0).integers(0, 256, (batch, side, side, channels), np.uint8)
    print_json(keras_rates(bundle, crops, batch, budget_s))


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
@click.option("--window/--no-window", required=True)
def live(faces: int, settle_s: float, seconds: float, model: Path, window: bool) -> None:
    """Measure a live session on the drawn hall."""
    from classroom_monitor.benchmark.live_meter import Span
    from classroom_monitor.cli.bench_window import measure_live

    span = Span(settle_s, seconds)
    with tempfile.TemporaryDirectory() as store:
        figures = measure_live(faces, span, model, Path(store), window=window)
    print_json(None if figures is None else dataclasses.asdict(figures))
