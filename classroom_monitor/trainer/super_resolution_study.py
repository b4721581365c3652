"""Are small faces told apart better when they are enlarged by a network first? At what cost?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from classroom_monitor.contracts import Classifier, UInt8Array
from classroom_monitor.trainer.enlargers import Enlarger
from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.comparison import Comparison, compare
from classroom_monitor.trainer.evaluation.document import Table
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.crops import crop_whole_images

SIDES_PX = (12, 16, 20, 24, 32, 48)
"""Sides in pixels to which faces are shrunk before they are enlarged."""

PLAIN = "crop code alone"


@dataclass(frozen=True, slots=True)
class SmallFaceRow:
    """What one way of enlarging makes of faces of one size.

    cpu_ms_a_face is what making the network's crop of a small face takes, all cores together.
    against_plain compares the answers with those that the crop code alone earns; None for the
    crop code itself.
    """

    side_px: int
    way: str
    accuracy: float
    cpu_ms_a_face: float
    against_plain: Comparison | None


@dataclass(frozen=True, slots=True)
class Model:
    """A bundle, and the classifier that it is opened with."""

    bundle: Bundle
    classifier: Classifier


def small_face_study(
    model: Model,
    faces: LabelledFaces,
    enlargers: Sequence[Enlarger],
    sides_px: Sequence[int] = SIDES_PX,
) -> Iterator[SmallFaceRow]:
    """Shrink faces to each side, enlarge them in every way, and see what the model says of them.

    Whatever a face is enlarged to, the crop code then makes of it what the network takes. Rows
    come as they are measured, ordered by side; the crop code alone comes first.
    """
    for side_px in sides_px:
        spec = replace(model.bundle.crop, size_px=side_px, channels=1)
        small = crop_whole_images(faces.images, spec).images[..., 0]
        plain, cpu_ms_a_face = _answers(model, small, faces, lambda face: face)
        yield SmallFaceRow(side_px, PLAIN, _accuracy(plain), cpu_ms_a_face, None)
        for enlarger in enlargers:
            answers, cpu_ms_a_face = _answers(model, small, faces, enlarger.enlarge)
            comparison = compare(answers, plain)
            yield SmallFaceRow(
                side_px, enlarger.name, _accuracy(answers), cpu_ms_a_face, comparison
            )


def study_table(rows: Sequence[SmallFaceRow]) -> Table:
    """Return the rows as a table of a report."""
    header = ("side, px", "enlarged by", "accuracy", "against the crop code alone", "CPU ms a face")
    return Table(
        header,
        tuple(
            (
                str(row.side_px),
                row.way,
                f"{row.accuracy:.4f}",
                _difference(row.against_plain),
                f"{row.cpu_ms_a_face:.2f}",
            )
            for row in rows
        ),
    )


def _difference(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    low, high = comparison.interval.low, comparison.interval.high
    return f"{comparison.difference:+.4f} ({low:+.4f} to {high:+.4f}), p = {comparison.p_value:.2g}"


def _answers(
    model: Model,
    small: UInt8Array,
    faces: LabelledFaces,
    enlarge: Callable[[UInt8Array], UInt8Array],
) -> tuple[Answers, float]:
    """Return the model's answers for enlarged faces, and the CPU time that a crop took, in ms."""
    started_cpu_s = time.process_time()
    crops = crop_whole_images([enlarge(face) for face in small], model.bundle.crop)
    cpu_ms_a_face = (time.process_time() - started_cpu_s) / len(small) * 1000
    probabilities = model.classifier.score(crops).probabilities
    return Answers(model.bundle.classes, probabilities, faces.truth), cpu_ms_a_face


def _accuracy(answers: Answers) -> float:
    return float(answers.is_right.mean())
