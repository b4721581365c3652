"""Temperature and thresholds, on answers whose right calibration is known."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.calibrate import (
    CertaintyStep,
    choose_min_certainty,
    choose_min_face_px,
    fit_scaling,
    risk_coverage,
)
from classroom_monitor.trainer.labels import IntArray
from classroom_monitor.trainer.metrics import classification_figures, expected_calibration_error
from classroom_monitor.vision.classifier import class_probabilities

GROUPS = ((0,), (1,), (2,))


def calibrated(count: int) -> tuple[Float32Array, IntArray]:
    """Return logits and truths drawn from exactly the probabilities that the logits mean."""
    rng = np.random.default_rng(7)
    logits = rng.normal(0, 2, (count, 3)).astype(np.float32)
    probabilities = class_probabilities(logits, GROUPS, 1.0)
    draws = rng.random((count, 1))
    return logits, (draws > probabilities.cumsum(axis=1)).sum(axis=1).clip(0, 2)


@pytest.mark.parametrize("stretch", [0.5, 2.0])
@pytest.mark.parametrize("moves", [(0.0, 0.0, 0.0), (0.8, -0.3, 0.0)])
def test_the_scaling_undoes_a_stretch_and_a_shift(stretch: float, moves: tuple[float, ...]) -> None:
    logits, truth = calibrated(20_000)
    spoilt = ((logits - np.array(moves)) * stretch).astype(np.float32)
    scaling = fit_scaling(spoilt, truth, GROUPS)
    assert scaling.temperature == pytest.approx(stretch, rel=0.05)
    assert np.array(scaling.offsets) / stretch == pytest.approx(moves, abs=0.08)
    repaired = spoilt + np.array(scaling.offsets, np.float32)
    ece = expected_calibration_error(
        class_probabilities(repaired, GROUPS, scaling.temperature), truth
    )
    assert ece < 0.012


def test_a_temperature_alone_leaves_the_classes_balanced() -> None:
    logits, truth = calibrated(5_000)
    shifted = logits - np.array([0.8, -0.3, 0.0], np.float32)
    scaling = fit_scaling(shifted * 2, truth, GROUPS, with_offsets=False)
    assert scaling.offsets == (0.0, 0.0, 0.0)
    assert scaling.temperature == pytest.approx(2.0, rel=0.25)


def test_asking_for_certainty_trades_coverage_for_accuracy() -> None:
    logits, truth = calibrated(5_000)
    curve = risk_coverage(class_probabilities(logits, GROUPS, 1.0), truth)
    coverage = [step.coverage for step in curve]
    assert coverage[0] == 1.0
    assert coverage == sorted(coverage, reverse=True)
    assert curve[-1].accuracy > curve[0].accuracy + 0.1


@pytest.mark.parametrize(
    ("biases", "chosen"),
    [([0.010, 0.012, 0.011], 0.0), ([0.030, 0.012, 0.010], 0.4), ([0.030, 0.020, 0.010], 0.5)],
)
def test_no_more_certainty_is_asked_for_than_true_shares_need(
    biases: list[float], chosen: float
) -> None:
    curve = [
        CertaintyStep(certainty, 0.9, 0.9, bias)
        for certainty, bias in zip((0.0, 0.4, 0.5), biases, strict=True)
    ]
    assert choose_min_certainty(curve) == chosen


def test_the_smallest_face_is_the_smallest_that_is_still_told_well() -> None:
    assert choose_min_face_px({12: 0.6, 16: 0.79, 24: 0.85}, full_accuracy=0.88) == 16
    assert choose_min_face_px({12: 0.3, 16: 0.4}, full_accuracy=0.88) == 16


def test_figures_of_known_answers() -> None:
    pytest.importorskip("sklearn", reason="needs the train extra")
    probabilities = np.array(
        [[0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.1, 0.1, 0.8]], np.float32
    )
    truth = np.array([0, 1, 1, 2])
    figures = classification_figures(probabilities, truth, ("a", "b", "c"))
    assert figures["n"] == 4
    assert figures["accuracy"] == 0.75
    assert figures["baseline_accuracy"] == 0.5
    assert figures["confusion"] == [[1, 0, 0], [1, 1, 0], [0, 0, 1]]
    assert figures["auc"] == pytest.approx(1.0)
    assert figures["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert figures["ece"] == pytest.approx((0.4 + 0.6 + 0.3) / 4, abs=1e-6)
    assert figures["nll"] == pytest.approx(-np.log([0.8, 0.3, 0.7, 0.8]).mean(), rel=1e-5)
    assert figures["brier"] == pytest.approx((0.06 + 0.86 + 0.14 + 0.06) / 4, rel=1e-5)


def test_calibration_error_of_hand_made_bins() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]], np.float32)
    truth = np.array([0, 1, 0, 0])
    assert expected_calibration_error(probabilities, truth) == pytest.approx(0.4)
