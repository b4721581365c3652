"""The tables of a report."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.trainer.calibrate import risk_coverage
from classroom_monitor.trainer.evaluation.comparison import Comparison
from classroom_monitor.trainer.evaluation.cost import Cost
from classroom_monitor.trainer.evaluation.document import Table
from classroom_monitor.trainer.evaluation.intervals import CONFIDENCE
from classroom_monitor.trainer.evaluation.prevalence import Posterior
from classroom_monitor.trainer.evaluation.robustness import HardshipCurve
from classroom_monitor.trainer.evaluation.subject import Subject

_FIGURES = {
    "accuracy": "accuracy, all faces counted",
    "baseline_accuracy": "accuracy of always saying the commonest class",
    "accuracy_used": "accuracy of the faces that count at the default thresholds",
    "coverage": "share of the faces that count at the default thresholds",
    "expression_accuracy": "accuracy of the eight expressions behind the classes",
    "macro_f1": "F1, mean of the classes",
    "auc": "area under the ROC curve, mean of the classes",
    "ece": "expected calibration error (ECE), 15 equal bins",
    "nll": "negative log-likelihood (NLL)",
    "brier": "Brier score, summed over the classes",
}
"""The figures of the first table, in its order."""

_RATES = {
    "tpr": "true positive rate, TP / (TP + FN)",
    "fnr": "false negative rate, FN / (TP + FN)",
    "tnr": "true negative rate, TN / (TN + FP)",
    "fpr": "false positive rate, FP / (TN + FP)",
}

_MIB = 2**20


def summary_table(subjects: Sequence[Subject], names: Sequence[str]) -> Table:
    """Return the main figures with their bounds, for one bundle or more side by side."""
    header = ["figure"]
    for name in names:
        header += [name, f"{CONFIDENCE:.0%} interval"]
    rows = []
    for name, title in _FIGURES.items():
        if any(subject.figures.get(name) is not None for subject in subjects):
            cells = [cell for s in subjects for cell in (_value(s, name), _bounds(s, name))]
            rows.append((title, *cells))
    return Table(tuple(header), tuple(rows))


def class_table(subject: Subject) -> Table:
    """Return the classification report: precision, recall and F1 of each class, and their means."""
    figures = subject.figures
    kinds = ("precision", "recall", "f1")
    rows = [
        (
            name,
            *(f"{figures[kind][name]:.4f}" for kind in kinds),
            _bounds(subject, f"recall of {name}"),
            f"{figures['support'][name]:,}",
        )
        for name in subject.bundle.classes
    ]
    means = [sum(figures[kind].values()) / len(rows) for kind in kinds]
    rows.append(("mean", *(f"{mean:.4f}" for mean in means), "", f"{figures['n']:,}"))
    header = ("class", "precision", "recall", "F1", f"recall's {CONFIDENCE:.0%} interval", "faces")
    return Table(header, tuple(rows))


def confusion_table(subject: Subject) -> Table:
    """Return counts and, behind them, rates: rows are the truth."""
    classes = subject.bundle.classes
    pairs = zip(subject.figures["confusion"], subject.figures["confusion_rates"], strict=True)
    rows = [
        (name, *(f"{n:,} ({rate:.1%})" for n, rate in zip(counts, rates, strict=True)))
        for name, (counts, rates) in zip(classes, pairs, strict=True)
    ]
    return Table(("truth", *(f"said {name}" for name in classes)), tuple(rows))


def binary_table(subject: Subject) -> Table:
    """Return the four rates of a model of two classes."""
    binary = subject.figures["binary"]
    rows = tuple((title, f"{binary[name]:.4f}") for name, title in _RATES.items())
    return Table((f"rate; the positive class is {binary['positive']}", "value"), rows)


def reliance_table(subject: Subject, name: str) -> Table:
    """Return coverage, accuracy and share error for rising certainties asked of a bundle."""
    steps = risk_coverage(subject.answers.probabilities, subject.answers.truth)
    rows = tuple(
        (
            f"{s.min_certainty:.2f}",
            f"{s.coverage:.3f}",
            f"{s.accuracy:.4f}",
            f"{1 - s.accuracy:.4f}",
            f"{s.bias:.3f}",
        )
        for s in steps
    )
    return Table(
        (f"{name}, least certainty", "coverage", "accuracy", "error rate", "share error"), rows
    )


def posterior_table(posterior: Posterior, classes: Sequence[str]) -> Table:
    """Return P(class | said), a row for each class that may be said."""
    rows = [("prevalence P(class)", "", *(f"{p:.4f}" for p in posterior.prevalence))]
    pairs = zip(posterior.said, posterior.of_class_given_said, strict=True)
    for name, (said, chances) in zip(classes, pairs, strict=True):
        cells = ["never said"] * len(classes) if chances is None else [f"{p:.4f}" for p in chances]
        rows.append((f"said {name}", f"{said:.4f}", *cells))
    return Table(("", "how often", *(f"P({name} | said)" for name in classes)), tuple(rows))


def hardship_table(curves: Sequence[HardshipCurve], names: Sequence[str]) -> Table:
    """Return accuracies at each strength of a hardship, a row for each bundle of these names."""
    header = (
        f"{curves[0].title}: {curves[0].unit}",
        *(f"{strength:g}" for strength in curves[0].strengths),
    )
    rows = tuple(
        (name, *(f"{accuracy:.4f}" for accuracy in one.accuracy))
        for name, one in zip(names, curves, strict=True)
    )
    return Table(header, rows)


def cost_table(cost: Cost) -> Table:
    """Return time and memory of each engine."""
    header = (
        "engine",
        "threads",
        "faces a batch",
        "ms a face, one run",
        "ms a face, as in a session",
        "memory, MiB",
    )
    rows = tuple(
        (
            one.engine,
            str(one.threads),
            str(one.batch),
            f"{one.ms_a_face:.3f}",
            f"{one.ms_a_face_both_ways:.3f}",
            f"{one.memory_mib:.1f}",
        )
        for one in cost.engines
    )
    return Table(header, rows)


def file_table(cost: Cost) -> Table:
    """Return what the bundle's files take on the disk."""
    rows = [(f.name, f.role, f"{f.size_bytes / _MIB:.2f}") for f in cost.files]
    total = sum(f.size_bytes for f in cost.files)
    rows.append(("all", "", f"{total / _MIB:.2f}"))
    return Table(("file", "for", "MiB"), tuple(rows))


def comparison_table(comparison: Comparison, first: str, second: str) -> Table:
    """Return how the answers of two bundles go together."""
    return Table(
        ("faces", f"{second} right", f"{second} wrong"),
        (
            (f"{first} right", f"{comparison.both_right:,}", f"{comparison.only_first:,}"),
            (f"{first} wrong", f"{comparison.only_second:,}", f"{comparison.both_wrong:,}"),
        ),
    )


def _value(subject: Subject, name: str) -> str:
    value = subject.figures.get(name)
    return "" if value is None else f"{value:.4f}"


def _bounds(subject: Subject, name: str) -> str:
    bound = subject.intervals.get(name)
    return "" if bound is None else f"{bound.low:.4f} to {bound.high:.4f}"
