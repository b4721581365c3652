"""Chooses a bundle's temperature and thresholds from faces that were held out of training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.labels import IntArray
from classroom_monitor.vision.classifier import class_probabilities
from classroom_monitor.vision.opencv import cv2

SIZES_PX = (12, 16, 20, 24, 32)
"""Sides in pixels to which held-out faces are shrunk to learn what small faces are worth."""

MAX_ACCURACY_LOSS = 0.10
"""A face counts as large enough where shrinking to it costs at most this much accuracy."""

MAX_ADDED_BIAS = 0.005
"""By how much leaving out unsure faces may push a share away from the truth."""

_CERTAINTIES = np.arange(0.35, 0.95, 0.05)


@dataclass(frozen=True, slots=True)
class CertaintyStep:
    """One point of the risk-coverage curve.

    coverage is the part of the faces at least that certain, accuracy theirs, and bias the
    largest difference, over the classes, of their mean probability from the true share of all.
    """

    min_certainty: float
    coverage: float
    accuracy: float
    bias: float


def fit_temperature(
    logits: Float32Array, truth: IntArray, groups: tuple[tuple[int, ...], ...]
) -> float:
    """Return the temperature with the least negative log-likelihood of the true classes.

    logits is (n, outputs), truth (n,) indices into groups. Guo et al. 2017, "On Calibration of
    Modern Neural Networks". A search in two steps suffices: the likelihood is smooth in it.
    """

    def loss(temperature: float) -> float:
        probabilities = class_probabilities(logits, groups, temperature)
        of_truth = probabilities[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(of_truth, 1e-12)).mean())

    coarse = min(np.geomspace(0.2, 5.0, 60), key=loss)
    return round(float(min(np.linspace(coarse * 0.94, coarse * 1.06, 60), key=loss)), 4)


def risk_coverage(probabilities: Float32Array, truth: IntArray) -> list[CertaintyStep]:
    """Return the curve from counting every face to counting the surest ones only.

    probabilities is (n, classes), calibrated; truth (n,).
    """
    certainty = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    shares = np.bincount(truth, minlength=probabilities.shape[1]) / len(truth)
    steps = []
    for limit in (0.0, *_CERTAINTIES):
        used = certainty >= limit
        if not used.any():
            break
        bias = np.abs(probabilities[used].mean(axis=0) - shares).max()
        steps.append(
            CertaintyStep(
                round(float(limit), 2), float(used.mean()), float(right[used].mean()), float(bias)
            )
        )
    return steps


def choose_min_certainty(curve: list[CertaintyStep]) -> float:
    """Return the highest certainty to ask for that hardly biases the shares.

    Unsure faces are not spread evenly over the moods: dropping them makes the room look happier
    than it is, and calibrated probabilities already count an unsure face as unsure.
    """
    allowed = curve[0].bias + MAX_ADDED_BIAS
    chosen = curve[0]
    for step in curve[1:]:
        if step.bias > allowed:
            break
        chosen = step
    return chosen.min_certainty


def choose_min_face_px(accuracy_by_px: dict[int, float], full_accuracy: float) -> int:
    """Return the smallest side in pixels at which faces are still worth counting."""
    good = [px for px, accuracy in accuracy_by_px.items() if _is_good(accuracy, full_accuracy)]
    return min(good, default=max(accuracy_by_px))


def shrunk(images: UInt8Array, side_px: int) -> UInt8Array:
    """Return (n, side_px, side_px) uint8: the faces as a camera sees them from afar."""
    side = (side_px, side_px)
    return np.stack([cv2.resize(face, side, interpolation=cv2.INTER_AREA) for face in images])


def _is_good(accuracy: float, full_accuracy: float) -> bool:
    return accuracy >= full_accuracy - MAX_ACCURACY_LOSS
