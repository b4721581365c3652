"""Runs the Keras network on faces as they are, through the crops that live faces go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from classroom_monitor.contracts import MOODS, Float32Array, UInt8Array
from classroom_monitor.trainer.data import VotedFaces
from classroom_monitor.trainer.labels import (
    EXPRESSIONS,
    GROUPS,
    NO_CLASS,
    soft_targets,
    valence_labels,
)
from classroom_monitor.trainer.learning import votes_loss
from classroom_monitor.vision.classifier import class_probabilities
from classroom_monitor.vision.crops import CropSpec, crop_whole_images

if TYPE_CHECKING:
    import keras

GROUP_INDICES = tuple(
    tuple(EXPRESSIONS.index(expression) for expression in GROUPS[mood]) for mood in MOODS
)
"""For each mood, the outputs that make it up, as a bundle holds them."""

CROP_SCALE = 1.25
CROP_SHIFT_UP = 0.08
"""Side of FER2013's framing in sides of the finder's box, and how far its centre lies above the
box's, in box sides. Measured end to end on 1,103 held-out faces in clips: accuracy 0.943 with
(1.13, 0.06), the bare ratio of the boxes to the framing, 0.955 with (1.20, 0.06) and 0.959 with
(1.27, 0.09); the middle of the good range was taken."""


def crop_spec(size_px: int) -> CropSpec:
    """Return how a network of this input size wants its faces: grey, framed as FER2013 does."""
    return CropSpec(size_px, channels=1, scale=CROP_SCALE, shift_up=CROP_SHIFT_UP)


def predict_logits(
    network: keras.Model, images: UInt8Array, size_px: int, batch: int = 128
) -> Float32Array:
    """Return the network's (n, 8) float32 logits for (n, h, w) uint8 faces, unaugmented."""
    from keras import ops

    spec = crop_spec(size_px)
    parts = []
    for start in range(0, len(images), batch):
        crops = crop_whole_images(images[start : start + batch], spec).images
        parts.append(ops.convert_to_numpy(network.predict_on_batch(crops)))
    return np.concatenate(parts).astype(np.float32)


def held_out_figures(
    network: keras.Model, faces: VotedFaces, size_px: int, valence_weight: float
) -> dict[str, float]:
    """Return the held-out faces' loss, and their accuracy by the rule for moods."""
    from keras import ops

    logits = predict_logits(network, faces.images, size_px)
    loss = votes_loss(valence_weight)(soft_targets(faces.votes), logits)
    truth = valence_labels(faces.votes)
    has_mood = truth != NO_CLASS
    moods = class_probabilities(logits, GROUP_INDICES, temperature=1.0).argmax(axis=1)
    right = moods[has_mood] == truth[has_mood]
    return {
        "held_out_loss": float(ops.convert_to_numpy(loss)),
        "held_out_accuracy": float(right.mean()) if right.size else 0.0,
    }
