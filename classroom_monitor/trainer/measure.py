"""Measures a finished bundle for its card: every engine, every part of the data, both test ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.dataset.records import Dataset, LabelScheme
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme
from classroom_monitor.trainer.evaluate import evaluate_faces, same_answers
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.trainer.labels import EXPRESSIONS, NO_CLASS
from classroom_monitor.trainer.metrics import classification_figures
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.classifier import CPU_ENGINES, NetworkClassifier, open_classifier
from classroom_monitor.vision.crops import crop_whole_images

TRAINING_FACES = 2000
"""Training faces that the training accuracy is measured on: enough for half a point."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A bundle's figures on some faces.

    rows holds one set of figures per engine, evaluate_faces's for the first and only those of
    metrics.classification_figures for the others. agreement is how often all engines name the
    same class.
    """

    title: str
    rows: list[dict[str, Any]]
    agreement: float

    @property
    def first(self) -> dict[str, Any]:
        """The figures of the engine that is taken where nobody chooses."""
        return self.rows[0]


def labelled_faces(dataset: Dataset, scheme: LabelScheme) -> LabelledFaces:
    """Return the pictures that have a class by a scheme; with votes, also their expressions."""
    truth = class_labels(dataset, scheme)
    has_class = truth != NO_CLASS
    expressions = None
    if set(EXPRESSIONS) <= set(dataset.names):
        expressions = class_labels(dataset, get_scheme("fer+8"))[has_class]
    return LabelledFaces(dataset.images[has_class], truth[has_class], expressions)


def measure(bundle: Bundle, faces: LabelledFaces, title: str) -> Measured:
    """Return the figures of every engine; every class must occur among the faces."""
    rows: list[dict[str, Any]] = []
    answers: list[Float32Array] = []
    for engine in CPU_ENGINES:
        classifier = open_classifier(bundle, engine)
        if not rows:
            rows.append(evaluate_faces(classifier, bundle, faces))
        answers.append(_probabilities(classifier, bundle, faces))
        classifier.close()
    for engine, probabilities in zip(CPU_ENGINES[1:], answers[1:], strict=True):
        figures = classification_figures(probabilities, faces.truth, bundle.classes)
        rows.append({**figures, "engine": engine})
    return Measured(title, rows, same_answers(answers[0], answers[-1]))


def has_every_class(bundle: Bundle, faces: LabelledFaces) -> bool:
    """Tell whether figures can be made of these faces."""
    return len(np.unique(faces.truth)) == len(bundle.classes)


def training_accuracy(bundle: Bundle, faces: LabelledFaces, seed: int) -> float:
    """Return the first engine's accuracy on training faces as they are, a few thousand at most."""
    rows = np.random.default_rng(seed).permutation(len(faces.truth))[:TRAINING_FACES]
    few = LabelledFaces([faces.images[row] for row in rows], faces.truth[rows])
    classifier = open_classifier(bundle, CPU_ENGINES[0])
    said = _probabilities(classifier, bundle, few).argmax(axis=1)
    classifier.close()
    return float((said == few.truth).mean())


def _probabilities(
    classifier: NetworkClassifier, bundle: Bundle, faces: LabelledFaces
) -> Float32Array:
    return classifier.score(crop_whole_images(faces.images, bundle.crop)).probabilities
