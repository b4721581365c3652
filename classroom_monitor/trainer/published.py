"""Sets each figure that a write-up gives beside the one measured here."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from classroom_monitor.trainer.measure import Measured
from classroom_monitor.trainer.recipe import Published, Recipe, Stage
from classroom_monitor.trainer.recipes.registry import find_recipe

FILE_SETTINGS = ("pretrained", "super_resolution", "scheme")
"""Settings that may name a file, of which only the last part is told."""

_NO_DIFFERENCE = frozenset({"test", "seed"})


@dataclass(frozen=True, slots=True)
class Reached:
    """What a run reached: on its test faces where it had some, on the held-out ones, in training.

    majority is the accuracy of always saying the commonest class there.
    """

    test: Measured | None
    validation: Measured
    copied_test: Measured | None
    training_accuracy: float
    training_majority: float


def published_section(recipe: Recipe, reached: Reached) -> str:
    """Return the table as Markdown, with every difference from the write-up; "" without any."""
    origin = recipe.origin
    if not origin.published:
        return ""
    rows = [row for published in origin.published for row in _rows(published, recipe, reached)]
    return "\n".join(
        [
            "## Published and measured",
            "",
            "| figure | published | measured here | always the commonest class | measured on |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "Measured with the bundle as it is used: calibrated, each face also mirrored. An empty "
            "cell: that figure was not run, or this run's settings are not those it was "
            "published for. What is not as in the write-up:",
            "",
            *(f"- {difference}" for difference in differences(recipe)),
        ]
    )


def differences(recipe: Recipe) -> list[str]:
    """Return what is not as in the write-up: known beforehand, or set for this run."""
    standard = setting_texts(find_recipe(recipe.name))
    published_for = {name for p in recipe.origin.published if _fits(p, recipe) for name in p.when}
    changed = [
        f"this run: {name}={text or 'none'} instead of {standard[name] or 'none'}"
        for name, text in setting_texts(recipe).items()
        if text != standard[name] and name not in _NO_DIFFERENCE | published_for
    ]
    if recipe.start.frozen_until and not (recipe.start.pretrained or recipe.start.start):
        changed.append("this run: no pretrained weights were to be had, all started at random")
    return [*recipe.origin.differences, *changed]


def setting_texts(recipe: Recipe) -> dict[str, str]:
    """Return all settings by their --set names as texts, files without their folders."""
    texts = {"test": Path(recipe.test).name}
    for part in (recipe.data, recipe.input, recipe.network, recipe.learning, recipe.start):
        texts |= {field.name: _text(getattr(part, field.name)) for field in fields(part)}
    texts |= {name: Path(texts[name]).name for name in FILE_SETTINGS}
    return texts | recipe.start.bundle_names()


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        stages: tuple[Stage, ...] = value
        return ",".join(f"{stage.size_px}x{stage.epochs}" for stage in stages)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def _fits(published: Published, recipe: Recipe) -> bool:
    """Tell whether a run has the settings that a figure was published for."""
    settings = setting_texts(recipe)
    return all(settings.get(name) == text for name, text in published.when.items())


def _rows(published: Published, recipe: Recipe, reached: Reached) -> list[str]:
    """Return a figure's row, and one more where the write-up's own way of testing differs."""
    start = f"| {published.what} | {published.value:.2f} | "
    if not _fits(published, recipe):
        return [f"{start}| | |"]
    rows = [start + " | ".join(_measured(published.figure, reached)) + " |"]
    if reached.copied_test and published.figure in ("accuracy", "auc"):
        copied = replace(reached, test=reached.copied_test)
        rows.append(start + " | ".join(_measured(published.figure, copied)) + " |")
    return rows


def _measured(figure: str, reached: Reached) -> tuple[str, str, str]:
    """Return the figure measured here, the majority class's, and on what."""
    if figure == "training_accuracy":
        accuracy, majority = reached.training_accuracy, reached.training_majority
        return f"{accuracy:.3f}", f"{majority:.3f}", "training faces as they are"
    measured = reached.validation if figure == "validation_accuracy" else reached.test
    if measured is None:
        return "", "", ""
    row = measured.first
    on = f"{measured.title}, {row['n']:,} faces, {row['engine']}"
    if figure == "auc":
        return f"{row['auc']:.3f}", "0.500", on
    return f"{row['accuracy']:.3f}", f"{row['baseline_accuracy']:.3f}", on
