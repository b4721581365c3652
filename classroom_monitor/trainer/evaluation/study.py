"""A whole evaluation of a bundle, or of two on the same faces, as one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from classroom_monitor.errors import BundleProblem
from classroom_monitor.trainer.backend import require_scikit_learn
from classroom_monitor.trainer.dataset.schemes import get_scheme
from classroom_monitor.trainer.evaluate import (
    THREADS,
    expression_faces,
    expression_figures,
    measure_faces,
    names_of,
)
from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.comparison import Comparison, compare
from classroom_monitor.trainer.evaluation.cost import Cost, engine_threads, measure_cost
from classroom_monitor.trainer.evaluation.history import read_history
from classroom_monitor.trainer.evaluation.intervals import Interval, bootstrap_intervals
from classroom_monitor.trainer.evaluation.prevalence import (
    Posterior,
    full_prevalence,
    posterior,
)
from classroom_monitor.trainer.evaluation.robustness import (
    HARDSHIPS,
    HardshipCurve,
    hardship_accuracies,
    size_curve,
)
from classroom_monitor.trainer.labelled import LabelledFaces, load_labelled_faces
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import LiteRtClassifier, open_classifier

Progress = Callable[[str, int, int], None]
"""Hears what is being measured, and how many steps of how many are done."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to measure.

    against is a second bundle for the same faces. prevalence is some classes' P(class) where the
    model will be used; none takes the data's. scheme and part are load_labelled_faces'. thorough
    adds what takes time: hardships and costs.
    """

    bundle_dir: Path
    data: Path
    engine: str = "auto"
    against: Path | None = None
    prevalence: Mapping[str, float] = field(default_factory=dict)
    scheme: str = ""
    part: str = ""
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One bundle measured.

    figures are evaluate's. Without a thorough request hardships tells of size only, and no cost.
    """

    bundle: Bundle
    answers: Answers
    figures: dict[str, Any]
    intervals: dict[str, Interval]
    history: list[dict[str, float]]
    hardships: list[HardshipCurve]
    cost: Cost | None


@dataclass(frozen=True, slots=True)
class Study:
    """A bundle measured, and another beside it where one was asked for."""

    data: str
    faces: LabelledFaces
    subject: Subject
    posterior: Posterior
    other: Subject | None
    comparison: Comparison | None

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The bundles measured, one or two."""
        return (self.subject,) if self.other is None else (self.subject, self.other)

    @property
    def names(self) -> tuple[str, ...]:
        """The bundles' names and versions, told apart by their folders where these are alike."""
        bundles = [subject.bundle for subject in self.subjects]
        names = [f"{bundle.name} {bundle.version}" for bundle in bundles]
        if len(set(names)) < len(names):
            names = [f"{name} in {b.folder}" for name, b in zip(names, bundles, strict=True)]
        return tuple(names)


def study(request: Request, progress: Progress) -> Study:
    """Measure what was asked for. Raises BundleProblem or DataProblem."""
    require_scikit_learn()
    bundles = [load_bundle(request.bundle_dir)]
    if request.against is not None:
        bundles.append(load_bundle(request.against))
        _require_same_classes(*bundles)
    faces = _load_faces(request, bundles[0].classes)
    counts = np.bincount(faces.truth, minlength=len(bundles[0].classes))
    prevalence = full_prevalence(request.prevalence, bundles[0].classes, counts)
    subjects = [_measure(bundle, faces, request, progress) for bundle in bundles]
    subject = subjects[0]
    other = subjects[1] if len(subjects) == 2 else None
    return Study(
        data=request.data.name,
        faces=faces,
        subject=subject,
        posterior=posterior(np.array(subject.figures["confusion"]), prevalence),
        other=other,
        comparison=None if other is None else compare(subject.answers, other.answers),
    )


def _require_same_classes(first: Bundle, second: Bundle) -> None:
    if first.classes != second.classes:
        raise BundleProblem(
            f"{first.folder} tells {', '.join(first.classes)} apart, but {second.folder} "
            f"{', '.join(second.classes)}: only models of the same classes can be compared"
        )


def _load_faces(request: Request, classes: Sequence[str]) -> LabelledFaces:
    scheme = get_scheme(request.scheme) if request.scheme else None
    return load_labelled_faces(request.data, classes, scheme=scheme, part=request.part)


def _measure(bundle: Bundle, faces: LabelledFaces, request: Request, progress: Progress) -> Subject:
    history = read_history(bundle.folder)
    steps = _Steps(bundle, progress, request.thorough)
    classifier = open_classifier(bundle, request.engine, THREADS)
    try:
        answers, figures = measure_faces(classifier, bundle, faces)
        expressive = expression_faces(request.data, faces, request.part)
        figures |= expression_figures(classifier, bundle, expressive)
        steps.on_step()
        hardships = [size_curve(figures["accuracy_by_side_px"], faces)]
        if request.thorough:
            hardships += _hardships(classifier, bundle, faces, figures["accuracy"], steps)
    finally:
        classifier.close()
    figures |= names_of(bundle, request.data)
    intervals = bootstrap_intervals(answers, np.array(figures["confusion"]))
    cost = measure_cost(bundle, steps.on_step) if request.thorough else None
    return Subject(bundle, answers, figures, intervals, history, hardships, cost)


class _Steps:
    """Counts the steps of measuring one bundle for a Progress."""

    def __init__(self, bundle: Bundle, progress: Progress, thorough: bool) -> None:
        self._doing = bundle.name
        self._progress = progress
        self._done = 0
        self._steps = 1
        if thorough:
            self._steps += sum(len(hardship.strengths) for hardship in HARDSHIPS.values())
            self._steps += len(engine_threads(bundle))

    def on_step(self) -> None:
        """Count one step."""
        self._done += 1
        self._progress(self._doing, self._done, self._steps)


def _hardships(
    classifier: LiteRtClassifier, bundle: Bundle, faces: LabelledFaces, plain: float, steps: _Steps
) -> list[HardshipCurve]:
    curves = []
    for name, hardship in HARDSHIPS.items():
        accuracies = [plain]
        for accuracy in hardship_accuracies(name, classifier, bundle.crop, faces):
            accuracies.append(accuracy)
            steps.on_step()
        strengths = (0.0, *hardship.strengths)
        curves.append(HardshipCurve(hardship.title, hardship.unit, strengths, tuple(accuracies)))
    return curves
