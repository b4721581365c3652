"""Training batches, each augmented by a seed of its own, so that any of them can be made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.augment import Augmentation, augment

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, slots=True)
class EpochPlan:
    """Which batches an epoch has: everything that decides them besides the faces.

    first_step lets an epoch go on where it was broken off.
    """

    seed: int
    epoch: int
    size_px: int
    batch: int
    first_step: int = 0


def steps_per_epoch(faces: int, batch: int) -> int:
    """Return the number of whole batches; the odd faces left over differ from epoch to epoch."""
    return max(1, faces // batch)


def training_batches(
    images: UInt8Array, targets: Float32Array, plan: EpochPlan, augmentation: Augmentation
) -> keras.utils.PyDataset:
    """Return the epoch's batches as a Keras data set of (faces, targets).

    images is (n, h, w) uint8, targets (n, 8) float32; batches are (batch, size, size, 1) uint8
    and (batch, 8) float32.
    """
    import keras

    order = np.random.default_rng((plan.seed, plan.epoch)).permutation(len(images))

    class Batches(keras.utils.PyDataset):  # type: ignore[misc]
        def __len__(self) -> int:
            return steps_per_epoch(len(images), plan.batch) - plan.first_step

        def __getitem__(self, index: int) -> tuple[Any, Any]:
            step = index + plan.first_step
            chosen = order[step * plan.batch : (step + 1) * plan.batch]
            rng = np.random.default_rng((plan.seed, plan.epoch, step))
            faces = [augment(images[face], plan.size_px, augmentation, rng) for face in chosen]
            return np.stack(faces)[..., None], targets[chosen]

    return Batches()
