"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

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
group_minimum_option = click.option(
    "--group-minimum",
    type=click.IntRange(1, 1000),
    default=None,
    help="Fewest faces for which shares are kept.  [default: 5, or your setting]",
)
model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="Folder of a model bundle.  [default: the bundle that comes with the program]",
)
