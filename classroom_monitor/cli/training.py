"""Commands that need the train extra: train, evaluate."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click
from tqdm import tqdm

from classroom_monitor.cli.output import print_json
from classroom_monitor.cli.parameters import json_option
from classroom_monitor.errors import EnvironmentProblem

data_option = click.option(
    "--data",
    "data",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="An .npz of faces and votes, or a folder with a folder a class. May be repeated.",
)


def require_extra(*packages: str) -> None:
    """Raise EnvironmentProblem where a package of the train extra is missing."""
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise EnvironmentProblem(
            f"this command needs {' and '.join(missing)}: install the train extra "
            "(pip install -c constraints.txt '.[train]')"
        )
