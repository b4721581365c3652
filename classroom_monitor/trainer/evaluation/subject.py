"""One bundle measured on labelled faces: all that a report tells of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from classroom_monitor.trainer.enlargers import Enlarger
from classroom_monitor.trainer.evaluate import (
    THREADS,
    expression_faces,
    expression_figures,
    measure_faces,
    names_of,
)
from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.cost import Cost, engine_threads, measure_cost
from classroom_monitor.trainer.evaluation.held_out import HELD_OUT
from classroom_monitor.trainer.evaluation.history import read_history
from classroom_monitor.trainer.evaluation.intervals import Interval, bootstrap_intervals
from classroom_monitor.trainer.evaluation.robustness import (
    HARDSHIPS,
    HardshipCurve,
    hardship_accuracies,
    size_curve,
)
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.trainer.super_resolution_study import (
    SIDES_PX,
    Model,
    SmallFaceRow,
    small_face_study,
)
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.classifier import NetworkClassifier, open_classifier

Progress = Callable[[str, int, int], None]
"""Hears what is being measured, and how many steps of how many are done."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to measure.

    against is a second bundle for the same faces. prevalence is some classes' P(class) where the
    model will be used; none takes the data's. scheme names the one to measure by instead of
    choose_scheme's; part is load_labelled_faces', or HELD_OUT. enlarge are ways of enlarging
    small faces first, as open_enlarger takes them. thorough adds what takes time: hardships and
    costs.
    """

    bundle_dir: Path
    data: Path
    engine: str = "auto"
    against: Path | None = None
    prevalence: Mapping[str, float] = field(default_factory=dict)
    scheme: str = ""
    part: str = ""
    enlarge: tuple[str, ...] = ()
    thorough: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One bundle measured.

    figures are evaluate's. Without a thorough request hardships tells of size only, and no cost.
    enlarged tells of small faces enlarged first, where ways to do so were named.
    """

    bundle: Bundle
    answers: Answers
    figures: dict[str, Any]
    intervals: dict[str, Interval]
    history: list[dict[str, float]]
    hardships: list[HardshipCurve]
    cost: Cost | None
    enlarged: list[SmallFaceRow]


def measure_subject(
    bundle: Bundle,
    faces: LabelledFaces,
    enlargers: Sequence[Enlarger],
    request: Request,
    progress: Progress,
) -> Subject:
    """Measure one bundle. Raises BundleProblem where it can't be opened or has a bad history."""
    history = read_history(bundle.folder)
    steps = _Steps(bundle, progress, request)
    classifier = open_classifier(bundle, request.engine, THREADS)
    try:
        answers, figures = measure_faces(classifier, bundle, faces)
        if request.part != HELD_OUT:
            expressive = expression_faces(request.data, faces, request.part)
            figures |= expression_figures(classifier, bundle, expressive)
        steps.on_step()
        hardships = [size_curve(figures["accuracy_by_side_px"], faces)]
        if request.thorough:
            hardships += _hardships(classifier, bundle, faces, figures["accuracy"], steps)
        enlarged = _enlarged(Model(bundle, classifier), faces, enlargers, steps)
    finally:
        classifier.close()
    figures |= names_of(bundle, request.data)
    intervals = bootstrap_intervals(answers, np.array(figures["confusion"]))
    cost = measure_cost(bundle, steps.on_step) if request.thorough else None
    return Subject(bundle, answers, figures, intervals, history, hardships, cost, enlarged)


class _Steps:
    """Counts the steps of measuring one bundle for a Progress."""

    def __init__(self, bundle: Bundle, progress: Progress, request: Request) -> None:
        self._doing = bundle.name
        self._progress = progress
        self._done = 0
        self._steps = 1
        if request.enlarge:
            self._steps += len(SIDES_PX) * (1 + len(request.enlarge))
        if request.thorough:
            self._steps += sum(len(hardship.strengths) for hardship in HARDSHIPS.values())
            self._steps += len(engine_threads(bundle))

    def on_step(self) -> None:
        """Count one step."""
        self._done += 1
        self._progress(self._doing, self._done, self._steps)


def _hardships(
    classifier: NetworkClassifier, bundle: Bundle, faces: LabelledFaces, plain: float, steps: _Steps
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


def _enlarged(
    model: Model, faces: LabelledFaces, enlargers: Sequence[Enlarger], steps: _Steps
) -> list[SmallFaceRow]:
    rows: list[SmallFaceRow] = []
    if enlargers:
        for row in small_face_study(model, faces, enlargers):
            rows.append(row)
            steps.on_step()
    return rows
