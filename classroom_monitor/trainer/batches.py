"""Training batches, each augmented by a seed of its own, so that any of them can be made again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.augment import UNCHANGED, augment
from classroom_monitor.trainer.balance import augmented_copy
from classroom_monitor.trainer.predict import crop_spec
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.training_faces import TrainingFaces
from classroom_monitor.vision.crops import crop_whole_image

MIXUP_STREAM = 2
"""Part of the seeds of mixtures, which keeps them apart from the seeds of faces."""


@dataclass(frozen=True, slots=True)
class Batch:
    """images (b, size, size, channels) uint8, targets (b, k) float32, weights (b,) or None."""

    images: UInt8Array
    targets: Float32Array
    weights: Float32Array | None


def steps_per_epoch(faces: int, batch: int) -> int:
    """Return the number of whole batches; the odd faces left over differ from epoch to epoch."""
    return max(1, faces // batch)


class EpochBatches:
    """The batches of one epoch, counted from 0; each can be made at any time, in any thread."""

    def __init__(self, faces: TrainingFaces, recipe: Recipe, epoch: int, size_px: int) -> None:
        self._faces = faces
        self._recipe = recipe
        self._spec = replace(crop_spec(recipe.input, size_px), channels=1)
        self._epoch_seed = (recipe.data.seed, epoch)
        self._order = np.random.default_rng(self._epoch_seed).permutation(len(faces.balanced))

    def make(self, step: int) -> Batch:
        """Return a batch."""
        count = self._recipe.learning.batch
        places = self._order[step * count : (step + 1) * count]
        rng = np.random.default_rng((*self._epoch_seed, step))
        greys = np.stack([self._face(int(place), rng) for place in places])
        choice = self._faces.balanced
        batch = Batch(
            np.repeat(greys[..., None], self._recipe.input.channels, axis=3),
            self._faces.targets[choice.rows[places]],
            choice.weights[places] if self._recipe.data.balance == "class_weight" else None,
        )
        if self._recipe.learning.mixup > 0:
            mixing = np.random.default_rng((*self._epoch_seed, step, MIXUP_STREAM))
            return mixed_up(batch, self._recipe.learning.mixup, mixing)
        return batch

    def _face(self, place: int, rng: np.random.Generator) -> UInt8Array:
        """Return one face as (size, size) uint8, changed as the recipe says."""
        recipe, choice = self._recipe, self._faces.balanced
        image = self._faces.images[choice.rows[place]]
        if recipe.data.augment == "copies":
            if choice.is_copy[place]:
                image = augmented_copy(image, place, recipe.augmentation, recipe.data.seed)
        elif recipe.input.fit == "pad":
            image = augment(image, image.shape[0], recipe.augmentation, rng)
        elif recipe.augmentation != UNCHANGED:
            return augment(image, self._spec.size_px, recipe.augmentation, rng)
        return crop_whole_image(image, self._spec)[..., 0]


def mixed_up(batch: Batch, strength: float, rng: np.random.Generator) -> Batch:
    """Return the batch with each face mixed with another one of it, targets and weights too.

    The share is drawn from a Beta distribution of (strength, strength) for each batch. Zhang et
    al. 2018, "mixup: Beyond Empirical Risk Minimization".
    """
    share = rng.beta(strength, strength)
    partners = rng.permutation(len(batch.images))
    images = share * batch.images + (1.0 - share) * batch.images[partners]
    targets = share * batch.targets + (1.0 - share) * batch.targets[partners]
    weights = batch.weights
    if weights is not None:
        weights = np.asarray(share * weights + (1.0 - share) * weights[partners], np.float32)
    return Batch(np.rint(images).astype(np.uint8), targets.astype(np.float32), weights)
