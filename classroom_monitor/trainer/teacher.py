"""What a network learns from: what people called the faces, and a teacher's opinion of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.records import Dataset
from classroom_monitor.trainer.labels import EXPRESSIONS
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.targets import expression_votes, label_targets
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.classifier import open_classifier
from classroom_monitor.vision.crops import crop_whole_images

_BATCH = 128


def training_targets(dataset: Dataset, recipe: Recipe) -> Float32Array:
    """Return the (n, outputs) float32 targets of a recipe, rows that sum to 1.

    A face's votes are a small sample of what people would say of it. The teacher's opinion, taken
    as teacher_votes more votes, is the mean of a Dirichlet prior on what they would say on
    average (Gelman et al. 2013, "Bayesian Data Analysis", section 3.4).
    """
    if recipe.learning.loss != "votes" or not recipe.start.teacher_dirs:
        return label_targets(dataset, recipe)
    each = [teacher_opinions(folder, dataset.images) for folder in recipe.start.teacher_dirs]
    together = expression_votes(dataset) + recipe.start.teacher_votes * np.mean(each, axis=0)
    return np.asarray(together / together.sum(axis=1, keepdims=True), np.float32)


def teacher_opinions(bundle_dir: Path, images: UInt8Array) -> Float32Array:
    """Return a bundle's (n, 8) float32 probabilities of the expressions for (n, h, w) uint8 faces.

    Each face is seen as it is and mirrored. Raises DataProblem for a bundle of other outputs.
    """
    bundle = load_bundle(bundle_dir)
    if tuple(bundle.outputs) != EXPRESSIONS:
        raise DataProblem(f"teacher={bundle_dir}: it must give the outputs {EXPRESSIONS}")
    classifier = open_classifier(bundle, "litert-float32", threads=2)
    parts = [
        classifier.both_ways_logits(crop_whole_images(images[start : start + _BATCH], bundle.crop))
        for start in range(0, len(images), _BATCH)
    ]
    classifier.close()
    logits = np.concatenate(parts)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)
