"""Curves and bounds against figures worked out by hand, and what holds for any answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.curves import (
    MACRO,
    MAX_POINTS,
    reliability_bins,
    risk_curve,
    roc_curves,
    score_histograms,
)
from classroom_monitor.trainer.evaluation.intervals import Interval, bootstrap_intervals
from classroom_monitor.trainer.evaluation.prevalence import full_prevalence, posterior
from classroom_monitor.trainer.metrics import classification_figures, expected_calibration_error
from tests.trainer.answers import CLASSES, answers_of, random_answers, some_answers

pytest.importorskip("sklearn", reason="curves need the train extra")


def test_a_roc_curve_by_hand() -> None:
    rows = [[0.1, 0.9], [0.6, 0.4], [0.2, 0.8], [0.7, 0.3]]
    curve = roc_curves(answers_of(rows, [1, 1, 0, 0]))[1]
    # By falling score: right, wrong, right, wrong.
    assert curve.name == "positive"
    assert list(zip(curve.fpr, curve.tpr, strict=True)) == [
        (0.0, 0.0),
        (0.0, 0.5),
        (0.5, 0.5),
        (0.5, 1.0),
        (1.0, 1.0),
    ]
    assert curve.auc == pytest.approx(0.75)


@settings(max_examples=25)
@given(some_answers)
def test_roc_curves_rise_and_their_mean_area_is_the_figure(answers: Answers) -> None:
    curves = roc_curves(answers)
    assert [curve.name for curve in curves] == [*CLASSES, MACRO]
    for curve in curves:
        assert (curve.fpr[0], curve.fpr[-1], curve.tpr[-1]) == (0, 1, 1)
        assert np.all(np.diff(curve.fpr) >= 0)
        assert np.all(np.diff(curve.tpr) >= 0)
    figures = classification_figures(answers.probabilities, answers.truth, CLASSES)
    assert curves[-1].auc == pytest.approx(figures["auc"])


def test_long_curves_are_thinned_to_what_a_picture_shows() -> None:
    answers = random_answers(seed=1, n=3000, skill=1.0)
    risk = risk_curve(answers)
    assert len(risk.coverage) == MAX_POINTS
    assert all(len(curve.fpr) <= MAX_POINTS + 1 for curve in roc_curves(answers))


def test_risk_against_coverage_by_hand() -> None:
    # Surest first: right, then two equally sure of which one is wrong, then a wrong one.
    rows = [[0.9, 0.1], [0.8, 0.2], [0.8, 0.2], [0.6, 0.4]]
    curve = risk_curve(answers_of(rows, [0, 0, 1, 1]))
    assert curve.coverage == (0.25, 0.75, 1.0)
    assert curve.risk == (0.0, round(1 / 3, 5), 0.5)
    assert curve.certainty == pytest.approx((0.9, 0.8, 0.6))
    assert curve.area == pytest.approx((0 + 2 * 1 / 3 + 0.5) / 4)


@settings(max_examples=25)
@given(some_answers)
def test_keeping_every_face_risks_the_error_rate(answers: Answers) -> None:
    curve = risk_curve(answers)
    assert curve.coverage[-1] == 1
    assert curve.risk[-1] == pytest.approx(1 - answers.is_right.mean(), abs=1e-5)
    assert np.all(np.diff(curve.coverage) > 0)
    assert np.all(np.diff(curve.certainty) < 1e-9)


@settings(max_examples=25)
@given(some_answers)
def test_the_bins_of_reliability_add_up_to_the_calibration_error(answers: Answers) -> None:
    bins = reliability_bins(answers)
    assert sum(one.n for one in bins) == len(answers.truth)
    assert all(one.low - 1e-6 <= one.certainty <= one.high + 1e-6 for one in bins)
    gaps = sum(one.n * abs(one.accuracy - one.certainty) for one in bins) / len(answers.truth)
    error = expected_calibration_error(answers.probabilities, answers.truth)
    assert gaps == pytest.approx(error)


@settings(max_examples=25)
@given(some_answers)
def test_every_score_is_in_one_histogram_bin(answers: Answers) -> None:
    for k, histogram in enumerate(score_histograms(answers)):
        assert sum(histogram.of_class) == (answers.truth == k).sum()
        assert sum(histogram.of_others) == (answers.truth != k).sum()
        assert len(histogram.edges) == len(histogram.of_class) + 1


def intervals_of(answers: Answers) -> dict[str, Interval]:
    """Return the bounds of answers' figures."""
    figures = classification_figures(answers.probabilities, answers.truth, answers.classes)
    return bootstrap_intervals(answers, np.array(figures["confusion"]))


def test_bounds_hold_the_figure_and_are_the_same_again() -> None:
    answers = random_answers(seed=2, n=400, skill=2.0)
    figures = classification_figures(answers.probabilities, answers.truth, CLASSES)
    intervals = intervals_of(answers)
    assert intervals == intervals_of(answers)
    for name in ("accuracy", "macro_f1", "nll", "brier"):
        assert intervals[name].low < figures[name] < intervals[name].high
    for name in CLASSES:
        bound = intervals[f"recall of {name}"]
        assert bound.low < figures["recall"][name] < bound.high


def test_accuracy_bounds_are_as_wide_as_theory_says() -> None:
    answers = random_answers(seed=3, n=2000, skill=2.0)
    accuracy = answers.is_right.mean()
    bound = intervals_of(answers)["accuracy"]
    width = 2 * 1.96 * np.sqrt(accuracy * (1 - accuracy) / 2000)
    assert bound.high - bound.low == pytest.approx(width, rel=0.1)


def test_a_model_that_is_never_wrong_has_no_room_for_luck() -> None:
    answers = answers_of([[0.9, 0.1], [0.1, 0.9]] * 10, [0, 1] * 10)
    assert intervals_of(answers)["accuracy"] == Interval(1.0, 1.0)


def test_what_an_answer_is_worth_by_hand() -> None:
    # 90 of 100 rare faces found, 20 of 100 others called rare; one face in a hundred is rare.
    result = posterior(np.array([[90, 10], [20, 80]]), (0.01, 0.99))
    assert result.said == pytest.approx((0.207, 0.793))
    rare, other = result.of_class_given_said
    assert rare == pytest.approx((0.009 / 0.207, 0.198 / 0.207))
    assert other == pytest.approx((0.001 / 0.793, 0.792 / 0.793))


def test_a_class_that_is_never_said_is_worth_nothing_known() -> None:
    result = posterior(np.array([[5, 0], [5, 0]]), (0.5, 0.5))
    assert result.of_class_given_said[1] is None


def test_at_the_prevalence_of_the_data_an_answer_is_worth_its_precision() -> None:
    answers = random_answers(seed=4, n=300, skill=1.5)
    figures = classification_figures(answers.probabilities, answers.truth, CLASSES)
    counts = np.bincount(answers.truth)
    result = posterior(np.array(figures["confusion"]), full_prevalence({}, CLASSES, counts))
    for k, name in enumerate(CLASSES):
        chances = result.of_class_given_said[k]
        assert chances is not None
        assert chances[k] == pytest.approx(figures["precision"][name])


def test_what_chosen_prevalences_leave_is_split_as_in_the_data() -> None:
    counts = np.array([10, 60, 20])
    assert full_prevalence({"negative": 0.2}, CLASSES, counts) == pytest.approx((0.2, 0.6, 0.2))
    chosen = {"negative": 0.1, "neutral": 0.2, "positive": 0.7}
    assert full_prevalence(chosen, CLASSES, counts) == pytest.approx((0.1, 0.2, 0.7))


@pytest.mark.parametrize(
    ("chosen", "complaint"),
    [
        ({"sad": 0.1}, "prevalence of sad: the model's classes are negative, neutral, positive"),
        ({"negative": -0.1}, "from 0 to 1"),
        ({"negative": 0.7, "neutral": 0.6}, "sum to 1.3"),
        ({"negative": 0.1, "neutral": 0.1, "positive": 0.1}, "sum to 0.3"),
        ({"negative": float("nan")}, "from 0 to 1"),
    ],
)
def test_prevalences_that_cannot_be_are_refused(chosen: dict[str, float], complaint: str) -> None:
    with pytest.raises(DataProblem, match=complaint):
        full_prevalence(chosen, CLASSES, np.array([1, 1, 1]))
