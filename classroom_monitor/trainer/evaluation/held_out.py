"""The faces that a bundle's training held out, drawn again from the data it was trained on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from classroom_monitor.errors import BundleProblem, DataProblem
from classroom_monitor.trainer.dataset.records import LabelScheme, Split
from classroom_monitor.trainer.dataset.schemes import class_labels, fill_scheme, get_scheme
from classroom_monitor.trainer.dataset.splitting import split_dataset
from classroom_monitor.trainer.labelled import LabelledFaces, ordered_scheme
from classroom_monitor.trainer.measure import labelled_faces
from classroom_monitor.trainer.networks.rebuild import checked_settings
from classroom_monitor.trainer.preparation import choose_usable, read_data
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.registry import find_recipe
from classroom_monitor.trainer.splits import find_duplicates
from classroom_monitor.vision.bundle import Bundle

HELD_OUT = "held-out"
"""What evaluate calls this part of a data set."""


def held_out_faces(bundle: Bundle, data: Path, scheme: LabelScheme) -> LabelledFaces:
    """Return the faces of data that the bundle's training held out, with their classes by scheme.

    They decided when training stopped, temperature and thresholds, but nothing was learned from
    them. Raises DataProblem where data isn't what the bundle was trained on, and BundleProblem
    where the bundle doesn't tell how that was split.
    """
    try:
        recipe = _recipe_of(bundle)
    except DataProblem as problem:
        raise BundleProblem(
            f"model bundle {bundle.folder} doesn't tell which faces its training held out "
            f"({problem}): measure it on other faces"
        ) from problem
    split = _split(recipe, data)
    if len(split.training) != bundle.data.get("n"):
        raise DataProblem(
            f"{data} isn't what {bundle.folder} was trained on: its recipe would learn from "
            f"{len(split.training)} of these faces, it learned from {bundle.data.get('n')}"
        )
    return labelled_faces(split.validation, ordered_scheme(scheme, bundle.classes))


def _recipe_of(bundle: Bundle) -> Recipe:
    """Return the bundle's recipe as far as it decides how data is split."""
    recipe = find_recipe(str(bundle.recipe.get("name")))
    plan = checked_settings(recipe.data, bundle.recipe.get("data"))
    get_scheme(plan.scheme, plan.annotation)  # a scheme of the user's own isn't in the bundle
    return replace(
        recipe,
        data=plan,
        input=checked_settings(recipe.input, _setting(bundle, "input", "source_px")),
        learning=checked_settings(recipe.learning, _setting(bundle, "learning", "loss")),
    )


def _setting(bundle: Bundle, part: str, name: str) -> object:
    """Return a single setting of a part of the bundle's recipe."""
    settings = bundle.recipe.get(part)
    return {name: settings[name]} if isinstance(settings, Mapping) and name in settings else None


def _split(recipe: Recipe, data: Path) -> Split:
    dataset = read_data(recipe, [data])
    usable = dataset.select(choose_usable(dataset, recipe))
    labels = class_labels(usable, fill_scheme(get_scheme(recipe.data.scheme), dataset))
    return split_dataset(usable, labels, find_duplicates(usable.images), recipe.data)
