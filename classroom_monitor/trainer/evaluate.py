"""Measures a model bundle on faces with known classes, with the engine that live faces use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.backend import require_scikit_learn
from classroom_monitor.trainer.dataset.schemes import SCHEMES
from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.robustness import accuracy_by_side_px
from classroom_monitor.trainer.labelled import (
    LabelledFaces,
    choose_scheme,
    load_labelled_faces,
)
from classroom_monitor.trainer.labels import EXPRESSIONS, NO_CLASS, IntArray
from classroom_monitor.trainer.metrics import classification_figures
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import NetworkClassifier, open_classifier
from classroom_monitor.vision.crops import crop_whole_images

THREADS = os.cpu_count() or 1
"""Evaluation shares the machine with nothing else that matters; its answers don't depend on it."""


def evaluate(bundle_dir: Path, data: Path, engine: str = "auto") -> dict[str, Any]:
    """Return the figures of a bundle on a data set of any kind that load_labelled_faces reads.

    The keys of evaluate_faces and of expression_figures, bundle, version and data. Raises
    BundleProblem or DataProblem.
    """
    require_scikit_learn()
    bundle = load_bundle(bundle_dir)
    faces = load_labelled_faces(data, bundle.classes, scheme=choose_scheme(bundle))
    classifier = open_classifier(bundle, engine, THREADS)
    try:
        figures = evaluate_faces(classifier, bundle, faces)
        figures |= expression_figures(classifier, bundle, expression_faces(data, faces))
    finally:
        classifier.close()
    return {**figures, **names_of(bundle, data)}


def names_of(bundle: Bundle, data: Path) -> dict[str, str]:
    """Return what was measured on what, as evaluate's figures name them."""
    return {"bundle": bundle.name, "version": bundle.version, "data": data.name}


def evaluate_faces(
    classifier: NetworkClassifier, bundle: Bundle, faces: LabelledFaces
) -> dict[str, Any]:
    """Return the figures for faces in memory; every class must occur among them.

    The keys of metrics.classification_figures; coverage and accuracy_used, the part of the faces
    that counts at the bundle's thresholds and their accuracy; accuracy_by_side_px of the faces
    shrunk; engine; and, where votes tell the expressions, expression_accuracy of expression_n.
    """
    return measure_faces(classifier, bundle, faces)[1]


def measure_faces(
    classifier: NetworkClassifier, bundle: Bundle, faces: LabelledFaces
) -> tuple[Answers, dict[str, Any]]:
    """Return the answers behind evaluate_faces' figures too."""
    logits = classifier.both_ways_logits(crop_whole_images(faces.images, bundle.crop))
    probabilities = classifier.probabilities_from_logits(logits)
    answers = Answers(bundle.classes, probabilities, faces.truth)
    figures = classification_figures(probabilities, faces.truth, bundle.classes)
    figures |= _used_figures(answers, faces, bundle)
    figures["accuracy_by_side_px"] = accuracy_by_side_px(
        classifier, bundle.crop, faces, figures["accuracy"]
    )
    if faces.expressions is not None and bundle.outputs == EXPRESSIONS:
        known = faces.expressions != NO_CLASS
        figures |= _expression_figures(logits[known], faces.expressions[known])
    figures["engine"] = classifier.engine
    return answers, figures


def expression_faces(data: Path, faces: LabelledFaces, part: str = "") -> LabelledFaces | None:
    """Return the faces of a data set that have one of EXPRESSIONS by the majority of its votes.

    faces are those of it that were read for other classes: surprise belongs to no mood, say, so
    they are fewer. None where the data set has no such votes, or no face of some expression.
    """
    if faces.expressions is None:
        return None
    try:
        return load_labelled_faces(data, EXPRESSIONS, scheme=SCHEMES["fer+8"], part=part)
    except DataProblem:
        return None


def expression_figures(
    classifier: NetworkClassifier, bundle: Bundle, faces: LabelledFaces | None
) -> dict[str, Any]:
    """Return expression_accuracy and expression_n, the faces it is measured on.

    faces are expression_faces', of which evaluate_faces sees only those of its classes. No keys
    without such faces, or for a network of other outputs.
    """
    if faces is None or bundle.outputs != EXPRESSIONS:
        return {}
    logits = classifier.both_ways_logits(crop_whole_images(faces.images, bundle.crop))
    return _expression_figures(logits, faces.truth)


def _expression_figures(logits: Float32Array, expressions: IntArray) -> dict[str, Any]:
    right = logits.argmax(axis=1) == expressions
    accuracy = float(right.mean()) if right.size else None
    return {"expression_accuracy": accuracy, "expression_n": len(right)}


def _used_figures(answers: Answers, faces: LabelledFaces, bundle: Bundle) -> dict[str, Any]:
    """Return coverage and accuracy_used; the latter is None where no face counts."""
    sides = np.array([min(image.shape[:2]) for image in faces.images])
    thresholds = bundle.thresholds
    used = sides / bundle.crop.scale >= thresholds.min_face_px
    used &= answers.certainty >= thresholds.min_certainty
    return {
        "coverage": float(used.mean()),
        "accuracy_used": float(answers.is_right[used].mean()) if used.any() else None,
    }


def same_answers(first: Float32Array, second: Float32Array) -> float:
    """Return how often two engines' probabilities name the same likeliest class."""
    return float((first.argmax(axis=1) == second.argmax(axis=1)).mean())
