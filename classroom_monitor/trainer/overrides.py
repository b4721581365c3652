"""Changes a recipe's settings by name, as `--set key=value` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence, Stage

MAX_SIZE_PX = 512
MIN_SIZE_PX = 32


def apply_overrides(recipe: MobilenetValence, overrides: Mapping[str, str]) -> MobilenetValence:
    """Return the recipe with settings replaced, those of its parts included.

    stages is written "64x9,96x7" (size x epochs); size and epochs alone make it a single stage.
    Raises DataProblem for an unknown name or a value that doesn't fit.
    """
    remaining = dict(overrides)
    stages = _stages(recipe.stages, remaining)
    changed: MobilenetValence = _replace_by_name(replace(recipe, stages=stages), remaining)
    if remaining:
        known = sorted({*setting_names(recipe), "stages", "size", "epochs"})
        raise DataProblem(
            f"Unknown setting {next(iter(remaining))!r}: choose among {', '.join(known)}"
        )
    _check(changed)
    return changed


def setting_names(settings: Any) -> list[str]:
    """Return the names of all settings that are a single value, those of parts included."""
    names = []
    for item in fields(settings):
        value = getattr(settings, item.name)
        if is_dataclass(value):
            names += setting_names(value)
        elif isinstance(value, (int, float, str)):
            names.append(item.name)
    return names


def _replace_by_name(settings: Any, remaining: dict[str, str]) -> Any:
    """Return settings with what remaining names in them, taking it out of remaining."""
    new: dict[str, Any] = {}
    for item in fields(settings):
        value = getattr(settings, item.name)
        if is_dataclass(value):
            new[item.name] = _replace_by_name(value, remaining)
        elif isinstance(value, (int, float, str)) and item.name in remaining:
            new[item.name] = _number_or_text(item.name, remaining.pop(item.name), type(value))
    return replace(settings, **new)


def _number_or_text(name: str, text: str, kind: type) -> int | float | str:
    if kind is str:
        return text
    try:
        return int(text) if kind is int else float(text)
    except ValueError as error:
        raise DataProblem(
            f"{name}={text}: a {'whole ' if kind is int else ''}number is needed"
        ) from error


def _stages(stages: tuple[Stage, ...], remaining: dict[str, str]) -> tuple[Stage, ...]:
    """Read stages, or size and epochs, out of remaining."""
    text = remaining.pop("stages", None)
    size, epochs = remaining.pop("size", None), remaining.pop("epochs", None)
    if text is None and size is None and epochs is None:
        return stages
    if text is None:
        text = f"{size or stages[-1].size_px}x{epochs or stages[-1].epochs}"
    try:
        pairs = [part.split("x") for part in text.split(",")]
        return tuple(Stage(int(size_px), int(count)) for size_px, count in pairs)
    except ValueError as error:
        raise DataProblem(f"stages={text}: write it as size x epochs, like 64x9,96x7") from error


def _check(recipe: MobilenetValence) -> None:
    """Raise DataProblem for numbers that no run could work with."""
    for stage in recipe.stages:
        if not MIN_SIZE_PX <= stage.size_px <= MAX_SIZE_PX or stage.epochs < 1:
            raise DataProblem(
                f"stage {stage.size_px}x{stage.epochs}: the size must be {MIN_SIZE_PX} to "
                f"{MAX_SIZE_PX} pixels, and there must be at least one epoch"
            )
    if not 0.0 < recipe.held_out < 0.5:
        raise DataProblem(f"held_out={recipe.held_out}: a share above 0 and below 0.5 is needed")
    if recipe.batch < 1 or recipe.learning_rate <= 0 or recipe.limit < 0:
        raise DataProblem("batch and learning_rate must be above 0, limit 0 or more")
