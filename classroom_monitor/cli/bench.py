"""The command that measures this machine: bench."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from classroom_monitor.cli.output import print_json
from classroom_monitor.cli.parameters import finder_option, json_option, model_option
from classroom_monitor.contracts import FinderName, Mode

if TYPE_CHECKING:
    from classroom_monitor.app import RunOptions
    from classroom_monitor.benchmark.engines import EngineChoice
    from classroom_monitor.benchmark.finders import FinderChoice
    from classroom_monitor.benchmark.plan import BenchParts
    from classroom_monitor.contracts import Camera
    from classroom_monitor.vision.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for: None is what the settings say, or, for finders and modes, each."""

    model: Path | None
    finder: FinderName | None
    mode: Mode | None


@click.command()
@click.option("--quick", is_flag=True, help="Measure less: about a minute.")
@click.option(
    "--faces",
    "pictures",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Measure face finders instead, on photographs with a boxes.json.",
)
@finder_option
@click.option(
    "--mode",
    type=click.Choice(get_args(Mode)),
    help="How sessions look for faces.  [default: room; with --faces, both]",
)
@model_option
@json_option
def bench(
    quick: bool,
    pictures: Path | None,
    finder: FinderName | None,
    mode: Mode | None,
    model: Path | None,
    as_json: bool,
) -> None:
    """Measure this machine: each stage, each engine, end to end.

    It looks at drawn faces only, takes two to three minutes, and wants nothing else to run
    meanwhile.

    With --faces it measures how many of the faces in a folder of photographs each finder finds, by
    size. FOLDER/boxes.json names them: {"photo.jpg": [[x, y, width, height], ...], ...}, in pixels.
    """
    chosen = Chosen(model, finder, mode)
    if pictures is not None:
        from classroom_monitor.cli.bench_faces import print_recall

        print_recall(pictures, finder, mode, as_json=as_json)
        return
    from classroom_monitor.benchmark.plan import FULL, QUICK
    from classroom_monitor.benchmark.report import bench_document, bench_text
    from classroom_monitor.benchmark.whole import run_bench

    measured = run_bench(_parts(chosen), QUICK if quick else FULL, _tell)
    if as_json:
        print_json(bench_document(measured))
    else:
        click.echo(bench_text(measured))


def _tell(step: str) -> None:
    print(f"Measuring: {step}", file=sys.stderr)


def _parts(chosen: Chosen) -> BenchParts:
    """Return what is measured: the program's own parts, with those chosen or set."""
    from classroom_monitor.benchmark.plan import BenchParts
    from classroom_monitor.cli import bench_processes
    from classroom_monitor.cli.bench_window import bench_options
    from classroom_monitor.model_choice import load_for_sessions, require_chosen_model
    from classroom_monitor.settings import load_settings, settings_path
    from classroom_monitor.vision.classifier import CPU_ENGINES, open_classifier
    from classroom_monitor.vision.faces import open_finder

    settings = load_settings(settings_path())
    folder = chosen.model or require_chosen_model(settings).folder
    bundle = load_for_sessions(folder)
    finder, mode = chosen.finder or settings.finder, chosen.mode or "room"
    on_cpu = next(engine for engine in CPU_ENGINES if engine in bundle.roles)
    return BenchParts(
        bundle=bundle,
        engines=_engines(bundle),
        finders=_finders(),
        open_finder=partial(open_finder, "room"),
        open_classifier=partial(open_classifier, bundle, on_cpu),
        matrix_one_thread=bench_processes.matrix_one_thread,
        keras=partial(bench_processes.keras_rates, folder),
        gpu=partial(bench_processes.gpu_times, folder),
        live=bench_processes.LiveRuns(folder, finder, mode).run,
        start=bench_processes.start_times,
        analyse=partial(_analyse, partial(bench_options, folder, finder, mode)),
    )


def _engines(bundle: Bundle) -> list[EngineChoice]:
    """Return the processor's engines that the bundle has, with one thread and with all cores."""
    from classroom_monitor.benchmark.engines import EngineChoice
    from classroom_monitor.vision.classifier import CPU_ENGINES, open_classifier

    threads = sorted({1, os.cpu_count() or 1})
    return [
        EngineChoice(engine, count, partial(open_classifier, bundle, engine, count))
        for engine in CPU_ENGINES
        if engine in bundle.roles
        for count in threads
    ]


def _finders() -> list[FinderChoice]:
    """Return the finders that can be used here, in each mode."""
    from classroom_monitor.benchmark.finders import FinderChoice
    from classroom_monitor.cli.bench_faces import usable_finders
    from classroom_monitor.model_choice import face_model_library
    from classroom_monitor.settings import load_settings, settings_path
    from classroom_monitor.vision.finder_choice import open_sequence_finder

    settings = load_settings(settings_path())
    library = face_model_library(settings)
    return [
        FinderChoice(finder, mode, partial(open_sequence_finder, mode, finder, library))
        for finder in usable_finders(settings)
        for mode in get_args(Mode)
    ]


def _analyse(
    options_for: Callable[[Path], RunOptions],
    make_camera: Callable[[], Camera],
    store: Path,
    rate_hz: float,
) -> None:
    """Make a session of a recording, as analyze does."""
    from classroom_monitor.app import session_parts, session_plan
    from classroom_monitor.gui.services import DEMO_SOURCE
    from classroom_monitor.live.recording import RecordingRequest, analyse_recording

    options = options_for(store)
    parts = replace(session_parts(DEMO_SOURCE, options), make_camera=make_camera)
    request = RecordingRequest(session_plan(DEMO_SOURCE, "", options), parts, rate_hz)
    analyse_recording(request, lambda done_s, total_s: None)
