"""Changes a recipe's settings by name, as `--set key=value` gives them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.recipe import Recipe, Stage
from classroom_monitor.trainer.recipe_check import check_recipe

_NO_SETTINGS = frozenset({"origin", "small", "stages"})
"""Parts that say something of a recipe, and stages, which are written in a way of their own."""

STAGE_SETTINGS = frozenset({"stages", "size", "epochs"})
"""The names that stages are set by: all of them at once, or a single one's size and epochs."""

_SWITCH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def apply_overrides(recipe: Recipe, overrides: Mapping[str, str]) -> Recipe:
    """Return the recipe with settings replaced, those of its parts included.

    stages is written "64x9,96x7" (size x epochs); size and epochs alone make it a single stage.
    Raises DataProblem for an unknown name or a value that doesn't fit.
    """
    remaining = dict(overrides)
    stages = _stages(recipe.learning.stages, remaining)
    changed: Recipe = _replace_by_name(recipe, remaining)
    if remaining:
        known = sorted({*setting_names(recipe), *STAGE_SETTINGS})
        raise DataProblem(
            f"Unknown setting {next(iter(remaining))!r}: choose among {', '.join(known)}"
        )
    changed = replace(
        changed,
        learning=replace(changed.learning, stages=stages),
        input=replace(changed.input, size_px=stages[-1].size_px),
    )
    check_recipe(changed)
    return changed


def settings_of(recipe: Recipe) -> dict[str, Any]:
    """Return all that a recipe's settings are, as JSON values in the parts of the record."""
    parts = [name for name in _settable(recipe) if name != "test"]
    settings = {name: asdict(getattr(recipe, name)) for name in parts}
    return {"name": recipe.name, **settings, "test": recipe.test}


def setting_names(settings: Any) -> list[str]:
    """Return the names of all settings, those of parts included."""
    names = []
    for name in _settable(settings):
        value = getattr(settings, name)
        names += setting_names(value) if is_dataclass(value) else [name]
    return names


def _settable(settings: Any) -> list[str]:
    """Return the fields that --set reaches, or that hold some: numbers, texts, tuples, parts."""
    if isinstance(settings, Recipe):
        parts = [f.name for f in fields(settings) if is_dataclass(getattr(settings, f.name))]
        return [*(name for name in parts if name not in _NO_SETTINGS), "test"]
    return [f.name for f in fields(settings) if f.name not in ("stages", "size_px")]


def _replace_by_name(settings: Any, remaining: dict[str, str]) -> Any:
    """Return settings with what remaining names in them, taking it out of remaining."""
    hints = {} if isinstance(settings, Recipe) else get_type_hints(type(settings))
    new: dict[str, Any] = {}
    for name in _settable(settings):
        value = getattr(settings, name)
        if is_dataclass(value):
            new[name] = _replace_by_name(value, remaining)
        elif name in remaining:
            new[name] = _parsed(name, remaining.pop(name), hints.get(name, str))
    return replace(settings, **new)


def _parsed(name: str, text: str, kind: Any) -> Any:
    """Return a text as a value of a field's type: number, text, switch, choice or tuple."""
    if kind is str:
        return text
    if kind is bool:
        return _choice(name, text.lower(), _SWITCH)
    if get_origin(kind) is Literal:
        return _choice(name, text, {choice: choice for choice in get_args(kind)})
    if get_origin(kind) is tuple:
        return _parsed_tuple(name, text, get_args(kind))
    return _number(name, text, kind)


def _number(name: str, text: str, kind: type) -> int | float:
    try:
        number: int | float = int(text) if kind is int else float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise DataProblem(f"{name}={text}: a {'whole ' if kind is int else ''}number is needed")
    return number


def _parsed_tuple(name: str, text: str, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return "0.9,1.1" as a tuple; kinds end in ... where it may have any length."""
    parts = text.split(",")
    wanted = (kinds[0],) * len(parts) if kinds[-1] is Ellipsis else kinds
    if len(parts) != len(wanted):
        raise DataProblem(f"{name}={text}: {len(wanted)} values with commas between are needed")
    return tuple(_parsed(name, part, kind) for part, kind in zip(parts, wanted, strict=True))


def _choice(name: str, text: str, choices: Mapping[str, Any]) -> Any:
    if text not in choices:
        raise DataProblem(f"{name}={text}: choose one of {', '.join(choices)}")
    return choices[text]


def _stages(stages: tuple[Stage, ...], remaining: dict[str, str]) -> tuple[Stage, ...]:
    """Read stages, or size and epochs, out of remaining."""
    text = remaining.pop("stages", None)
    size, epochs = remaining.pop("size", None), remaining.pop("epochs", None)
    if text is None and size is None and epochs is None:
        return stages
    if text is not None and (size or epochs):
        raise DataProblem(f"stages={text} already says sizes and epochs: leave size and epochs out")
    if text is None:
        text = f"{size or stages[-1].size_px}x{epochs or stages[-1].epochs}"
    try:
        pairs = [part.split("x") for part in text.split(",")]
        return tuple(Stage(int(size_px), int(count)) for size_px, count in pairs)
    except ValueError as error:
        raise DataProblem(f"stages={text}: write it as size x epochs, like 64x9,96x7") from error
