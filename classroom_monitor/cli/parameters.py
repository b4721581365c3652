"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from classroom_monitor.contracts import EngineName

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=True),
    help="Folder of the session store.  [default: your data folder]",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document on stdout."
)
mode_option = click.option(
    "--mode",
    type=click.Choice(["near", "room"]),
    default="room",
    show_default=True,
    help="near: a few large faces, quick; room: small faces too.",
)
finder_option = click.option(
    "--finder",
    type=click.Choice(["mediapipe", "yunet"]),
    default=None,
    help="What finds faces; yunet once its file was added.  [default: mediapipe, or your setting]",
)
engine_option = click.option(
    "--engine",
    type=click.Choice(get_args(EngineName)),
    default=None,
    help="What computes the moods; auto: the best there is.  [default: auto, or your setting]",
)
group_minimum_option = click.option(
    "--group-minimum",
    type=click.IntRange(1, 1000),
    default=None,
    help="Fewest faces for which shares are kept.  [default: 5, or your setting]",
)


def bundle_folder(
    ctx: click.Context, parameter: click.Parameter, reference: str | None
) -> Path | None:
    """Return the folder of a bundle given by name or folder; an option's or argument's callback.

    Nothing in it is verified yet. Raises BundleProblem where there is none.
    """
    from classroom_monitor.model_choice import find_model
    from classroom_monitor.settings import load_settings, settings_path

    if reference is None:
        return None
    place = find_model(load_settings(settings_path()), reference)
    if place.origin == "folder":  # nobody has tried it before
        from classroom_monitor.cli.bundle_trial import require_no_crash

        require_no_crash(place.folder)
    return place.folder


model_option = click.option(
    "--model",
    callback=bundle_folder,
    metavar="NAME|DIR",
    help="Name or folder of a model bundle.  [default: the one that 'models use' chose]",
)
