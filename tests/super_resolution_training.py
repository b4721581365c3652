"""Does super-resolution help training? `python -m tests.super_resolution_training --data NPZ ...`.

The same small network learns from the same faces, enlarged by each way named with --enlarge; the
first one is what the others are compared with. Faces that recipes hold out decide, enlarged in
the same way, and once as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import numpy as np

from classroom_monitor.trainer.dataset.records import Split
from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.comparison import Comparison, compare
from classroom_monitor.trainer.predict import crop_spec, predict_both_ways
from classroom_monitor.trainer.super_resolution import enlarged
from tests.trials import (
    Outcome,
    Quiet,
    calibrated,
    mood_labels,
    open_split,
    run_trial,
    small_recipe,
)


@dataclass(frozen=True, slots=True)
class Arm:
    """One run: how its faces were enlarged, its answers, and its accuracy on plain faces."""

    way: str
    seed: int
    answers: Answers
    plain_accuracy: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Study:
    """What main's options say."""

    data: Path
    ways: tuple[str, ...]
    cache: Path
    faces: int
    stages: str
    seeds: int
    common: tuple[str, ...]


@click.command()
@click.option("--data", required=True, type=click.Path(path_type=Path), help="FER+ votes, .npz.")
@click.option("--enlarge", "ways", multiple=True, required=True, help="A model file or bicubic_x4.")
@click.option("--cache", required=True, type=click.Path(path_type=Path), help="Keeps the faces.")
@click.option("--faces", default=2500, show_default=True, help="Faces to learn from; 0 for all.")
@click.option("--stages", default="96x4", show_default=True, help="Input size x epochs.")
@click.option("--seeds", default=2, show_default=True)
@click.option("--set", "common", multiple=True, help="KEY=VALUE for all runs, as train takes it.")
def main(**options: Any) -> None:
    """Print a Markdown table, a line a way and seed."""
    study = Study(**options)
    split = open_split(study.data, study.faces, Quiet())
    click.echo(
        f"{len(split.training)} faces to learn from, {len(split.test)} to decide, {study.stages} "
        f"{' '.join(study.common)}\n"
    )
    click.echo("| seed | way | accuracy | against the first way | faces not enlarged | CPU s |")
    click.echo("|---|---|---|---|---|---|")
    for seed in range(1, study.seeds + 1):
        first: Arm | None = None
        for way in study.ways:
            arm = run_arm(study, split, way, seed)
            click.echo(line_of(arm, compare(arm.answers, first.answers) if first else None))
            first = first or arm


def run_arm(study: Study, split: Split, way: str, seed: int) -> Arm:
    common = {"stages": study.stages, "frozen_until": "", "patience": "0", "batch": "32"}
    common |= dict(setting.split("=", 1) for setting in study.common)
    recipe = small_recipe(common, seed)
    outcome = run_trial(recipe, enlarged_split(split, way, study.cache))
    plain = predict_both_ways(outcome.network, split.test.images, crop_spec(recipe.input))
    return Arm(
        way=Path(way).stem,
        seed=seed,
        answers=answers_of(outcome, outcome.both_ways, split),
        plain_accuracy=float(answers_of(outcome, plain, split).is_right.mean()),
        cpu_seconds=outcome.cpu_seconds,
    )


def enlarged_split(split: Split, way: str, cache: Path) -> Split:
    parts = (split.training, split.validation, split.test)
    return Split(
        *(replace(part, images=enlarged(part.images, way, cache, Quiet())) for part in parts)
    )


def answers_of(outcome: Outcome, logits: np.ndarray, split: Split) -> Answers:
    probabilities = calibrated(logits, outcome.outputs, outcome.scaling)
    return Answers(outcome.outputs.classes, probabilities, mood_labels(split.test))


def line_of(arm: Arm, against: Comparison | None) -> str:
    compared = f"{against.difference:+.4f}, p = {against.p_value:.2g}" if against else ""
    return (
        f"| {arm.seed} | {arm.way} | {arm.answers.is_right.mean():.4f} | {compared} | "
        f"{arm.plain_accuracy:.4f} | {arm.cpu_seconds:.0f} |"
    )


if __name__ == "__main__":
    main()
