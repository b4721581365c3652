"""The command that measures this machine: bench."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classroom_monitor.cli.output import print_json
from classroom_monitor.cli.parameters import json_option, model_option

if TYPE_CHECKING:
    from classroom_monitor.benchmark.engines import EngineChoice
    from classroom_monitor.benchmark.finders import FinderChoice
    from classroom_monitor.benchmark.plan import BenchParts
    from classroom_monitor.contracts import Camera
    from classroom_monitor.vision.bundle import Bundle


@click.command()
@click.option("--quick", is_flag=True, help="Measure less: about half a minute.")
@model_option
@json_option
def bench(quick: bool, model: Path | None, as_json: bool) -> None:
    """Measure this machine: each stage, each engine, end to end.

    It looks at drawn faces only, takes about three minutes, and wants nothing else to run
    meanwhile.
    """
    from classroom_monitor.benchmark.plan import FULL, QUICK
    from classroom_monitor.benchmark.report import bench_document, bench_text
    from classroom_monitor.benchmark.whole import run_bench

    measured = run_bench(_parts(model), QUICK if quick else FULL, _tell)
    if as_json:
        print_json(bench_document(measured))
    else:
        click.echo(bench_text(measured))


def _tell(step: str) -> None:
    print(f"Measuring: {step}", file=sys.stderr)


def _parts(model: Path | None) -> BenchParts:
    """Return what is measured: the program's own parts, with the model given or chosen."""
    from classroom_monitor.benchmark.plan import BenchParts
    from classroom_monitor.cli import bench_processes
    from classroom_monitor.model_choice import load_for_sessions, require_chosen_model
    from classroom_monitor.settings import load_settings, settings_path
    from classroom_monitor.vision.classifier import open_classifier
    from classroom_monitor.vision.faces import open_finder

    folder = model or require_chosen_model(load_settings(settings_path())).folder
    bundle = load_for_sessions(folder)
    return BenchParts(
        bundle=bundle,
        engines=_engines(bundle),
        finders=_finders(),
        open_finder=partial(open_finder, "room"),
        open_classifier=partial(open_classifier, bundle),
        matrix_one_thread=bench_processes.matrix_one_thread,
        keras=partial(bench_processes.keras_rates, folder),
        live=bench_processes.LiveRuns(folder).run,
        start=bench_processes.start_times,
        analyse=partial(_analyse, folder),
    )


def _engines(bundle: Bundle) -> list[EngineChoice]:
    """Return the engines that the bundle has weights for, with one thread and with all cores."""
    from classroom_monitor.benchmark.engines import EngineChoice
    from classroom_monitor.vision.classifier import ENGINES, open_classifier

    threads = sorted({1, os.cpu_count() or 1})
    return [
        EngineChoice(engine, count, partial(open_classifier, bundle, engine, count))
        for engine in ENGINES
        if engine in bundle.roles
        for count in threads
    ]


def _finders() -> list[FinderChoice]:
    from classroom_monitor.benchmark.finders import FinderChoice
    from classroom_monitor.vision.room_scan import open_room_scan

    return [
        FinderChoice("MediaPipe", "near", partial(open_room_scan, "near")),
        FinderChoice("MediaPipe", "room", partial(open_room_scan, "room")),
    ]


def _analyse(model: Path, make_camera: Callable[[], Camera], store: Path, rate_hz: float) -> None:
    """Make a session of a recording, as analyze does."""
    from classroom_monitor.app import run_options, session_parts, session_plan
    from classroom_monitor.gui.services import DEMO_SOURCE
    from classroom_monitor.live.recording import RecordingRequest, analyse_recording
    from classroom_monitor.settings import Settings

    options = replace(run_options(Settings(store_dir=str(store))), model=model)
    parts = replace(session_parts(DEMO_SOURCE, options), make_camera=make_camera)
    request = RecordingRequest(session_plan(DEMO_SOURCE, "", options), parts, rate_hz)
    analyse_recording(request, lambda done_s, total_s: None)
