"""The command over model bundles and face models: models list, check, use, add, remove."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from classroom_monitor.cli.bundle_trial import try_bundle
from classroom_monitor.cli.face_model_report import (
    add_face_model,
    check_face_model,
    face_model_paragraph,
    face_model_reports,
    finder_named,
    is_face_model,
    remove_face_model,
    to_check,
    use_face_model,
)
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
from classroom_monitor.contracts import MOODS
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
from classroom_monitor.vision.bundle_library import RESERVED_NAME


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def models(ctx: click.Context, as_json: bool) -> None:
    """List, check, choose, add and remove models; without a command, list them.

    A bundle tells moods apart: NAME is its name in the list, DIR the folder of one that is
    elsewhere. A face model finds faces: mediapipe comes with the program, yunet is added by you.
    """
    if ctx.invoked_subcommand is None:
        _print_list(as_json)
    elif as_json:
        raise click.UsageError(f"write --json after {ctx.invoked_subcommand}")


@models.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """List bundles and face models: what they give, licence, state, and which are in use."""
    _print_list(as_json)


@models.command()
@click.argument("references", metavar="[NAME|DIR]...", nargs=-1)
@json_option
def check(references: tuple[str, ...], as_json: bool) -> None:
    """Verify models and try them on drawn faces; without a name, all there are.

    Keras is tried where the train extra is installed.
    """
    settings = load_settings(settings_path())
    if not references:
        bundles = (state.place.reference for state in model_states(settings))
        references = (*bundles, *to_check(settings))
    reports = [_check(settings, reference) for reference in references]
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
@click.argument("reference", metavar="NAME|DIR|default|mediapipe|yunet")
def use(reference: str) -> None:
    """Choose the bundle, or what finds faces, for sessions and commands.

    'default' goes back to the program's bundle, 'mediapipe' to its face models.
    """
    settings = load_settings(settings_path())
    finder = finder_named(reference)
    if finder is not None:
        use_face_model(settings, finder)
        return
    if reference == RESERVED_NAME:
        _go_back_to_default(settings)
        return
    place = find_model(settings, reference)
    bundle = try_bundle(place.folder).bundle
    bundle.require_moods()
    save_settings(replace(settings, model=place.reference), settings_path())
    click.echo(
        f"Sessions use {place.name} {bundle.version} from now on; "
        "'classroom-monitor models use default' goes back.",
        err=True,
    )


@models.command()
@click.argument("source", metavar="DIR|ZIP|ONNX", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it here.  [default: the name in its bundle.json]")
@click.option("--yes", is_flag=True, help="Accept its licence without being asked.")
def add(source: Path, name: str | None, yes: bool) -> None:
    """Add a bundle, or a YuNet file: check it, show its licence, copy it to your data folder.

    YuNet's face model is FILE.onnx; it keeps its name, and nothing is asked.
    """
    settings = load_settings(settings_path())
    if is_face_model(source):
        if name is not None:
            raise click.UsageError("--name is for bundles: a face model is always called yunet")
        add_face_model(settings, source)
        return
    library = bundle_library(settings)
    with bundle_folder(source) as folder:
        bundle = try_bundle(folder).bundle
        name = name or bundle.name
        _require_no_finder(name)
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
    """Delete a bundle or face model that you added."""
    settings = load_settings(settings_path())
    if name == "yunet":
        remove_face_model(settings, ask=not yes)
        return
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
    finders = face_model_reports(settings)
    if as_json:
        print_json([*reports, *finders])
        return
    texts = [*map(paragraph, reports), *map(face_model_paragraph, finders)]
    click.echo("\n\n".join(texts))


def _check(settings: Settings, reference: str) -> Report:
    finder = finder_named(reference)
    if finder is not None:
        return check_face_model(settings, finder)
    try:
        place = find_model(settings, reference)
        return describe_check(place, try_bundle(place.folder, training=True))
    except BundleProblem as problem:
        return describe_refusal(reference, str(problem))


def _go_back_to_default(settings: Settings) -> None:
    save_settings(replace(settings, model=""), settings_path())
    click.echo(f"Sessions use the program's own model, {default_model().name}.", err=True)


def _require_no_finder(name: str) -> None:
    if finder_named(name.casefold()):
        raise BundleProblem(
            f"a bundle cannot be called '{name}', which is a face finder: give it another name "
            "with --name"
        )


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
