"""The command train, which needs the train extra."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import click
from tqdm import tqdm

from classroom_monitor.trainer.curves import CurvesOnDisk
from classroom_monitor.trainer.listener import TrainingListener, TrainingStep
from classroom_monitor.trainer.train import (
    check_data,
    list_recipes,
    small_settings,
    training_folder,
)
from classroom_monitor.trainer.train import train as train_recipe


class ProgressBar:
    """Draws a training run on stderr; implements trainer.listener.TrainingListener."""

    def __init__(self) -> None:
        self._bar = tqdm(bar_format=_TRAINING_BAR, leave=False, disable=None)

    def on_step(self, step: TrainingStep) -> None:
        """Show loss, accuracy and time left."""
        self._bar.total = step.steps
        minutes = step.seconds_left / 60
        self._bar.set_description_str(f"epoch {step.epoch}/{step.epochs}", refresh=False)
        self._bar.set_postfix_str(
            f"loss {step.loss:.3f}, accuracy {step.accuracy:.3f}, {minutes:.0f} min left",
            refresh=False,
        )
        self._bar.update(step.step - self._bar.n)

    def on_epoch(self, record: dict[str, float]) -> None:
        """Write an epoch's figures on a line of their own."""
        figures = ", ".join(f"{name} {value:.4g}" for name, value in record.items())
        self._bar.write(figures, file=sys.stderr)

    def on_notice(self, text: str) -> None:
        """Write something to know on a line of its own."""
        self._bar.write(text, file=sys.stderr)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()


@click.command(
    epilog="Recipes: " + "; ".join(f"{recipe.name} ({recipe.summary})" for recipe in list_recipes())
)
@click.argument("recipe")
@click.option(
    "--data",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Faces with labels: an .npz, FER2013's or another CSV table, FER+'s folder, or a folder "
    "a class; may be repeated.",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder of the new bundle."
)
@click.option("--set", "changes", multiple=True, metavar="KEY=VALUE", help="Change a setting.")
@click.option("--small", is_flag=True, help="A run of a minute or two, to see that all works.")
@click.option("--check", is_flag=True, help="Only report on the data and check the settings.")
@click.option("--curves", is_flag=True, help="Draw curves.png in OUT.training after every epoch.")
def train(
    recipe: str,
    data: tuple[Path, ...],
    out: Path,
    changes: tuple[str, ...],
    **flags: bool,
) -> None:
    """Train a recipe and write a model bundle.

    The same command goes on where an interrupted one stopped. A report on the data, the history
    and, when asked for, curves are in the folder OUT.training.
    """
    settings = _settings(changes)
    if flags["small"]:
        settings = small_settings(recipe, settings)
    with closing(ProgressBar()) as bar:
        if flags["check"]:
            folder = check_data(recipe, data, out, settings, bar)
            click.echo(f"The data can be trained on; the report on it is in {folder}.")
            return
        listener: TrainingListener = bar
        if flags["curves"]:
            listener = CurvesOnDisk(training_folder(out), bar)
        folder = train_recipe(recipe, data, out, settings, listener)
    click.echo(f"Wrote the model bundle {folder}; its figures are in report.md.")


def _settings(changes: tuple[str, ...]) -> Mapping[str, str]:
    for change in changes:
        if "=" not in change:
            raise click.UsageError(f"--set {change}: write KEY=VALUE")
    return dict(change.split("=", 1) for change in changes)


_TRAINING_BAR = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} {postfix}"
