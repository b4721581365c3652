"""A study as a report to read: what each figure says, tables, pictures."""

from __future__ import annotations

import numpy as np

from classroom_monitor.trainer.evaluation import plots, tables
from classroom_monitor.trainer.evaluation.comparison import Comparison
from classroom_monitor.trainer.evaluation.curves import (
    reliability_bins,
    risk_curve,
    roc_curves,
    score_histograms,
)
from classroom_monitor.trainer.evaluation.document import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from classroom_monitor.trainer.evaluation.intervals import CONFIDENCE, RESAMPLES
from classroom_monitor.trainer.evaluation.study import Cost, Study, Subject

ALPHA = 0.05
"""A difference less likely than this among equally good models is called one."""


def summary_blocks(study: Study) -> list[Block]:
    """Return what fits a terminal: figures, classification report, confusion, comparison."""
    blocks: list[Block] = [Heading(_title(study), 1), Paragraph(_verdict(study))]
    blocks.append(tables.summary_table(study.subjects, _columns(study)))
    for name, subject in zip(study.names, study.subjects, strict=True):
        suffix = f": {name}" if study.other is not None else ""
        blocks += [Heading(f"Classes{suffix}"), tables.class_table(subject)]
        blocks += [Heading(f"Confusion{suffix}"), tables.confusion_table(subject)]
        if "binary" in subject.figures:
            blocks.append(tables.binary_table(subject))
    blocks += _comparison_blocks(study)
    blocks += _prevalence_blocks(study)
    return blocks


def detail_blocks(study: Study) -> list[Block]:
    """Return the tables of a thorough study that summary_blocks leave out."""
    blocks: list[Block] = [
        Heading("Least certainty"),
        Paragraph(_RELIANCE),
        tables.reliance_table(study.subject),
        Heading("Worse pictures"),
        Paragraph(_HARDSHIPS),
        *_hardship_tables(study),
    ]
    for name, subject in zip(study.names, study.subjects, strict=True):
        if subject.cost is not None:
            blocks += _cost_blocks(name, subject.cost)
    return blocks


def full_report(study: Study) -> list[Block]:
    """Return the whole report with its pictures."""
    return [
        *summary_blocks(study),
        *_curve_blocks(study.subject),
        *detail_blocks(study),
        _hardship_picture(study),
        *_history_blocks(study.subject),
        Heading("How this was measured"),
        Paragraph(_method(study)),
        Paragraph(_SCOPE),
    ]


def _title(study: Study) -> str:
    return f"{' and '.join(study.names)} on {study.data}"


def _columns(study: Study) -> tuple[str, ...]:
    return study.names if study.other is not None else ("value",)


def _verdict(study: Study) -> str:
    figures = study.subject.figures
    bound = study.subject.intervals["accuracy"]
    counts = np.array(figures["confusion"]).sum(axis=1)
    commonest = study.subject.bundle.classes[int(counts.argmax())]
    return (
        f"{study.names[0]} with engine {figures['engine']} is right for "
        f"{figures['accuracy']:.2%} of {figures['n']:,} faces ({CONFIDENCE:.0%} interval "
        f"{bound.low:.2%} to {bound.high:.2%}); always saying {commonest} is right for "
        f"{figures['baseline_accuracy']:.2%}."
    )


def _comparison_blocks(study: Study) -> list[Block]:
    if study.comparison is None:
        return []
    first, second = study.names
    return [
        Heading("The two models on the same faces"),
        tables.comparison_table(study.comparison, first, second),
        Paragraph(_comparison_text(study.comparison, first, second)),
    ]


def _comparison_text(comparison: Comparison, first: str, second: str) -> str:
    low, high = comparison.interval.low, comparison.interval.high
    if comparison.p_value >= ALPHA:
        result = "These faces don't tell which of the two is better"
    else:
        better = first if comparison.difference > 0 else second
        result = f"{better} is better by more than the luck of these faces explains"
    return (
        f"{result}: the accuracy of {first} less that of {second} is "
        f"{comparison.difference * 100:+.2f} points ({CONFIDENCE:.0%} interval of a paired "
        f"bootstrap {low * 100:+.2f} to {high * 100:+.2f}), exact two-sided McNemar test "
        f"p = {comparison.p_value:.3g}."
    )


def _prevalence_blocks(study: Study) -> list[Block]:
    return [
        Heading("What an answer is worth: P(class | said)"),
        Paragraph(
            "By Bayes' theorem, for faces among which the classes are as common as the first row "
            "says. The rarer a class, the more of the faces called so are something else."
        ),
        tables.posterior_table(study.posterior, study.subject.bundle.classes),
    ]


def _curve_blocks(subject: Subject) -> list[Block]:
    figures, answers = subject.figures, subject.answers
    used = figures["accuracy_used"]
    marked = None if used is None else plots.ThresholdPoint(figures["coverage"], 1 - used)
    return [
        Heading("Pictures"),
        Picture(
            "confusion.svg",
            plots.confusion_picture(np.array(figures["confusion"]), subject.bundle.classes),
            "Confusion: counts, and rates that sum to 1 in each row, a row being a true class.",
        ),
        Picture(
            "roc.svg",
            plots.roc_picture(roc_curves(answers)),
            "ROC curve of each class against the rest, and their mean (macro).",
        ),
        Picture(
            "scores.svg",
            plots.score_picture(score_histograms(answers)),
            "The probability given to each class, for faces of the class and for all others.",
        ),
        Picture(
            "reliability.svg",
            plots.reliability_picture(reliability_bins(answers), figures["ece"]),
            "Reliability: accuracy of the faces of each certainty; on the diagonal, a model is as "
            "sure as it is right. Below, how many faces there are.",
        ),
        Picture(
            "risk_coverage.svg",
            plots.risk_picture(risk_curve(answers), marked),
            "Risk against coverage: the error rate where only the surest faces are kept.",
        ),
    ]


def _hardship_tables(study: Study) -> list[Table]:
    pairs = zip(*(subject.hardships for subject in study.subjects), strict=True)
    return [tables.hardship_table(curves, study.names) for curves in pairs]


def _hardship_picture(study: Study) -> Picture:
    svg = plots.hardship_picture(
        [subject.hardships for subject in study.subjects],
        study.names,
        study.subject.figures["baseline_accuracy"],
    )
    caption = "Accuracy of worse pictures; dotted, always saying the commonest class."
    return Picture("hardships.svg", svg, caption)


def _cost_blocks(name: str, cost: Cost) -> list[Block]:
    return [
        Heading(f"Cost of {name}"),
        Paragraph(
            f"On {cost.system}, medians over repeated batches. Other programs kept "
            f"{cost.busy_share:.0%} of the cores busy just before; where that is much, times are "
            "too long. A session scores each face as it is and mirrored. Memory is what opening "
            "and running the engine adds to the process."
        ),
        tables.cost_table(cost),
        tables.file_table(cost),
    ]


def _history_blocks(subject: Subject) -> list[Block]:
    if not subject.history:
        return []
    svg = plots.history_picture(subject.history)
    return [
        Heading("Training history"),
        Picture("history.svg", svg, "Losses and accuracies of the training run, by epoch."),
    ]


def _method(study: Study) -> str:
    thresholds = study.subject.bundle.thresholds
    return (
        "Each face goes through the crop code of a live session and is scored as it is and "
        "mirrored. Intervals are percentiles of a bootstrap over the faces with "
        f"{RESAMPLES:,} seeded resamples: they tell the luck of these faces, not how other "
        "pictures differ. The area under a class's ROC curve is against the rest. ECE is that of "
        "the likeliest class in 15 equally wide bins. The default thresholds are a face of "
        f"{thresholds.min_face_px:g} px, as the face finder boxes it, and a certainty of "
        f"{thresholds.min_certainty:g}."
    )


_RELIANCE = (
    "What asking for certainty costs and brings. The share error is the largest difference of a "
    "class's mean probability among the faces kept from its true share among all: leaving unsure "
    "faces out makes accuracy look better, but it may make the shares of a room wrong."
)

_HARDSHIPS = (
    "Accuracy of the same faces made smaller, blurred, noisy, dim, tilted, cut off centre and "
    "partly hidden; 0 stands for the faces as they are."
)

_SCOPE = (
    "The figures hold for faces like these ones. An expression is not an emotion, and a label is "
    "what people said of a picture: a figure tells how often the model says the same, and nothing "
    "about what a person feels. Answers for single faces are often wrong; the model is made for "
    "the mean over a room."
)
