"""A whole evaluation of a bundle, or of two on the same faces, as one record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classroom_monitor.errors import BundleProblem
from classroom_monitor.trainer.backend import require_scikit_learn
from classroom_monitor.trainer.dataset.records import LabelScheme
from classroom_monitor.trainer.enlargers import open_enlarger
from classroom_monitor.trainer.evaluation.comparison import Comparison, compare
from classroom_monitor.trainer.evaluation.held_out import HELD_OUT, held_out_faces
from classroom_monitor.trainer.evaluation.prevalence import (
    Posterior,
    full_prevalence,
    posterior,
)
from classroom_monitor.trainer.evaluation.subject import (
    Progress,
    Request,
    Subject,
    measure_subject,
)
from classroom_monitor.trainer.labelled import (
    LabelledFaces,
    choose_scheme,
    load_labelled_faces,
)
from classroom_monitor.vision.bundle import Bundle, load_bundle


@dataclass(frozen=True, slots=True)
class Study:
    """A bundle measured, and another beside it where one was asked for.

    part is the part of the data that was asked for, "" for all of it. scheme is the label scheme
    that tells the faces' classes.
    """

    data: str
    part: str
    faces: LabelledFaces
    scheme: LabelScheme
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
    enlargers = [open_enlarger(way) for way in request.enlarge]
    scheme = choose_scheme(bundles[0], request.scheme)
    faces = _load_faces(bundles[0], scheme, request)
    counts = np.bincount(faces.truth, minlength=len(bundles[0].classes))
    prevalence = full_prevalence(request.prevalence, bundles[0].classes, counts)
    subjects = [measure_subject(bundle, faces, enlargers, request, progress) for bundle in bundles]
    subject = subjects[0]
    other = subjects[1] if len(subjects) == 2 else None
    return Study(
        data=request.data.name,
        part=request.part,
        faces=faces,
        scheme=scheme,
        subject=subject,
        posterior=posterior(np.array(subject.figures["confusion"]), prevalence),
        other=other,
        comparison=None if other is None else compare(subject.answers, other.answers),
    )


def _load_faces(bundle: Bundle, scheme: LabelScheme, request: Request) -> LabelledFaces:
    if request.part == HELD_OUT:
        return held_out_faces(bundle, request.data, scheme)
    return load_labelled_faces(request.data, bundle.classes, scheme=scheme, part=request.part)


def _require_same_classes(first: Bundle, second: Bundle) -> None:
    if first.classes != second.classes:
        raise BundleProblem(
            f"{first.folder} tells {', '.join(first.classes)} apart, but {second.folder} "
            f"{', '.join(second.classes)}: only models of the same classes can be compared"
        )
