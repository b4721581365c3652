"""Commands that make sessions: analyze, demo."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click
import psutil
from tqdm import tqdm

from classroom_monitor.app import (
    RunOptions,
    demo_parts,
    make_camera,
    run_options,
    session_parts,
    session_plan,
)
from classroom_monitor.cli.output import print_json, print_problem, settings_with_notice
from classroom_monitor.cli.parameters import (
    group_minimum_option,
    json_option,
    mode_option,
    model_option,
    store_option,
)
from classroom_monitor.contracts import Mode
from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.gui.services import DEMO_SOURCE
from classroom_monitor.live.recording import (
    RecordingRequest,
    analyse_recording,
    record_live,
)
from classroom_monitor.model_choice import require_chosen_model

Report = dict[str, object]

DEMO_SECONDS = 60.0
_OPEN_END = "{desc}: {n:.0f} s [{elapsed}]"
_TO_END = "{desc}: {percentage:3.0f}%|{bar}| {n:.0f}/{total:.0f} s [{elapsed}<{remaining}]"


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@store_option
@mode_option
@group_minimum_option
@click.option(
    "--rate",
    type=click.FloatRange(0.1, 60),
    help="Frames looked at per second of a recording.  [default: 5, or your setting]",
)
@click.option(
    "--seconds", type=click.FloatRange(min=1), help="How long to record a camera or stream."
)
@click.option("--counts-only", is_flag=True, help="Count faces; compute no moods.")
@model_option
@json_option
def analyze(
    sources: tuple[str, ...],
    store: Path | None,
    mode: Mode,
    group_minimum: int | None,
    rate: float | None,
    seconds: float | None,
    counts_only: bool,
    model: Path | None,
    as_json: bool,
) -> None:
    """Turn recordings into saved sessions, as fast as this machine can.

    SOURCE is a video file; or, with --seconds, a camera's number or name or a stream's address.
    """
    settings = settings_with_notice()
    defaults = run_options(settings)
    counts_only = counts_only or defaults.counts_only
    if model is None:
        model = defaults.model if counts_only else require_chosen_model(settings).folder
    options = RunOptions(
        mode=mode,
        group_minimum=group_minimum or defaults.group_minimum,
        counts_only=counts_only,
        model=model,
        store_dir=store or defaults.store_dir,
    )
    reports: list[Report] = []
    failed = False
    for source in sources:
        try:
            reports.append(_record(source, options, rate or settings.rate_hz, seconds))
        except StoreProblem:
            raise  # without a store the others would fail as well
        except EnvironmentProblem as problem:
            print_problem(problem)
            failed = True
    _print_reports(reports, as_json)
    if failed:
        sys.exit(1)


@click.command()
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    help="How long; then the window closes.  [default: 60 with --json; otherwise no end]",
)
@store_option
@mode_option
@group_minimum_option
@json_option
def demo(
    seconds: float | None,
    store: Path | None,
    mode: Mode,
    group_minimum: int | None,
    as_json: bool,
) -> None:
    """Show a built-in lecture, for a machine without a camera.

    Its pictures go through the real face finder and classifier. With --json no window opens and
    the session made is reported as by analyze.
    """
    settings = settings_with_notice()
    settings = replace(
        settings,
        mode=mode,
        group_minimum=group_minimum or settings.group_minimum,
        store_dir=str(store) if store else settings.store_dir,
    )
    if not as_json:
        from classroom_monitor.cli.window import open_demo

        sys.exit(open_demo(settings, close_after_s=seconds))
    if not settings.counts_only:
        require_chosen_model(settings)
    options = run_options(settings)
    request = RecordingRequest(
        plan=session_plan(DEMO_SOURCE, "", options),
        parts=demo_parts(seconds or DEMO_SECONDS, options),
        rate_hz=settings.rate_hz,
    )
    _print_reports([_with_progress(request, None)], as_json)


def _record(source: str, options: RunOptions, rate_hz: float, seconds: float | None) -> Report:
    """Make a session of one source and return its report."""
    is_live = make_camera(source).is_live
    if is_live and seconds is None:
        raise EnvironmentProblem(f"{source} is live and has no end: say how long with --seconds")
    if seconds is not None and not is_live:
        raise EnvironmentProblem(f"{source} ends by itself: --seconds is for cameras and streams")
    request = RecordingRequest(
        plan=session_plan(source, "", options),
        parts=session_parts(source, options),
        rate_hz=rate_hz,
    )
    return _with_progress(request, seconds)


def _with_progress(request: RecordingRequest, seconds: float | None) -> Report:
    """Make one session with a progress bar on stderr, and return its report."""
    with tqdm(desc=request.plan.source, bar_format=_OPEN_END, leave=False, disable=None) as bar:

        def show(done_s: float, total_s: float | None) -> None:
            bar.total = total_s
            bar.bar_format = _OPEN_END if total_s is None else _TO_END
            bar.update(done_s - bar.n)

        if seconds is None:
            result = analyse_recording(request, show)
        else:
            result = record_live(request, seconds, show)
    wall_s = time.time() - psutil.Process().create_time()
    return {**asdict(result), "wall_s": round(wall_s, 3)}


def _print_reports(reports: Sequence[Report], as_json: bool) -> None:
    if as_json:
        print_json(list(reports))
        return
    for report in reports:
        click.echo(
            "Saved session {session}: {source}, {seconds} s from {frames} frames "
            "in {wall_s} s ({engine}, {mode}).".format(**report)
        )
