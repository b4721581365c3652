"""How well a network does, between epochs, on the faces held out for choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from classroom_monitor.trainer.dataset.records import Dataset
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme
from classroom_monitor.trainer.labels import NO_CLASS
from classroom_monitor.trainer.learning import class_loss
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.predict import crop_spec, predict_logits
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.targets import label_targets
from classroom_monitor.vision.classifier import class_probabilities

if TYPE_CHECKING:
    import keras


class HeldOut:
    """Faces held out of training, seen as they are: neither augmented nor balanced."""

    def __init__(self, faces: Dataset, recipe: Recipe) -> None:
        self._images = faces.images
        self._recipe = recipe
        self._outputs = outputs_of(recipe, faces)
        self._targets = label_targets(faces, recipe)
        self._truth = class_labels(faces, get_scheme(recipe.data.scheme))

    def figures(self, network: keras.Model, size_px: int) -> dict[str, float]:
        """Return held_out_loss of all faces and held_out_accuracy of those that have a class."""
        from keras import ops

        logits = predict_logits(network, self._images, crop_spec(self._recipe.input, size_px))
        weight = self._recipe.learning.valence_weight
        loss = class_loss(self._outputs, weight if self._recipe.learning.loss == "votes" else 0.0)
        has_class = self._truth != NO_CLASS
        classes = class_probabilities(logits, self._outputs.groups, temperature=1.0)
        right = classes.argmax(axis=1)[has_class] == self._truth[has_class]
        return {
            "held_out_loss": float(np.mean(ops.convert_to_numpy(loss(self._targets, logits)))),
            "held_out_accuracy": float(right.mean()),
        }
