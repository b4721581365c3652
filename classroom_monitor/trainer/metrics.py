"""Figures of merit of a classifier, from its probabilities and the true classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.labels import IntArray

ECE_BINS = 15


def classification_figures(
    probabilities: Float32Array, truth: IntArray, classes: Sequence[str]
) -> dict[str, Any]:
    """Return the figures of (n, classes) calibrated probabilities against (n,) true classes.

    Keys: n, classes, accuracy, baseline_accuracy (always saying the commonest class), macro_f1,
    auc (each class against the rest, macro), ece, nll, brier (sum over the classes of squared
    differences, mean over the faces), confusion (rows are the truth), recall (per class). Every
    class must occur in truth.
    """
    from sklearn import metrics

    labels = list(range(len(classes)))
    wide = probabilities.astype(np.float64)
    wide /= wide.sum(axis=1, keepdims=True)
    predicted = wide.argmax(axis=1)
    confusion = metrics.confusion_matrix(truth, predicted, labels=labels)
    hot = np.eye(len(classes))[truth]
    return {
        "n": len(truth),
        "classes": list(classes),
        "accuracy": float(metrics.accuracy_score(truth, predicted)),
        "baseline_accuracy": float(np.bincount(truth).max() / len(truth)),
        "macro_f1": float(metrics.f1_score(truth, predicted, labels=labels, average="macro")),
        "auc": float(np.mean([metrics.roc_auc_score(hot[:, k], wide[:, k]) for k in labels])),
        "ece": expected_calibration_error(probabilities, truth),
        "nll": float(metrics.log_loss(truth, wide, labels=labels)),
        "brier": float(((wide - hot) ** 2).sum(axis=1).mean()),
        "confusion": confusion.tolist(),
        "recall": {
            name: float(confusion[k, k] / confusion[k].sum()) for k, name in enumerate(classes)
        },
    }


def expected_calibration_error(
    probabilities: Float32Array, truth: IntArray, bins: int = ECE_BINS
) -> float:
    """Return the mean gap between certainty and accuracy of the likeliest class.

    Faces are put into equally wide bins by their certainty, and bins weighted by their faces
    (Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning").
    """
    certainty = probabilities.max(axis=1).astype(np.float64)
    right = (probabilities.argmax(axis=1) == truth).astype(np.float64)
    bin_of_face = np.minimum((certainty * bins).astype(np.int64), bins - 1)
    gaps = np.bincount(bin_of_face, weights=right - certainty, minlength=bins)
    return float(np.abs(gaps).sum() / len(truth))
