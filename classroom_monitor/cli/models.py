"""The command over model bundles: models list, check, use, add, remove."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from classroom_monitor.cli.model_engines import training_engines
from classroom_monitor.cli.model_report import (
    Report,
    check_line,
    data_licence,
    describe_check,
    describe_refusal,
    describe_state,
    paragraph,
)
from classroom_monitor.cli.output import print_json, print_problem
from classroom_monitor.cli.parameters import json_option
from classroom_monitor.contracts import MOODS, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.model_choice import (
    bundle_library,
    default_model,
    find_model,
    is_chosen,
    model_states,
)
from classroom_monitor.settings import Settings, load_settings, save_settings, settings_path
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.bundle_archive import bundle_folder
from classroom_monitor.vision.bundle_check import check_bundle, probe_faces
from classroom_monitor.vision.bundle_library import RESERVED_NAME


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def models(ctx: click.Context, as_json: bool) -> None:
    """List, check, choose, add and remove model bundles; without a command, list them.

    NAME is a bundle's name in the list, DIR the folder of one that is elsewhere.
    """
    if ctx.invoked_subcommand is None:
        _print_list(as_json)
    elif as_json:
        raise click.UsageError(f"write --json after {ctx.invoked_subcommand}")


@models.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """List the bundles: what they give, their licence and state, and which one is in use."""
    _print_list(as_json)


@models.command()
@click.argument("references", metavar="[NAME|DIR]...", nargs=-1)
@json_option
def check(references: tuple[str, ...], as_json: bool) -> None:
    """Verify bundles and try their engines on drawn faces; without a name, all bundles.

    Keras is tried where the train extra is installed.
    """
    settings = load_settings(settings_path())
    if not references:
        references = tuple(state.place.reference for state in model_states(settings))
    faces = probe_faces()
    reports = [_check(settings, reference, faces) for reference in references]
    if as_json:
        print_json(reports)
    for report in reports:
        if not report["ok"]:
            print_problem(BundleProblem(report["problem"]))
        elif not as_json:
            click.echo(check_line(report))
    if not all(report["ok"] for report in reports):
        sys.exit(1)


@models.command()
@click.argument("reference", metavar="NAME|DIR|default")
def use(reference: str) -> None:
    """Choose the bundle that sessions and commands use; 'default' goes back to the program's."""
    settings = load_settings(settings_path())
    if reference == RESERVED_NAME:
        _go_back_to_default(settings)
        return
    place = find_model(settings, reference)
    bundle = check_bundle(place.folder, probe_faces()).bundle
    bundle.require_moods()
    save_settings(replace(settings, model=place.reference), settings_path())
    click.echo(
        f"Sessions use {place.name} {bundle.version} from now on; "
        "'classroom-monitor models use default' goes back.",
        err=True,
    )


@models.command()
@click.argument("source", metavar="DIR_OR_ZIP", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it here.  [default: the name in its bundle.json]")
@click.option("--yes", is_flag=True, help="Accept its licence without being asked.")
def add(source: Path, name: str | None, yes: bool) -> None:
    """Add a bundle: check it, show its licence, copy it to your data folder."""
    library = bundle_library(load_settings(settings_path()))
    with bundle_folder(source) as folder:
        bundle = check_bundle(folder, probe_faces()).bundle
        name = name or bundle.name
        library.require_free(name)
        _ask_consent(bundle, yes)
        place = library.add(bundle, name)
    click.echo(f"Added {place.name} {bundle.version} in {place.folder}.", err=True)
    if bundle.classes == MOODS:
        click.echo(f"'classroom-monitor models use {place.name}' chooses it.", err=True)
    else:
        click.echo(f"It gives {', '.join(bundle.classes)}: evaluate and classify only.", err=True)


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Don't ask.")
def remove(name: str, yes: bool) -> None:
    """Delete a bundle that you added."""
    settings = load_settings(settings_path())
    library = bundle_library(settings)
    place = library.find_added(name)
    if not yes:
        click.confirm(f"Delete {place.folder}?", abort=True, err=True)
    chosen = is_chosen(settings, place)
    library.remove(place)
    click.echo(f"Removed {name}.", err=True)
    if chosen:
        _go_back_to_default(settings)


def _print_list(as_json: bool) -> None:
    settings = load_settings(settings_path())
    reports = [
        describe_state(state, in_use=is_chosen(settings, state.place))
        for state in model_states(settings)
    ]
    if as_json:
        print_json(reports)
        return
    click.echo("\n\n".join(paragraph(report) for report in reports))


def _check(settings: Settings, reference: str, faces: Sequence[UInt8Array]) -> Report:
    try:
        place = find_model(settings, reference)
        return describe_check(place, check_bundle(place.folder, faces, training_engines()))
    except BundleProblem as problem:
        return describe_refusal(reference, str(problem))


def _go_back_to_default(settings: Settings) -> None:
    save_settings(replace(settings, model=""), settings_path())
    click.echo(f"Sessions use the program's own model, {default_model().name}.", err=True)


def _ask_consent(bundle: Bundle, yes: bool) -> None:
    """Show under which terms a bundle comes, and go on only where the user accepts them."""
    click.echo(f"{bundle.name} {bundle.version}", err=True)
    click.echo(f"  gives          {', '.join(bundle.classes)}", err=True)
    click.echo(f"  licence        {bundle.licence}", err=True)
    click.echo(f"  training data  {data_licence(bundle)}", err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise BundleProblem(
            f"{bundle.name} was not added, because nobody here can accept its licence "
            f"({bundle.licence}): give --yes to accept it"
        )
    click.confirm("Accept these terms and add it?", abort=True, err=True)
