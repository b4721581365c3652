"""From paths to the three parts of a data set that a recipe works with, all of it checked."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.load import load_dataset
from classroom_monitor.trainer.dataset.records import Dataset, LabelScheme, Split
from classroom_monitor.trainer.dataset.schemes import class_labels, fill_scheme, get_scheme
from classroom_monitor.trainer.dataset.splitting import split_dataset
from classroom_monitor.trainer.dataset.usable import is_usable
from classroom_monitor.trainer.labels import NO_CLASS, BoolArray
from classroom_monitor.trainer.listener import TrainingListener
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.super_resolution import enlarged

logger = logging.getLogger(__name__)


def read_data(recipe: Recipe, data_paths: Sequence[Path]) -> Dataset:
    """Return the pictures of a recipe's data. Raises DataProblem, naming file and row."""
    scheme = get_scheme(recipe.data.scheme, recipe.data.annotation)
    return load_dataset(data_paths, scheme.annotation, recipe.input.source_px)


def prepare(dataset: Dataset, recipe: Recipe, cache_dir: Path, listener: TrainingListener) -> Split:
    """Choose, split and, where the recipe says so, enlarge pictures; cache_dir keeps the latter.

    Raises DataProblem for a class that has no pictures, or none in a part.
    """
    scheme = fill_scheme(get_scheme(recipe.data.scheme), dataset)
    _require_classes(dataset, scheme, "the data")
    usable = _limited(dataset.select(_is_wanted(dataset, recipe)), recipe)
    _require_classes(usable, scheme, "the usable pictures")
    listener.on_notice(f"looking for duplicates among {len(usable)} faces")
    split = split_dataset(usable, class_labels(usable, scheme), recipe.data)
    for part, faces in (
        ("training", split.training),
        ("validation", split.validation),
        ("test", split.test),
    ):
        if part != "test" or len(faces):
            _require_classes(faces, scheme, f"the {part} part")
    if not recipe.input.super_resolution:
        return split
    parts = (split.training, split.validation, split.test)
    return Split(*(_enlarged(part, recipe, cache_dir, listener) for part in parts))


def _is_wanted(dataset: Dataset, recipe: Recipe) -> BoolArray:
    """Tell, as (n,) bool, which pictures show a face that the network can learn from.

    Where votes are learned from, a face that they give no class will do.
    """
    usable = is_usable(dataset)
    if recipe.learning.loss == "votes":
        return usable
    labels = class_labels(dataset, get_scheme(recipe.data.scheme))
    return np.asarray(usable & (labels != NO_CLASS), np.bool_)


def _limited(usable: Dataset, recipe: Recipe) -> Dataset:
    """Return so many pictures, drawn at random, as the recipe's limit says."""
    logger.info("%d pictures are usable", len(usable))
    limit = recipe.data.limit
    if not 0 < limit < len(usable):
        return usable
    order = np.random.default_rng(recipe.data.seed).permutation(len(usable))
    return usable.select(np.sort(order[:limit]))


def _require_classes(dataset: Dataset, scheme: LabelScheme, where: str) -> None:
    labels = class_labels(dataset, scheme)
    counts = np.bincount(labels[labels != NO_CLASS], minlength=len(scheme.classes))
    for name, count in zip(scheme.classes, counts, strict=True):
        if count == 0:
            counted = ", ".join(f"{n} {c}" for n, c in zip(scheme.classes, counts, strict=True))
            raise DataProblem(
                f"The class {name} has no picture in {where} ({counted}): give more pictures of "
                "it, or choose another split or scheme"
            )


def _enlarged(
    part: Dataset, recipe: Recipe, cache_dir: Path, listener: TrainingListener
) -> Dataset:
    if len(part) == 0:
        return part
    model = recipe.input.super_resolution
    return replace(part, images=enlarged(part.images, model, cache_dir, listener))
