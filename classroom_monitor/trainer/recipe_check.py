"""Refuses settings that no run could work with, before any time is spent on one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.enlargers import open_enlarger
from classroom_monitor.trainer.networks.pretrained import DOWNLOAD
from classroom_monitor.trainer.recipe import Recipe

MAX_SIZE_PX = 512
MIN_SIZE_PX = 32

_NO_FILES = frozenset({"", DOWNLOAD})
"""Values that such settings may have besides the names of files."""


def check_recipe(recipe: Recipe) -> None:
    """Raise DataProblem for the first setting that can't be."""
    for is_good, complaint in _checks(recipe):
        if not is_good:
            raise DataProblem(complaint)


def require_files(recipe: Recipe) -> None:
    """Raise DataProblem for files that would only be missed after an hour."""
    for name, path in named_files(recipe):
        if not path.exists():
            raise DataProblem(f"{name}={path}: there is no such file")
    if recipe.input.super_resolution:
        open_enlarger(recipe.input.super_resolution)


def named_files(recipe: Recipe) -> list[tuple[str, Path]]:
    """Return the settings that name files or folders, with each that they name."""
    files = {"pretrained": recipe.start.pretrained, "test": recipe.test}
    return [
        *((name, Path(value)) for name, value in files.items() if value not in _NO_FILES),
        *(("start", folder) for folder in recipe.start.start_dirs),
        *(("teacher", folder) for folder in recipe.start.teacher_dirs),
    ]


def _checks(recipe: Recipe) -> Iterator[tuple[bool, str]]:
    yield from _stage_checks(recipe)
    yield from _data_checks(recipe)
    yield from _learning_checks(recipe)


def _stage_checks(recipe: Recipe) -> Iterator[tuple[bool, str]]:
    for stage in recipe.learning.stages:
        yield (
            MIN_SIZE_PX <= stage.size_px <= MAX_SIZE_PX and stage.epochs >= 1,
            f"stage {stage.size_px}x{stage.epochs}: the size must be {MIN_SIZE_PX} to "
            f"{MAX_SIZE_PX} pixels, and there must be at least one epoch",
        )
    side_px = recipe.input.source_px
    yield (
        8 <= side_px <= MAX_SIZE_PX,
        f"source_px={side_px}: 8 to {MAX_SIZE_PX} pixels are needed",
    )
    channels = recipe.input.channels
    yield channels in (1, 3), f"channels={channels}: 1 (grey) or 3 (RGB) is needed"


def _data_checks(recipe: Recipe) -> Iterator[tuple[bool, str]]:
    data = recipe.data
    share = data.held_out
    yield 0.0 < share < 0.5, f"held_out={share}: a share above 0 and below 0.5 is needed"
    yield data.limit >= 0, f"limit={data.limit}: 0 (all) or more is needed"
    yield data.seed >= 0, f"seed={data.seed}: 0 or more is needed"
    yield (
        data.balance != "oversample" or data.per_class > 0,
        "balance=oversample needs per_class, the number of pictures that each class is to have",
    )
    yield (
        data.balance != "factor" or data.factor > 1.0,
        f"balance=factor needs a factor above 1, it is {data.factor}",
    )


def _learning_checks(recipe: Recipe) -> Iterator[tuple[bool, str]]:
    plan, teacher = recipe.learning, recipe.start.teacher
    numbers = (plan.batch, plan.learning_rate)
    yield min(numbers) > 0, "batch and learning_rate must be above 0"
    optional = ("patience", "plateau", "warmup_steps", "weight_decay", "mixup", "valence_weight")
    for name in optional:
        value = getattr(plan, name)
        yield value >= 0, f"{name}={value}: 0 or more is needed"
    for name in ("label_smoothing", "averaging"):
        share = getattr(plan, name)
        yield 0.0 <= share < 1.0, f"{name}={share}: a share below 1 is needed"
    yield (
        plan.plateau == 0 or plan.schedule == "constant",
        "plateau halves a constant rate: take schedule=constant, or plateau=0",
    )
    yield (
        plan.weight_decay == 0.0 or plan.optimizer == "adamw",
        f"weight_decay={plan.weight_decay} needs optimizer=adamw",
    )
    yield (
        recipe.data.targets == "hard" or plan.loss != "votes",
        f"targets={recipe.data.targets}: loss=votes learns from votes in any case; targets is for "
        "loss=categorical and binary",
    )
    yield (
        not teacher or plan.loss == "votes",
        f"teacher={teacher}: a teacher adds its opinion to votes, it needs loss=votes",
    )
