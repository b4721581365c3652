"""The curves behind the figures: ROC, reliability, risk against coverage, scores of each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.metrics import ECE_BINS

MAX_POINTS = 200
"""A curve keeps at most about this many points: more than a picture can show."""

SCORE_BINS = 20

MACRO = "macro"
"""The name of the ROC curve that averages the classes'."""

Numbers = tuple[float, ...]
_Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class RocCurve:
    """True against false positive rates of one class against the rest, and the area under them."""

    name: str
    auc: float
    fpr: Numbers
    tpr: Numbers


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The n faces whose certainty is in [low, high): their mean certainty and their accuracy."""

    low: float
    high: float
    n: int
    certainty: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """The error rate among the surest faces, from the surest few to all of them.

    Point i keeps the faces at least certainty[i] sure: coverage[i] of all, of which risk[i] are
    wrong. area is the mean risk over all coverages: less is better.
    """

    coverage: Numbers
    risk: Numbers
    certainty: Numbers
    area: float


@dataclass(frozen=True, slots=True)
class ScoreHistogram:
    """How many faces of a class, and how many others, got each probability of that class.

    edges has one number more than the counts.
    """

    name: str
    edges: Numbers
    of_class: tuple[int, ...]
    of_others: tuple[int, ...]


def roc_curves(answers: Answers) -> list[RocCurve]:
    """Return a curve for each class against the rest, then their average at equal false rates.

    Every class must occur, and not every face may have the same.
    """
    from sklearn import metrics

    grid = np.linspace(0, 1, MAX_POINTS + 1)
    curves, heights = [], []
    for k, name in enumerate(answers.classes):
        fpr, tpr, _ = metrics.roc_curve(answers.truth == k, answers.probabilities[:, k])
        heights.append(np.interp(grid, fpr, tpr))
        kept = _thin(len(fpr))
        auc = float(metrics.auc(fpr, tpr))
        curves.append(RocCurve(name, auc, _numbers(fpr[kept]), _numbers(tpr[kept])))
    mean_auc = float(np.mean([curve.auc for curve in curves]))
    average = np.mean(heights, axis=0)
    average[0] = 0.0
    return [*curves, RocCurve(MACRO, mean_auc, _numbers(grid), _numbers(average))]


def reliability_bins(answers: Answers, bins: int = ECE_BINS) -> list[ReliabilityBin]:
    """Return the equally wide bins of certainty that hold faces, least certain first."""
    certainty = answers.certainty.astype(np.float64)
    bin_of_face = np.minimum((certainty * bins).astype(np.int64), bins - 1)
    made = []
    for k in np.unique(bin_of_face):
        inside = bin_of_face == k
        made.append(
            ReliabilityBin(
                low=float(k / bins),
                high=float((k + 1) / bins),
                n=int(inside.sum()),
                certainty=float(certainty[inside].mean()),
                accuracy=float(answers.is_right[inside].mean()),
            )
        )
    return made


def risk_curve(answers: Answers) -> RiskCurve:
    """Return the error rate for each number of faces kept, surest first.

    Geifman and El-Yaniv 2017, "Selective Classification for Deep Neural Networks". Equally sure
    faces are kept together: their order says nothing.
    """
    order = np.argsort(-answers.certainty, kind="stable")
    certainty = answers.certainty[order]
    n = len(order)
    risk = np.cumsum(~answers.is_right[order]) / np.arange(1, n + 1)
    is_last_of_equals = np.append(certainty[1:] != certainty[:-1], True)
    ends = np.flatnonzero(is_last_of_equals)
    kept = ends[_thin(len(ends))]
    steps = np.diff(ends, prepend=-1)
    return RiskCurve(
        coverage=_numbers((kept + 1) / n),
        risk=_numbers(risk[kept]),
        certainty=_numbers(certainty[kept]),
        area=float((risk[ends] * steps).sum() / n),
    )


def score_histograms(answers: Answers, bins: int = SCORE_BINS) -> list[ScoreHistogram]:
    """Return, for each class, how its probability is spread over its faces and over the others."""
    edges = np.linspace(0, 1, bins + 1)
    histograms = []
    for k, name in enumerate(answers.classes):
        is_class = answers.truth == k
        own, others = (
            tuple(map(int, np.histogram(answers.probabilities[chosen, k], edges)[0]))
            for chosen in (is_class, ~is_class)
        )
        histograms.append(ScoreHistogram(name, _numbers(edges), own, others))
    return histograms


def _thin(count: int) -> NDArray[np.int64]:
    """Return indices of at most about MAX_POINTS of count points, the first and last included."""
    return np.unique(np.linspace(0, count - 1, min(count, MAX_POINTS)).round().astype(np.int64))


def _numbers(values: _Floats) -> Numbers:
    """Return floats of five digits: what a picture can show, and a small report.json."""
    return tuple(round(float(value), 5) for value in values)
