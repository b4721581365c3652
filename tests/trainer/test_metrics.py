"""Figures of merit against figures worked out by hand, and what holds for any answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.metrics import (
    binary_rates,
    classification_figures,
    expected_calibration_error,
)
from tests.trainer.answers import CLASSES, answers_of, some_answers

pytest.importorskip("sklearn", reason="figures need the train extra")

SIX = answers_of(
    [
        [0.7, 0.2, 0.1],
        [0.3, 0.6, 0.1],
        [0.2, 0.5, 0.3],
        [0.1, 0.8, 0.1],
        [0.0, 0.1, 0.9],
        [0.4, 0.3, 0.3],
    ],
    [0, 0, 1, 1, 2, 2],
)
"""Right for faces 0, 2, 3 and 4; face 1 is called neutral, face 5 negative."""


def figures_of(answers: Answers) -> dict[str, object]:
    """Return the figures of answers."""
    return classification_figures(answers.probabilities, answers.truth, answers.classes)


def test_six_faces_by_hand() -> None:
    figures = figures_of(SIX)
    assert figures["confusion"] == [[1, 1, 0], [0, 2, 0], [1, 0, 1]]
    assert figures["confusion_rates"] == [[0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [0.5, 0.0, 0.5]]
    assert figures["accuracy"] == pytest.approx(4 / 6)
    assert figures["baseline_accuracy"] == pytest.approx(2 / 6)
    assert figures["precision"] == pytest.approx(
        {"negative": 1 / 2, "neutral": 2 / 3, "positive": 1.0}
    )
    assert figures["recall"] == pytest.approx({"negative": 0.5, "neutral": 1.0, "positive": 0.5})
    assert figures["f1"] == pytest.approx({"negative": 0.5, "neutral": 0.8, "positive": 2 / 3})
    assert figures["macro_f1"] == pytest.approx((0.5 + 0.8 + 2 / 3) / 3)
    assert figures["support"] == {"negative": 2, "neutral": 2, "positive": 2}
    assert "binary" not in figures


def test_losses_of_six_faces_by_hand() -> None:
    figures = figures_of(SIX)
    of_truth = [0.7, 0.3, 0.5, 0.8, 0.9, 0.3]
    assert figures["nll"] == pytest.approx(-np.mean(np.log(of_truth)), rel=1e-5)
    distances = [0.14, 0.86, 0.38, 0.06, 0.02, 0.74]
    assert figures["brier"] == pytest.approx(np.mean(distances), rel=1e-5)
    # Pairs ordered right, of 8 each: negative 7, neutral 7, positive 7.5 (two of 0.3 tie).
    assert figures["auc"] == pytest.approx((7 / 8 + 7 / 8 + 7.5 / 8) / 3)


def test_calibration_error_by_hand() -> None:
    # Bins of a fifteenth: 0.9 and 0.92 share the one from 0.867 to 0.933, 0.6 is alone in its own.
    answers = answers_of([[0.9, 0.1], [0.92, 0.08], [0.4, 0.6]], [0, 1, 1])
    expected = (2 * abs(0.5 - 0.91) + abs(1.0 - 0.6)) / 3
    measured = expected_calibration_error(answers.probabilities, answers.truth)
    assert measured == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("classes", "confusion", "positive"),
    [
        (("negative", "positive"), [[4, 2], [1, 3]], "positive"),
        (("positive", "negative"), [[3, 1], [2, 4]], "positive"),
        (("bored", "keen"), [[4, 2], [1, 3]], "keen"),
    ],
)
def test_binary_rates_by_their_definitions(
    classes: tuple[str, str], confusion: list[list[int]], positive: str
) -> None:
    # Four positives, three of them found; six negatives, two of them called positive.
    rates = binary_rates(np.array(confusion), classes)
    assert rates == {
        "positive": positive,
        "tpr": pytest.approx(3 / 4),
        "fnr": pytest.approx(1 / 4),
        "tnr": pytest.approx(4 / 6),
        "fpr": pytest.approx(2 / 6),
    }


def test_two_classes_tell_their_rates() -> None:
    figures = figures_of(answers_of([[0.8, 0.2], [0.3, 0.7], [0.1, 0.9]], [0, 0, 1]))
    assert figures["binary"] == {
        "positive": "positive",
        "tpr": 1.0,
        "fnr": 0.0,
        "tnr": 0.5,
        "fpr": 0.5,
    }


def test_a_class_that_is_never_said_has_precision_nought() -> None:
    figures = figures_of(answers_of([[0.9, 0.1], [0.8, 0.2]], [0, 1]))
    assert figures["precision"] == {"negative": 0.5, "positive": 0.0}


@settings(max_examples=25)
@given(some_answers)
def test_what_holds_for_any_answers(answers: Answers) -> None:
    figures = classification_figures(answers.probabilities, answers.truth, CLASSES)
    confusion = np.array(figures["confusion"])
    assert confusion.sum() == figures["n"] == len(answers.truth)
    assert figures["accuracy"] == pytest.approx(np.trace(confusion) / confusion.sum())
    assert 1 / 3 <= figures["baseline_accuracy"] <= 1
    assert np.allclose(np.sum(figures["confusion_rates"], axis=1), 1)
    assert 0 <= figures["ece"] <= 1
    assert 0 <= figures["auc"] <= 1
    assert 0 <= figures["brier"] <= 2
    assert figures["nll"] >= 0


@settings(max_examples=25)
@given(some_answers)
def test_the_order_of_the_faces_changes_nothing(answers: Answers) -> None:
    reversed_figures = classification_figures(
        answers.probabilities[::-1], answers.truth[::-1], CLASSES
    )
    figures = classification_figures(answers.probabilities, answers.truth, CLASSES)
    for name in ("accuracy", "macro_f1", "auc", "ece", "nll", "brier"):
        assert reversed_figures[name] == pytest.approx(figures[name])
