"""What a network is to learn from: faces, targets, and how often each face is shown."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.balance import Balanced, balanced
from classroom_monitor.trainer.dataset.records import Dataset
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.targets import smoothed
from classroom_monitor.trainer.teacher import training_targets


@dataclass(frozen=True, slots=True)
class TrainingFaces:
    """What there is to learn from: images (n, h, w) uint8, targets (n, k) float32, rows sum to 1.

    balanced says which of them an epoch goes through.
    """

    images: UInt8Array
    targets: Float32Array
    balanced: Balanced


def training_faces(dataset: Dataset, recipe: Recipe) -> TrainingFaces:
    """Return the training part of a data set as a recipe learns from it."""
    labels = class_labels(dataset, get_scheme(recipe.data.scheme))
    targets = smoothed(training_targets(dataset, recipe), recipe.learning.label_smoothing)
    return TrainingFaces(dataset.images, targets, balanced(labels, recipe.data))
