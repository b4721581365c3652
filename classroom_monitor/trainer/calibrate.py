"""Chooses a bundle's temperature and thresholds from faces that were held out of training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.labels import IntArray
from classroom_monitor.vision.classifier import class_probabilities
from classroom_monitor.vision.opencv import cv2

SIZES_PX = (12, 16, 20, 24, 32)
"""Sides in pixels to which held-out faces are shrunk to learn what small faces are worth."""

MAX_ACCURACY_LOSS = 0.10
"""A face counts as large enough where shrinking to it costs at most this much accuracy."""

MAX_ADDED_BIAS = 0.005
"""How much further from the truth a share may be than at the best certainty, to use more faces."""

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


@dataclass(frozen=True, slots=True)
class Scaling:
    """How class logits become calibrated ones: divided by temperature after adding offsets.

    offsets has one number per class; the last is 0, only differences matter.
    """

    temperature: float
    offsets: tuple[float, ...]


def fit_scaling(
    logits: Float32Array,
    truth: IntArray,
    groups: tuple[tuple[int, ...], ...],
    *,
    with_offsets: bool = True,
) -> Scaling:
    """Return the scaling with the least negative log-likelihood of the true classes.

    logits is (n, outputs), truth (n,) indices into groups. A network that learned from votes
    says neutral of many a face that most people called negative, because the others said
    neutral; the offsets put the shares right again. Alexandari et al. 2020, "Maximum Likelihood
    with Bias-Corrected Calibration is Hard-To-Beat at Label Shift Adaptation". Without offsets
    only the temperature is fitted: a network that was balanced on purpose would be unbalanced by
    them, back to how common each class is among these faces.
    """
    pooled = np.log(np.maximum(class_probabilities(logits, groups, 1.0), 1e-12)).astype(float)
    classes = len(groups)
    # One slope for all classes, then an offset for each class but the last.
    count = classes if with_offsets else 1
    features = np.zeros((len(truth), classes, count))
    features[:, :, 0] = pooled
    features[:, np.arange(count - 1), np.arange(1, count)] = 1.0
    parameters = _newton(features, np.eye(classes)[truth], start=np.eye(count)[0])
    temperature = 1.0 / max(float(parameters[0]), 0.01)
    offsets = [0.0] * classes
    offsets[: count - 1] = [float(offset) * temperature for offset in parameters[1:]]
    return Scaling(round(temperature, 4), tuple(offsets))


def _newton(
    features: NDArray[np.float64], hot: NDArray[np.float64], start: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Maximise the likelihood of softmax(features @ parameters), which is concave.

    features is (n, classes, parameters), hot (n, classes). A trace of ridge keeps the curvature
    invertible where a class is perfectly told.
    """
    parameters = start.astype(np.float64)
    for _ in range(30):
        scores = features @ parameters
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        centred = features - np.einsum("nk,nkp->np", shares, features)[:, None]
        gradient = np.einsum("nk,nkp->p", hot - shares, features)
        curvature = np.einsum("nk,nkp,nkq->pq", shares, centred, centred)
        step = np.linalg.solve(curvature + 1e-3 * np.eye(len(parameters)), gradient)
        parameters = parameters + np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-6:
            break
    return parameters


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
    """Return the lowest certainty to ask for whose shares are as true as the best one's.

    Unsure faces are not spread evenly over the moods, and calibrated probabilities already count
    an unsure face as unsure: leaving faces out must earn its keep.
    """
    allowed = min(step.bias for step in curve) + MAX_ADDED_BIAS
    return next(step.min_certainty for step in curve if step.bias <= allowed)


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
