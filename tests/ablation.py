"""What each idea of the recipe `best` is worth: `python -m tests.ablation --data TRAIN.npz`.

Each variant changes one setting of a small run, as `train best --set` does. All learn from the same
faces; every seed is a run of its own. With more faces, epochs, pixels and seeds the same command
gives a surer table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import click
import numpy as np

from classroom_monitor.trainer.dataset.records import Dataset
from classroom_monitor.trainer.predict import crop_spec, predict_both_ways
from tests.trials import Outcome, Quiet, figures_of, open_split, run_trial, small_recipe

BASE = "soft votes, everything else off"
FIGURES = ("accuracy", "nll", "ece")

_ROOM = ("background", "cutout", "shrink", "dim", "blur", "noise")
_NO_ROOM = {f"{what}_chance": "0" for what in _ROOM}
_NO_GEOMETRY = {"rotation_deg": "0", "zoom": "1,1", "shear": "0", "shift": "0"}
_NO_LIGHT = {"gamma": "1,1", "contrast": "1,1", "brightness": "0"}

VARIANTS: dict[str, Mapping[str, str]] = {
    BASE: {},
    "hard labels": {"loss": "categorical"},
    "no loss over the moods": {"valence_weight": "0"},
    "room augmentation off": _NO_ROOM,
    "only mirrored": _NO_ROOM | _NO_GEOMETRY | _NO_LIGHT,
    "frozen until conv_dw_4": {"frozen_until": "conv_dw_4"},
    "mixup 0.2": {"mixup": "0.2"},
    "label smoothing 0.1": {"label_smoothing": "0.1"},
    "class weights": {"balance": "class_weight"},
    "moving average of the weights": {"averaging": "0.99"},
}

TEACHER_VOTES = ("3", "10", "30")


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one variant and seed, by name."""

    variant: str
    seed: int
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Study:
    """What main's options say; common holds the --set options that all runs share."""

    data: Path
    teacher: str
    faces: int
    stages: str
    seeds: int
    only: tuple[str, ...]
    common: tuple[str, ...]

    def settings(self) -> dict[str, str]:
        """Return the settings that all runs share."""
        small = {"stages": self.stages, "patience": "0", "batch": "32"}
        return small | dict(setting.split("=", 1) for setting in self.common)


@click.command()
@click.option("--data", required=True, type=click.Path(path_type=Path), help="FER+ votes, .npz.")
@click.option("--teacher", default="", help="A bundle: adds variants with its votes.")
@click.option("--faces", default=6000, show_default=True, help="Faces to learn from; 0 for all.")
@click.option("--stages", default="48x4", show_default=True, help="Input size x epochs.")
@click.option("--seeds", default=3, show_default=True)
@click.option("--only", multiple=True, help="Variants to run beside the first; all without.")
@click.option("--set", "common", multiple=True, help="KEY=VALUE for all runs, as train takes it.")
def main(**options: Any) -> None:
    """Print a Markdown table; Ctrl-C prints what there is so far."""
    study = Study(**options)
    variants = chosen_variants(study.teacher, study.only)
    split = open_split(study.data, study.faces, Quiet())
    click.echo(
        f"{len(split.training)} faces to learn from, {len(split.test)} to decide, {study.stages} "
        f"{' '.join(study.common)}\n"
    )
    rows: list[Row] = []
    bases: list[Outcome] = []
    try:
        for seed, (name, settings) in product(range(1, study.seeds + 1), variants.items()):
            outcome = run_trial(small_recipe(study.settings() | dict(settings), seed), split)
            rows += rows_of(name, seed, outcome, split.test)
            if name == BASE:
                bases.append(outcome)
            click.echo(f"seed {seed}, {name}: {rows[-1].figures}", err=True)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
    if len(bases) > 1:
        rows += [ensemble_row(bases, split.test), averaged_row(bases, split.test)]
    click.echo(table_of(rows))


def chosen_variants(teacher: str, only: tuple[str, ...]) -> dict[str, Mapping[str, str]]:
    variants = dict(VARIANTS)
    if teacher:
        for votes in TEACHER_VOTES:
            settings = {"teacher": teacher, "teacher_votes": votes}
            variants[f"teacher's opinion as {votes} votes"] = settings
    unknown = [name for name in only if name not in variants]
    if unknown:
        raise click.UsageError(f"--only {unknown[0]}: choose among {', '.join(variants)}")
    return {k: v for k, v in variants.items() if not only or k == BASE or k in only}


def rows_of(name: str, seed: int, outcome: Outcome, test: Dataset) -> list[Row]:
    """Return a variant's row; the first one's also without mirror images."""
    rows = [Row(name, seed, all_figures(outcome, outcome.both_ways, test))]
    if name == BASE:
        once = {**all_figures(outcome, outcome.plain, test)}
        del once["accuracy at 24 px"]
        rows.insert(0, Row("the same, scored once, not mirrored too", seed, once))
    return rows


def all_figures(outcome: Outcome, logits: np.ndarray, test: Dataset) -> dict[str, float]:
    figures = figures_of(logits, outcome.outputs, outcome.scaling, test)
    small = figures_of(outcome.small, outcome.outputs, outcome.scaling, test)
    return {
        **{name: figures[name] for name in FIGURES},
        "accuracy at 24 px": small["accuracy"],
        "CPU seconds": outcome.cpu_seconds,
    }


def ensemble_row(outcomes: list[Outcome], test: Dataset) -> Row:
    """Return the figures of the mean of the networks' logits: one network's cost times them."""
    together = replace(
        outcomes[0],
        both_ways=np.mean([outcome.both_ways for outcome in outcomes], axis=0),
        small=np.mean([outcome.small for outcome in outcomes], axis=0),
        cpu_seconds=sum(outcome.cpu_seconds for outcome in outcomes),
    )
    name = f"{len(outcomes)} networks of the first row, logits averaged"
    return Row(name, 0, all_figures(together, together.both_ways, test))


def averaged_row(outcomes: list[Outcome], test: Dataset) -> Row:
    """Return the figures of one network with the mean of the networks' weights.

    Wortsman et al. 2022, "Model soups".
    """
    network = outcomes[0].network
    sets = zip(*(outcome.network.get_weights() for outcome in outcomes), strict=True)
    network.set_weights([np.mean(weights, axis=0) for weights in sets])
    spec = crop_spec(outcomes[0].recipe.input)
    logits = predict_both_ways(network, test.images, spec)
    figures = figures_of(logits, outcomes[0].outputs, outcomes[0].scaling, test)
    seconds = sum(outcome.cpu_seconds for outcome in outcomes)
    name = f"{len(outcomes)} networks of the first row, weights averaged"
    return Row(name, 0, {**{key: figures[key] for key in FIGURES}, "CPU seconds": seconds})


def table_of(rows: list[Row]) -> str:
    """Return a Markdown table: means over seeds with standard deviations where there are some."""
    columns = [*FIGURES, "accuracy at 24 px", "CPU seconds"]
    lines = [
        f"| variant | seeds | {' | '.join(columns)} | accuracy against the first row |",
        "|---|---|" + "---|" * (len(columns) + 1),
    ]
    for name in dict.fromkeys(row.variant for row in rows):
        own = [row for row in rows if row.variant == name]
        cells = [_cell([r.figures[c] for r in own if c in r.figures], c) for c in columns]
        lines.append(f"| {name} | {len(own)} | {' | '.join(cells)} | {_gain(own, rows)} |")
    return "\n".join(lines)


def _gain(own: list[Row], rows: list[Row]) -> str:
    """Return the mean difference in accuracy to the first row's runs of the same seeds."""
    base = {row.seed: row.figures["accuracy"] for row in rows if row.variant == BASE}
    if own[0].variant == BASE or own[0].seed not in base:
        return ""
    return _cell([row.figures["accuracy"] - base[row.seed] for row in own], "gain")


def _cell(values: list[float], column: str) -> str:
    if not values:
        return ""
    digits = 0 if column == "CPU seconds" else 4
    sign = "+" if column == "gain" else ""
    mean = f"{np.mean(values):{sign}.{digits}f}"
    return mean if len(values) == 1 else f"{mean} ± {np.std(values, ddof=1):.{digits}f}"


if __name__ == "__main__":
    main()
