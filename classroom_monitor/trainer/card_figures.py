"""The card's figures as Markdown: per engine, per class, and what an answer is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from classroom_monitor.trainer.evaluation.prevalence import posterior
from classroom_monitor.trainer.labels import EXPRESSIONS
from classroom_monitor.trainer.measure import Measured

RARE_SHARE = 0.1
"""Share of a class below which the card tells what its being said is worth."""


def figures_section(measured: Measured) -> str:
    """Return a part of the data's figures, a paragraph an engine."""
    parts = [f"## Figures on {measured.title}", *(_engine_text(row) for row in measured.rows)]
    parts.append(f"All engines name the same class for {measured.agreement:.4f} of these faces.")
    return "\n\n".join(parts)


def worth_section(tests: Sequence[Measured], prevalence: Sequence[int]) -> str:
    """Return P(class | said), by Bayes' formula, for each way of testing; "" without rare classes.

    prevalence counts the training faces of each class.
    """
    shares = np.asarray(prevalence) / max(sum(prevalence), 1)
    if not tests or shares.min() >= RARE_SHARE:
        return ""
    classes = tests[0].first["classes"]
    columns = [_worth(measured, shares) for measured in tests]
    rows = [
        f"| {name} | {shares[k]:.4f} | " + " | ".join(column[k] for column in columns) + " |"
        for k, name in enumerate(classes)
    ]
    return "\n".join(
        [
            "## What an answer is worth",
            "",
            "P(class | said) = P(said | class) P(class) / P(said), with each class as common as "
            "among the training faces. A rare class is seldom what it is said to be, however well "
            "it is recognised.",
            "",
            "| class | share of faces | " + " | ".join(m.title for m in tests) + " |",
            "|---|---|" + "---|" * len(tests),
            *rows,
        ]
    )


def _worth(measured: Measured, shares: Any) -> list[str]:
    """Return P(class | said) of each class as text; "never said" where there is none."""
    confusion = np.asarray(measured.first["confusion"], np.int64)
    given = posterior(confusion, tuple(map(float, shares))).of_class_given_said
    return ["never said" if row is None else f"{row[k]:.3f}" for k, row in enumerate(given)]


def _engine_text(row: dict[str, Any]) -> str:
    lines = [_summary(row), "", *_confusion_table(row)]
    if "binary" in row:
        rates = row["binary"]
        lines += [
            "",
            f"With {rates['positive']} as the positive class: TPR {rates['tpr']:.3f}, FNR "
            f"{rates['fnr']:.3f}, TNR {rates['tnr']:.3f}, FPR {rates['fpr']:.3f} (TPR is the part "
            "of the positive faces that are called so, TNR that of the negative ones).",
        ]
    if "accuracy_by_side_px" in row:
        sizes = ", ".join(f"{px} px {a:.3f}" for px, a in row["accuracy_by_side_px"].items())
        lines += [
            "",
            f"Shrunk to a picture side of: {sizes}. At the default thresholds "
            f"{row['coverage']:.3f} of the faces count, with accuracy "
            f"{row['accuracy_used'] or 0:.4f}.",
        ]
    return "\n".join(lines)


def _summary(row: dict[str, Any]) -> str:
    text = (
        f"Engine {row['engine']}, {row['n']:,} faces: accuracy **{row['accuracy']:.4f}** "
        f"(always the commonest class: {row['baseline_accuracy']:.3f}), macro F1 "
        f"{row['macro_f1']:.4f}, AUC {row['auc']:.4f}, ECE {row['ece']:.4f}, NLL {row['nll']:.4f}, "
        f"Brier {row['brier']:.4f}."
    )
    accuracy = row.get("expression_accuracy")
    if accuracy is None or row["classes"] == list(EXPRESSIONS):
        return text
    return f"{text} Eight expressions: {accuracy:.4f}."


def _confusion_table(row: dict[str, Any]) -> list[str]:
    classes = row["classes"]
    return [
        "| truth | " + " | ".join(f"called {name}" for name in classes) + " | recall |",
        "|---|" + "---|" * (len(classes) + 1),
        *(
            f"| {name} | " + " | ".join(map(str, counts)) + f" | {row['recall'][name]:.3f} |"
            for name, counts in zip(classes, row["confusion"], strict=True)
        ),
    ]
