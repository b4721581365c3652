"""Commands that make sessions: analyze, demo."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from classroom_monitor.app import (
    RunOptions,
    demo_parts,
    run_options,
    session_plan,
    start_facts,
)
from classroom_monitor.audit import audit_log
from classroom_monitor.cli.output import print_json, settings_with_notice
from classroom_monitor.cli.parameters import (
    engine_option,
    finder_option,
    group_minimum_option,
    json_option,
    mode_option,
    model_option,
    store_option,
)
from classroom_monitor.cli.recordings import Report, with_progress
from classroom_monitor.cli.sources import (
    Outcomes,
    RecordingRun,
    analyse_recordings,
    record_for_a_while,
)
from classroom_monitor.contracts import EngineName, FinderName, Mode
from classroom_monitor.gui.services import DEMO_SOURCE
from classroom_monitor.keeping import purge_old_trash
from classroom_monitor.live.recording import RecordingRequest, analyse_recording
from classroom_monitor.live.side_by_side import default_workers
from classroom_monitor.model_choice import require_chosen_model, require_finder

DEMO_SECONDS = 60.0


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@store_option
@mode_option
@finder_option
@engine_option
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
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="How many recordings at a time.  [default: by cores and memory]",
)
@click.option("--restart", is_flag=True, help="Begin anew where an earlier run was interrupted.")
@model_option
@json_option
def analyze(
    sources: tuple[str, ...],
    store: Path | None,
    mode: Mode,
    finder: FinderName | None,
    engine: EngineName | None,
    group_minimum: int | None,
    rate: float | None,
    seconds: float | None,
    counts_only: bool,
    workers: int | None,
    restart: bool,
    model: Path | None,
    as_json: bool,
) -> None:
    """Turn recordings into saved sessions, as fast as this machine can.

    SOURCE is a video file; or, with --seconds, a camera's number or name or a stream's address.
    A recording whose last run was interrupted is gone on with.
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
        finder=require_finder(settings, finder),
        engine=engine or defaults.engine,
        face_models_dir=defaults.face_models_dir,
    )
    _note_and_tidy("recording" if seconds is None else "session", len(sources), options)
    outcomes = Outcomes()
    if seconds is not None:
        record_for_a_while(sources, options, seconds, outcomes)
    else:
        run = RecordingRun(rate or settings.rate_hz, workers or default_workers(), restart)
        analyse_recordings(sources, options, run, outcomes)
    _print_reports(outcomes.reports, as_json)
    if outcomes.failed:
        sys.exit(1)


@click.command()
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    help="How long; then the window closes.  [default: 60 with --json; otherwise no end]",
)
@store_option
@mode_option
@finder_option
@engine_option
@group_minimum_option
@json_option
def demo(
    seconds: float | None,
    store: Path | None,
    mode: Mode,
    finder: FinderName | None,
    engine: EngineName | None,
    group_minimum: int | None,
    as_json: bool,
) -> None:
    """Show a built-in lecture, for a machine without a camera.

    Its pictures go through the real face finder and classifier. With --json no window opens and
    the session made is reported as by analyze.
    """
    settings = settings_with_notice()
    if finder is not None or as_json:
        finder = require_finder(settings, finder)
    settings = replace(
        settings,
        mode=mode,
        finder=finder or settings.finder,
        engine=engine or settings.engine,
        group_minimum=group_minimum or settings.group_minimum,
        store_dir=str(store) if store else settings.store_dir,
    )
    if not as_json:
        from classroom_monitor.cli.window import open_demo

        sys.exit(open_demo(settings, close_after_s=seconds))
    if not settings.counts_only:
        require_chosen_model(settings)
    options = run_options(settings)
    _note_and_tidy("recording", 1, options)
    request = RecordingRequest(
        plan=session_plan(DEMO_SOURCE, "", options),
        parts=demo_parts(seconds or DEMO_SECONDS, options),
        rate_hz=settings.rate_hz,
    )
    _print_reports([with_progress(request, analyse_recording)], as_json)


def _note_and_tidy(event: str, sessions: int, options: RunOptions) -> None:
    """Note what begins, and empty the trash that a window may have left. Raises StoreProblem."""
    audit = audit_log()
    audit.note(event, sessions=sessions, **start_facts(options))
    purge_old_trash(options.store_dir, audit)


def _print_reports(reports: Sequence[Report], as_json: bool) -> None:
    if as_json:
        print_json(list(reports))
        return
    for report in reports:
        click.echo(
            "Saved session {session}: {source}, {seconds} s from {frames} frames "
            "in {wall_s} s ({engine}, {mode}).".format(**report)
        )
