"""Measures a model bundle on faces with known classes, with the engine that live faces use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.backend import require_scikit_learn
from classroom_monitor.trainer.labelled import LabelledFaces, load_labelled_faces
from classroom_monitor.trainer.labels import EXPRESSIONS, NO_CLASS
from classroom_monitor.trainer.metrics import classification_figures
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import LiteRtClassifier, open_classifier
from classroom_monitor.vision.crops import CropSpec, crop_whole_images
from classroom_monitor.vision.opencv import cv2

SIDES_PX = (16, 20, 24, 32, 48)
"""Sides in pixels to which faces are shrunk to see what small ones are worth."""


def evaluate(bundle_dir: Path, data: Path, engine: str = "auto") -> dict[str, Any]:
    """Return the figures of a bundle on a .npz, a folder a class, or a CSV table.

    The keys of metrics.classification_figures; coverage and accuracy_used, the part of the faces
    that counts at the bundle's thresholds and their accuracy; accuracy_by_side_px of the faces
    shrunk; engine, bundle and data; and, where votes tell the expressions, expression_accuracy.
    Raises BundleProblem or DataProblem.
    """
    require_scikit_learn()
    bundle = load_bundle(bundle_dir)
    faces = load_labelled_faces(data, bundle.classes)
    classifier = open_classifier(bundle, engine)
    try:
        figures = evaluate_faces(classifier, bundle, faces)
    finally:
        classifier.close()
    return {**figures, "bundle": bundle.name, "version": bundle.version, "data": data.name}


def evaluate_faces(
    classifier: LiteRtClassifier, bundle: Bundle, faces: LabelledFaces
) -> dict[str, Any]:
    """Return evaluate's figures for faces in memory; every class must occur among them."""
    logits = classifier.both_ways_logits(crop_whole_images(faces.images, bundle.crop))
    probabilities = classifier.probabilities_from_logits(logits)
    figures = classification_figures(probabilities, faces.truth, bundle.classes)
    figures |= _used_figures(probabilities, faces, bundle)
    figures["accuracy_by_side_px"] = {
        str(side_px): _shrunk_accuracy(classifier, bundle.crop, faces, side_px)
        for side_px in SIDES_PX
    }
    if faces.expressions is not None and bundle.outputs == EXPRESSIONS:
        known = faces.expressions != NO_CLASS
        right = logits.argmax(axis=1)[known] == faces.expressions[known]
        figures["expression_accuracy"] = float(right.mean()) if right.size else None
    figures["engine"] = classifier.engine
    return figures


def _used_figures(
    probabilities: Float32Array, faces: LabelledFaces, bundle: Bundle
) -> dict[str, Any]:
    """Return coverage and accuracy_used; the latter is None where no face counts."""
    sides = np.array([min(image.shape[:2]) for image in faces.images])
    thresholds = bundle.thresholds
    used = sides / bundle.crop.scale >= thresholds.min_face_px
    used &= probabilities.max(axis=1) >= thresholds.min_certainty
    right = probabilities.argmax(axis=1) == faces.truth
    return {
        "coverage": float(used.mean()),
        "accuracy_used": float(right[used].mean()) if used.any() else None,
    }


def _shrunk_accuracy(
    classifier: LiteRtClassifier, spec: CropSpec, faces: LabelledFaces, side_px: int
) -> float:
    small = [_shrunk(image, side_px) for image in faces.images]
    predicted = classifier.score(crop_whole_images(small, spec)).probabilities.argmax(axis=1)
    return float((predicted == faces.truth).mean())


def _shrunk(image: UInt8Array, side_px: int) -> UInt8Array:
    """Return the face as a camera sees it from afar; one that is smaller already stays as it is."""
    if min(image.shape[:2]) <= side_px:
        return image
    scale = side_px / min(image.shape[:2])
    size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def same_answers(first: Float32Array, second: Float32Array) -> float:
    """Return how often two engines' probabilities name the same likeliest class."""
    return float((first.argmax(axis=1) == second.argmax(axis=1)).mean())
