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
    differences, mean over the faces), confusion (rows are the truth), confusion_rates (rows sum
    to 1), precision, recall, f1 and support (per class; a class that is never said has precision
    0), and for two classes binary (binary_rates). Every class must occur in truth.
    """
    from sklearn import metrics

    labels = list(range(len(classes)))
    wide = probabilities.astype(np.float64)
    wide /= wide.sum(axis=1, keepdims=True)
    predicted = wide.argmax(axis=1)
    confusion = metrics.confusion_matrix(truth, predicted, labels=labels)
    hot = np.eye(len(classes))[truth]
    figures: dict[str, Any] = {
        "n": len(truth),
        "classes": list(classes),
        "accuracy": float(metrics.accuracy_score(truth, predicted)),
        "baseline_accuracy": float(np.bincount(truth).max() / len(truth)),
        "macro_f1": float(metrics.f1_score(truth, predicted, labels=labels, average="macro")),
        "auc": float(
            np.mean([metrics.roc_auc_score(hot[:, k], probabilities[:, k]) for k in labels])
        ),
        "ece": expected_calibration_error(probabilities, truth),
        "nll": float(metrics.log_loss(truth, wide, labels=labels)),
        "brier": float(((wide - hot) ** 2).sum(axis=1).mean()),
        "confusion": confusion.tolist(),
        "confusion_rates": (confusion / confusion.sum(axis=1, keepdims=True)).tolist(),
        **_class_figures(truth, predicted, classes),
    }
    if len(classes) == 2:
        figures["binary"] = binary_rates(confusion, classes)
    return figures


def binary_rates(confusion: IntArray, classes: Sequence[str]) -> dict[str, Any]:
    """Return the four rates of a (2, 2) confusion matrix whose rows are the truth.

    Keys: positive, the class that counts as positive: the one of that name, else the last one;
    tpr = TP / (TP + FN), sensitivity; fnr = FN / (TP + FN); tnr = TN / (TN + FP), specificity;
    fpr = FP / (TN + FP) (Fawcett 2006, "An introduction to ROC analysis").
    """
    yes = list(classes).index("positive") if "positive" in classes else 1
    no = 1 - yes
    positives, negatives = confusion[yes].sum(), confusion[no].sum()
    return {
        "positive": classes[yes],
        "tpr": float(confusion[yes, yes] / positives),
        "fnr": float(confusion[yes, no] / positives),
        "tnr": float(confusion[no, no] / negatives),
        "fpr": float(confusion[no, yes] / negatives),
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


def _class_figures(truth: IntArray, predicted: IntArray, classes: Sequence[str]) -> dict[str, Any]:
    from sklearn import metrics

    *shares, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=range(len(classes)), zero_division=0
    )
    figures: dict[str, Any] = {
        kind: dict(zip(classes, map(float, values), strict=True))
        for kind, values in zip(("precision", "recall", "f1"), shares, strict=True)
    }
    return {**figures, "support": dict(zip(classes, map(int, support), strict=True))}
