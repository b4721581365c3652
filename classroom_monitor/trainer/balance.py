"""Evens out how many training pictures each class has, or what they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.augment import Augmentation, augment
from classroom_monitor.trainer.labels import NO_CLASS, BoolArray, IntArray
from classroom_monitor.trainer.recipe import DataPlan

COPY_STREAM = 1
"""Part of the seeds of copies, which keeps them apart from the seeds of batches."""


@dataclass(frozen=True, slots=True)
class Balanced:
    """Which training pictures an epoch goes through.

    rows (n,) int64 are indices of the data set, one for each picture and each copy; is_copy (n,)
    bool says which are copies; weights (n,) float32 is what each counts in the loss.
    """

    rows: IntArray
    is_copy: BoolArray
    weights: Float32Array

    def __len__(self) -> int:
        return len(self.rows)


def balanced(labels: IntArray, plan: DataPlan) -> Balanced:
    """Return the pictures that a plan's balance gives; labels is (n,) int64 of classes.

    Pictures of no class stay as they are. The same arguments always give the same choice.
    """
    counts = {int(k): int((labels == k).sum()) for k in np.unique(labels) if k != NO_CLASS}
    if plan.balance in ("oversample", "factor"):
        rows, originals = _resampled(labels, counts, plan)
        is_copy = np.arange(len(rows)) >= originals
        return Balanced(rows, is_copy, np.ones(len(rows), np.float32))
    weights = np.ones(len(labels), np.float32)
    if plan.balance == "class_weight":
        for k, count in counts.items():
            weights[labels == k] = sum(counts.values()) / (len(counts) * count)
    return Balanced(np.arange(len(labels)), np.zeros(len(labels), np.bool_), weights)


def augmented_copy(
    image: UInt8Array, index: int, augmentation: Augmentation, seed: int
) -> UInt8Array:
    """Return copy number index of an (h, w) uint8 picture, the same one every time."""
    rng = np.random.default_rng((seed, COPY_STREAM, index))
    return augment(image, image.shape[0], augmentation, rng)


def _resampled(labels: IntArray, counts: Mapping[int, int], plan: DataPlan) -> tuple[IntArray, int]:
    """Return the rows that are left of each class, then those of copies; and how many are left.

    A class's pictures are copied in turn, so that all have nearly the same number of copies.
    """
    rng = np.random.default_rng((plan.seed, COPY_STREAM))
    kept, copies = [np.flatnonzero(labels == NO_CLASS)], []
    for k, count in counts.items():
        wanted = _wanted(count, max(counts.values()), plan)
        members = rng.permutation(np.flatnonzero(labels == k))
        kept.append(members[:wanted])
        copies += [
            rng.permutation(members)[: wanted - done] for done in range(count, wanted, count)
        ]
    originals = np.sort(np.concatenate(kept))
    return np.concatenate([originals, *copies]).astype(np.int64), len(originals)


def _wanted(count: int, most: int, plan: DataPlan) -> int:
    """Return how many pictures a class of count is to have; most is the commonest one's count."""
    if plan.balance == "oversample":
        return plan.per_class
    return max(count, min(most, round(count * plan.factor)))
