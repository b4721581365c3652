"""A study as one JSON document: evaluate's figures, and beside them all that its pictures show."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from classroom_monitor.trainer.evaluation.curves import (
    reliability_bins,
    risk_curve,
    roc_curves,
    score_histograms,
)
from classroom_monitor.trainer.evaluation.intervals import CONFIDENCE, RESAMPLES
from classroom_monitor.trainer.evaluation.study import Study
from classroom_monitor.trainer.evaluation.subject import Subject


def study_figures(study: Study) -> dict[str, Any]:
    """Return the figures of a study without its curves, as evaluate --json prints them.

    The first bundle's figures as trainer.evaluate gives them; scheme, the label scheme; part, the
    part of the data, None for all of it; intervals, by figure, with their confidence and
    resamples; prevalence, with P(class | said); where thorough, hardships and cost; enlarged, rows
    on small faces enlarged first, where ways to do so were named; with a second bundle, against:
    its figures, and how the two compare.
    """
    figures = _figures(study.subject) | {"prevalence": asdict(study.posterior)}
    figures |= {"scheme": study.scheme.name, "part": study.part or None}
    if study.other is not None and study.comparison is not None:
        figures["against"] = _figures(study.other)
        figures["comparison"] = asdict(study.comparison)
    return figures


def study_document(study: Study) -> dict[str, Any]:
    """Return study_figures with the points of all curves too, as report.json holds them."""
    figures = study_figures(study) | {"curves": _curves(study.subject)}
    if study.other is not None:
        figures["against"]["curves"] = _curves(study.other)
    return figures


def _figures(subject: Subject) -> dict[str, Any]:
    bounds = {name: [bound.low, bound.high] for name, bound in subject.intervals.items()}
    figures = {
        **subject.figures,
        "thresholds": asdict(subject.bundle.thresholds),
        "intervals": {"confidence": CONFIDENCE, "resamples": RESAMPLES, **bounds},
    }
    if subject.cost is not None:
        figures["hardships"] = [asdict(curve) for curve in subject.hardships]
        figures["cost"] = asdict(subject.cost)
    if subject.enlarged:
        figures["enlarged"] = [asdict(row) for row in subject.enlarged]
    return figures


def _curves(subject: Subject) -> dict[str, Any]:
    return {
        "roc": [asdict(curve) for curve in roc_curves(subject.answers)],
        "scores": [asdict(histogram) for histogram in score_histograms(subject.answers)],
        "reliability": [asdict(one) for one in reliability_bins(subject.answers)],
        "risk_coverage": asdict(risk_curve(subject.answers)),
        "history": subject.history,
    }
