"""What people called faces, as targets for a network to learn."""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.records import Dataset
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme, soft_class_targets
from classroom_monitor.trainer.labels import EXPRESSIONS
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.recipe import Recipe


def label_targets(dataset: Dataset, recipe: Recipe) -> Float32Array:
    """Return what people called the faces, as (n, outputs) float32 rows that sum to 1."""
    if recipe.learning.loss == "votes":
        votes = expression_votes(dataset)
        return np.asarray(votes / np.maximum(votes.sum(axis=1, keepdims=True), 1.0), np.float32)
    scheme = get_scheme(recipe.data.scheme)
    if recipe.data.targets == "soft":
        return soft_class_targets(dataset, scheme)
    outputs = outputs_of(recipe, dataset)
    labels = class_labels(dataset, scheme)
    return np.eye(len(outputs.names), dtype=np.float32)[labels]


def smoothed(targets: Float32Array, smoothing: float) -> Float32Array:
    """Return targets with a share of each row spread evenly over all outputs.

    Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer Vision".
    """
    return np.asarray(targets * (1.0 - smoothing) + smoothing / targets.shape[1], np.float32)


def expression_votes(dataset: Dataset) -> Float32Array:
    """Return the (n, 8) float32 votes for the expressions.

    Raises DataProblem for data that has not all of them.
    """
    missing = [name for name in EXPRESSIONS if name not in dataset.names]
    if missing:
        raise DataProblem(
            f"loss=votes learns from votes for eight expressions, the data has none for "
            f"{missing[0]}: give FER+ votes, or take --set loss=categorical"
        )
    return dataset.votes[:, [dataset.names.index(name) for name in EXPRESSIONS]]
