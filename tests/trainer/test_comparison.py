"""The paired test of two models."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.trainer.evaluation.comparison import compare, mcnemar_p_value
from classroom_monitor.trainer.evaluation.intervals import Interval
from tests.trainer.answers import answers_of, random_answers


@pytest.mark.parametrize(
    ("only_first", "only_second", "p_value"),
    [
        (1, 6, 2 * (1 + 7) / 2**7),
        (6, 1, 2 * (1 + 7) / 2**7),
        (0, 5, 2 / 2**5),
        (4, 4, 1),
        (0, 0, 1),
    ],
)
def test_mcnemar_by_hand(only_first: int, only_second: int, p_value: float) -> None:
    assert mcnemar_p_value(only_first, only_second) == pytest.approx(p_value)


@given(st.integers(0, 400), st.integers(0, 400))
def test_mcnemar_is_the_binomial_test(only_first: int, only_second: int) -> None:
    stats = pytest.importorskip("scipy.stats", reason="comes with the train extra")
    n = only_first + only_second
    expected = stats.binomtest(only_first, n).pvalue if n else 1.0
    assert mcnemar_p_value(only_first, only_second) == pytest.approx(expected, rel=1e-6)


def test_two_models_by_hand() -> None:
    sure, unsure = [0.9, 0.1], [0.1, 0.9]
    first = answers_of([sure, sure, sure, unsure], [0, 0, 0, 0])
    second = answers_of([sure, unsure, unsure, unsure], [0, 0, 0, 0])
    result = compare(first, second)
    counts = (result.both_right, result.only_first, result.only_second, result.both_wrong)
    assert counts == (1, 2, 0, 1)
    assert result.difference == pytest.approx(0.5)
    assert result.p_value == pytest.approx(0.5)
    assert result.interval.low <= 0.5 <= result.interval.high


def test_a_model_is_as_good_as_itself() -> None:
    answers = random_answers(seed=1, n=100, skill=1.0)
    result = compare(answers, answers)
    assert (result.difference, result.p_value) == (0, 1)
    assert result.interval == Interval(0.0, 0.0)


def test_a_better_model_is_told_from_luck_and_either_way_round() -> None:
    good, bad = (random_answers(seed=5, n=1000, skill=skill) for skill in (3.0, 1.0))
    np.testing.assert_array_equal(good.truth, bad.truth)
    result, turned = compare(good, bad), compare(bad, good)
    assert result.p_value == turned.p_value < 0.001
    assert 0 < result.interval.low < result.difference < result.interval.high
    assert turned.difference == -result.difference
