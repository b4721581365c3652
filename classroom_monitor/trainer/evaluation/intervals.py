"""How far figures may be off by the luck of the test faces: percentile bootstrap intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.labels import IntArray

RESAMPLES = 2000
CONFIDENCE = 0.95
SEED = 1
"""Of the resampling: the same answers give the same intervals."""

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds between which a figure lies with CONFIDENCE."""

    low: float
    high: float


def bootstrap_intervals(answers: Answers, confusion: IntArray) -> dict[str, Interval]:
    """Return the intervals of accuracy, macro_f1, nll, brier and each class's recall.

    Faces are drawn with replacement as often as there are (Efron and Tibshirani 1993). For what
    depends on the confusion matrix alone, (classes, classes) with the truth in rows, that is
    drawing its cells. A class's recall is named "recall of <class>".
    """
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(confusion.sum(), _shares(confusion), RESAMPLES)
    drawn = drawn.reshape(RESAMPLES, *confusion.shape)
    right = np.diagonal(drawn, axis1=1, axis2=2)
    truth, said = drawn.sum(axis=2), drawn.sum(axis=1)
    f1 = 2 * right / np.maximum(truth + said, 1)
    intervals = {
        "accuracy": interval_of(right.sum(axis=1) / confusion.sum()),
        "macro_f1": interval_of(f1.mean(axis=1)),
    }
    for k, name in enumerate(answers.classes):
        intervals[f"recall of {name}"] = interval_of(right[:, k] / np.maximum(truth[:, k], 1))
    losses, distances = _losses(answers)
    means = _resampled_means(np.stack([losses, distances]), rng)
    return intervals | {"nll": interval_of(means[0]), "brier": interval_of(means[1])}


def interval_of(values: _Floats) -> Interval:
    """Return the interval that holds the middle CONFIDENCE of resampled values."""
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Interval(float(low), float(high))


def _shares(confusion: IntArray) -> _Floats:
    return np.asarray(confusion.ravel() / confusion.sum(), np.float64)


def _losses(answers: Answers) -> tuple[_Floats, _Floats]:
    """Return each face's negative log-likelihood and squared distance, both (n,) float64."""
    wide = answers.probabilities.astype(np.float64)
    wide /= wide.sum(axis=1, keepdims=True)
    hot = np.eye(len(answers.classes))[answers.truth]
    of_truth = wide[np.arange(len(wide)), answers.truth]
    losses = -np.log(np.maximum(of_truth, np.finfo(np.float64).eps))
    return losses, ((wide - hot) ** 2).sum(axis=1)


def _resampled_means(values: _Floats, rng: np.random.Generator) -> _Floats:
    """Return the (rows, RESAMPLES) means of (rows, n) values over faces drawn with replacement."""
    n = values.shape[1]
    means = [values[:, rng.integers(0, n, n)].mean(axis=1) for _ in range(RESAMPLES)]
    return np.stack(means, axis=1)
