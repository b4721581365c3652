"""From paths to the three parts of a data set that a recipe works with, all of it checked."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from classroom_monitor.trainer.dataset.load import load_dataset
from classroom_monitor.trainer.dataset.records import DataReport, Dataset, Split
from classroom_monitor.trainer.dataset.report import inspect_dataset, require_sound, write_report
from classroom_monitor.trainer.dataset.schemes import class_labels, fill_scheme, get_scheme
from classroom_monitor.trainer.dataset.splitting import split_dataset
from classroom_monitor.trainer.dataset.usable import is_usable
from classroom_monitor.trainer.labels import NO_CLASS, BoolArray
from classroom_monitor.trainer.listener import TrainingListener
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.splits import find_duplicates_among
from classroom_monitor.trainer.super_resolution import enlarged

logger = logging.getLogger(__name__)


def read_data(recipe: Recipe, data_paths: Sequence[Path]) -> Dataset:
    """Return the pictures of a recipe's data. Raises DataProblem, naming file and row."""
    scheme = get_scheme(recipe.data.scheme, recipe.data.annotation)
    return load_dataset(data_paths, scheme.annotation, recipe.input.source_px)


def prepare(
    dataset: Dataset, recipe: Recipe, report_dir: Path, listener: TrainingListener
) -> Split:
    """Choose and split a recipe's pictures, and write down in report_dir what they are like.

    Raises DataProblem for a class that has no pictures, or none in a part.
    """
    scheme = fill_scheme(get_scheme(recipe.data.scheme), dataset)
    labels = class_labels(dataset, scheme)
    listener.on_notice(f"looking for duplicates among {len(dataset)} faces")
    usable = choose_usable(dataset, recipe)
    everything = np.ones(len(dataset), np.bool_)
    copies, usable_copies = find_duplicates_among(dataset.images, [everything, usable])
    split = split_dataset(dataset.select(usable), labels[usable], usable_copies, recipe.data)
    report = inspect_dataset(dataset, labels, tuple(scheme.classes), copies, split)
    write_report(report, report_dir)
    for line in _told(report):
        listener.on_notice(line)
    listener.on_notice(f"more of the data is told in {report_dir}")
    require_sound(report)
    return split


def choose_usable(dataset: Dataset, recipe: Recipe) -> BoolArray:
    """Choose, as (n,) bool, the pictures that a recipe splits into its parts."""
    return _limited(_is_wanted(dataset, recipe), recipe)


def enlarge(split: Split, recipe: Recipe, cache_dir: Path, listener: TrainingListener) -> Split:
    """Return the split's pictures enlarged as the recipe says; cache_dir keeps them."""
    model = recipe.input.super_resolution
    if not model:
        return split
    return Split(
        *(
            replace(part, images=enlarged(part.images, model, cache_dir, listener))
            if len(part)
            else part
            for part in (split.training, split.validation, split.test)
        )
    )


def _told(report: DataReport) -> list[str]:
    """Return what everyone should know of the data before it is trained on, in lines."""
    lines = []
    for part in ("training", "validation", "test"):
        counts = report.counts[part]
        if any(counts.values()):
            lines.append(f"{part}: " + ", ".join(f"{name} {n}" for name, n in counts.items()))
    found = {
        "unreadable": len(report.unreadable),
        "blank": len(report.blank),
        "rejected": len(report.rejected),
        "near duplicates": report.near,
        "contradictory": len(report.contradictory),
        "without a class": report.without_class,
    }
    lines.append(f"of {report.pictures}: " + ", ".join(f"{n} {what}" for what, n in found.items()))
    return lines


def _is_wanted(dataset: Dataset, recipe: Recipe) -> BoolArray:
    """Tell, as (n,) bool, which pictures show a face that the network can learn from.

    Where votes are learned from, a face that they give no class will do.
    """
    usable = is_usable(dataset)
    if recipe.learning.loss == "votes":
        return usable
    labels = class_labels(dataset, get_scheme(recipe.data.scheme))
    return np.asarray(usable & (labels != NO_CLASS), np.bool_)


def _limited(usable: BoolArray, recipe: Recipe) -> BoolArray:
    """Choose so many of the usable pictures, drawn at random, as the recipe's limit says."""
    rows = np.flatnonzero(usable)
    logger.info("%d pictures are usable", len(rows))
    limit = recipe.data.limit
    if not 0 < limit < len(rows):
        return usable
    order = np.random.default_rng(recipe.data.seed).permutation(len(rows))
    chosen = np.zeros(len(usable), dtype=np.bool_)
    chosen[rows[order[:limit]]] = True
    return chosen
