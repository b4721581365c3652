"""Builds the Keras network of a bundle again: from a recipe's name and settings, which are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from classroom_monitor.errors import BundleProblem, DataProblem
from classroom_monitor.files import WEIGHTS_ERRORS
from classroom_monitor.trainer.backend import import_keras
from classroom_monitor.trainer.recipe import InputPlan, Recipe, Stage
from classroom_monitor.trainer.recipes.registry import find_recipe
from classroom_monitor.vision.bundle import Bundle

if TYPE_CHECKING:
    import keras

ROLE = "keras"
"""The role of the file that holds Keras weights."""


def keras_network(bundle: Bundle) -> keras.Model:
    """Return a verified bundle's network with its weights, calibration's offsets included.

    It takes (n, size, size, channels) of 0 to 255 and gives (n, outputs) logits, as the LiteRT
    engines do. Raises BundleProblem where the bundle holds no Keras weights, or names a recipe
    or settings that this program doesn't know.
    """
    import_keras()
    bundle.read_file(ROLE)
    try:
        recipe = recipe_of(bundle)
        network = recipe.build(recipe, len(bundle.outputs))
        name = next(file.name for file in bundle.files if file.role == ROLE)
        network.load_weights(bundle.folder / name)
    except (DataProblem, *WEIGHTS_ERRORS) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise BundleProblem(
            f"the Keras network of model bundle {bundle.folder} can't be built again ({reason}): "
            "choose a LiteRT engine, or train it again"
        ) from error
    return network


def recipe_of(bundle: Bundle) -> Recipe:
    """Return the recipe that a bundle came from, as far as its network is concerned.

    Raises DataProblem for an unknown recipe or network settings that don't fit it.
    """
    recipe = find_recipe(str(bundle.recipe.get("name")))
    crop = bundle.crop
    return at_one_size(
        replace(
            recipe,
            input=InputPlan(crop.size_px, channels=crop.channels, fit=crop.fit),
            network=checked_settings(recipe.network, bundle.recipe.get("network", {})),
        )
    )


def at_one_size(recipe: Recipe) -> Recipe:
    """Return the recipe with its last input size as the only one, as bundles have it."""
    stages = (Stage(recipe.input.size_px, 1),)
    return replace(recipe, learning=replace(recipe.learning, stages=stages))


def checked_settings(defaults: Any, given: object) -> Any:
    """Return a part of a recipe's settings with those of a bundle in it, each of its own type.

    Raises DataProblem where they are something else.
    """
    if not isinstance(given, Mapping):
        raise DataProblem("its settings are no JSON object")
    kinds = {field.name: type(getattr(defaults, field.name)) for field in fields(defaults)}
    for name, value in given.items():
        kind = kinds.get(name)
        fits = kind is not None and not isinstance(value, bool) and isinstance(value, kind)
        if not fits and not (kind is float and type(value) is int):
            raise DataProblem(f"its settings hold {name}, which doesn't fit the recipe")
    return replace(defaults, **given)
