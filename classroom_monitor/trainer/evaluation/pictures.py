"""The pictures of a report and what they show."""

from __future__ import annotations

import numpy as np

from classroom_monitor.trainer.evaluation import plots
from classroom_monitor.trainer.evaluation.curves import (
    reliability_bins,
    risk_curve,
    roc_curves,
    score_histograms,
)
from classroom_monitor.trainer.evaluation.document import Picture
from classroom_monitor.trainer.evaluation.study import Study
from classroom_monitor.trainer.evaluation.subject import Subject

_CAPTIONS = {
    "confusion": "Confusion: counts, and rates that sum to 1 in each row; a row is a true class.",
    "roc": "ROC curve of each class against the rest, and their mean (macro).",
    "scores": "The probability given to each class, for faces of the class and for all others.",
    "reliability": "Reliability: accuracy of the faces of each certainty; on the diagonal, a model "
    "is as sure as it is right. Below, how many faces there are.",
    "risk_coverage": "Risk against coverage: the error rate where only the surest faces are kept.",
}

_HISTORY = (
    "Losses and accuracies of the training run, by epoch: of the training faces while they are "
    "learned, augmented as the recipe says, and of the held-out faces as they are."
)


def curve_pictures(subject: Subject, prefix: str) -> list[Picture]:
    """Return the pictures of one bundle's answers; their files' names start with prefix."""
    figures, answers = subject.figures, subject.answers
    used = figures["accuracy_used"]
    marked = None if used is None else plots.ThresholdPoint(figures["coverage"], 1 - used)
    confusion = np.array(figures["confusion"])
    drawn = {
        "confusion": plots.confusion_picture(confusion, subject.bundle.classes),
        "roc": plots.roc_picture(roc_curves(answers)),
        "scores": plots.score_picture(score_histograms(answers)),
        "reliability": plots.reliability_picture(reliability_bins(answers), figures["ece"]),
        "risk_coverage": plots.risk_picture(risk_curve(answers), marked),
    }
    return [Picture(f"{prefix}{name}.svg", svg, _CAPTIONS[name]) for name, svg in drawn.items()]


def hardship_picture(study: Study) -> Picture:
    """Return the picture of what worse pictures cost, with a line for each bundle."""
    svg = plots.hardship_picture(
        [subject.hardships for subject in study.subjects],
        study.names,
        study.subject.figures["baseline_accuracy"],
    )
    caption = "Accuracy of worse pictures; dotted, always saying the commonest class."
    return Picture("hardships.svg", svg, caption)


def history_picture(subject: Subject, prefix: str) -> Picture | None:
    """Return the picture of the training run; None where the bundle doesn't tell of it."""
    svg = plots.history_picture(subject.history)
    if svg is None:
        return None
    return Picture(f"{prefix}history.svg", svg, _HISTORY)
