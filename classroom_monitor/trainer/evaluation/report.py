"""A study as a report to read: what each figure says, tables, pictures."""

from __future__ import annotations

import numpy as np

from classroom_monitor.trainer.evaluation import pictures, tables
from classroom_monitor.trainer.evaluation.comparison import Comparison
from classroom_monitor.trainer.evaluation.cost import Cost
from classroom_monitor.trainer.evaluation.document import (
    Block,
    Heading,
    Paragraph,
)
from classroom_monitor.trainer.evaluation.intervals import CONFIDENCE, RESAMPLES
from classroom_monitor.trainer.evaluation.study import Study
from classroom_monitor.trainer.super_resolution_study import study_table

ALPHA = 0.05
"""A difference less likely than this among equally good models is called one."""

_PREFIXES = ("", "against_")
"""Of the names of the two bundles' picture files."""


def summary_blocks(study: Study) -> list[Block]:
    """Return what fits a terminal: figures, classification report, confusion, comparison."""
    blocks: list[Block] = [Heading(_title(study), 1), Paragraph(_verdict(study))]
    blocks.append(tables.summary_table(study.subjects, _columns(study)))
    for subject, suffix in zip(study.subjects, _suffixes(study), strict=True):
        blocks += [Heading(f"Classes{suffix}"), tables.class_table(subject)]
        blocks += [Heading(f"Confusion{suffix}"), tables.confusion_table(subject)]
        if "binary" in subject.figures:
            blocks.append(tables.binary_table(subject))
    blocks += _comparison_blocks(study)
    blocks += _prevalence_blocks(study)
    blocks += _enlarged_blocks(study)
    return blocks


def detail_blocks(study: Study) -> list[Block]:
    """Return the tables of a thorough study that summary_blocks leave out."""
    return [*_reliance_blocks(study), *_hardship_blocks(study), *_cost_blocks(study)]


def full_report(study: Study) -> list[Block]:
    """Return the whole report with its pictures."""
    curves: list[Block] = []
    for subject, prefix, suffix in zip(study.subjects, _PREFIXES, _suffixes(study), strict=False):
        curves += [Heading(f"Curves{suffix}"), *pictures.curve_pictures(subject, prefix)]
        history = pictures.history_picture(subject, prefix)
        curves += [] if history is None else [Heading(f"Training history{suffix}"), history]
    return [
        *summary_blocks(study),
        *curves,
        *_reliance_blocks(study),
        *_hardship_blocks(study),
        pictures.hardship_picture(study),
        *_cost_blocks(study),
        Heading("How this was measured"),
        Paragraph(_method(study)),
        Paragraph(_SCOPE),
    ]


def _suffixes(study: Study) -> list[str]:
    """Return what tells the headings of two bundles apart."""
    return [""] if study.other is None else [f": {name}" for name in study.names]


def _title(study: Study) -> str:
    part = f", part {study.part}" if study.part else ""
    return f"{' and '.join(study.names)} on {study.data}{part}"


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


def _enlarged_blocks(study: Study) -> list[Block]:
    if not study.subject.enlarged:
        return []
    blocks: list[Block] = [Heading("Small faces enlarged first"), Paragraph(_ENLARGED)]
    for subject, suffix in zip(study.subjects, _suffixes(study), strict=True):
        blocks += [Heading(suffix.removeprefix(": "), 3)] if suffix else []
        blocks.append(study_table(subject.enlarged))
    return blocks


def _reliance_blocks(study: Study) -> list[Block]:
    blocks: list[Block] = [Heading("Least certainty"), Paragraph(_RELIANCE)]
    for name, subject in zip(study.names, study.subjects, strict=True):
        blocks.append(tables.reliance_table(subject, name))
    return blocks


def _hardship_blocks(study: Study) -> list[Block]:
    pairs = zip(*(subject.hardships for subject in study.subjects), strict=True)
    found = [tables.hardship_table(curves, study.names) for curves in pairs]
    return [Heading("Worse pictures"), Paragraph(_HARDSHIPS), *found]


def _cost_blocks(study: Study) -> list[Block]:
    blocks: list[Block] = []
    for name, subject in zip(study.names, study.subjects, strict=True):
        if subject.cost is not None:
            blocks += [Heading(f"Cost of {name}"), Paragraph(_cost_text(subject.cost))]
            blocks += [tables.cost_table(subject.cost), tables.file_table(subject.cost)]
    return blocks


def _cost_text(cost: Cost) -> str:
    return (
        f"On {cost.system}, medians over repeated batches. Other programs kept "
        f"{cost.busy_share:.0%} of the cores busy just before; where that is much, times are too "
        "long. A session scores each face as it is and mirrored. Memory is what opening and "
        "running the engine adds to the process."
    )


def _method(study: Study) -> str:
    thresholds = study.subject.bundle.thresholds
    return (
        f"A face's class is what its labels say by the scheme {study.scheme.name}. "
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
    "partly hidden; 0 stands for the faces as they are. Sizes beyond the pictures' own are left "
    "out."
)

_ENLARGED = (
    "The same faces shrunk to so many pixels, enlarged in each way, and scored. Differences are "
    "those of accuracy, with a paired bootstrap's interval and McNemar's test. Faces shrunk by "
    "area are kinder than a camera's blur and noise."
)

_SCOPE = (
    "The figures hold for faces like these ones. An expression is not an emotion, and a label is "
    "what people said of a picture: a figure tells how often the model says the same, and nothing "
    "about what a person feels. Answers for single faces are often wrong; the model is made for "
    "the mean over a room."
)
