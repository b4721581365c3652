"""Chooses a network's calibration and thresholds from the faces held out for that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.calibrate import (
    SIZES_PX,
    CertaintyStep,
    choose_min_certainty,
    choose_min_face_px,
    fit_scaling,
    risk_coverage,
    shrunk,
)
from classroom_monitor.trainer.export import Calibration, exported_network
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.trainer.outputs import Outputs
from classroom_monitor.trainer.predict import CROP_SCALE, crop_spec, predict_both_ways
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.vision.classifier import class_probabilities

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, slots=True)
class Choice:
    """What the held-out faces decided, with the measurements behind it."""

    calibration: Calibration
    curve: list[CertaintyStep]
    accuracy_by_px: dict[int, float]


def choose(
    network: keras.Model, recipe: Recipe, outputs: Outputs, held_out: LabelledFaces
) -> Choice:
    """Return the calibration and thresholds of a trained network.

    Each face is scored as it is and mirrored, as the engines do it. images must be of one size.
    """
    images, truth = np.asarray(held_out.images), held_out.truth
    spec = crop_spec(recipe.input)
    logits = predict_both_ways(network, images, spec)
    is_natural = recipe.data.balance == "none"
    scaling = fit_scaling(logits, truth, outputs.groups, with_offsets=is_natural)
    unlimited = Calibration(scaling.temperature, scaling.offsets, 0, 0.0)
    calibrated = exported_network(network, recipe, outputs, unlimited)

    def answers(faces: UInt8Array) -> Float32Array:
        logits = predict_both_ways(calibrated, faces, spec)
        return class_probabilities(logits, outputs.groups, scaling.temperature)

    def accuracy(probabilities: Float32Array) -> float:
        return float((probabilities.argmax(axis=1) == truth).mean())

    probabilities = answers(images)
    curve = risk_coverage(probabilities, truth)
    accuracy_by_px = {
        box_px: accuracy(answers(shrunk(images, round(box_px * CROP_SCALE)))) for box_px in SIZES_PX
    }
    calibration = replace(
        unlimited,
        min_face_px=choose_min_face_px(accuracy_by_px, accuracy(probabilities)),
        min_certainty=choose_min_certainty(curve),
    )
    return Choice(calibration, curve, accuracy_by_px)
