"""Two models on the same faces: is one better, or was it lucky?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.intervals import (
    RESAMPLES,
    SEED,
    Interval,
    interval_of,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two models' answers on the same faces go together.

    difference is the first one's accuracy less the second's, interval its bootstrap interval over
    pairs of answers, p_value the exact two-sided McNemar test's.
    """

    both_right: int
    only_first: int
    only_second: int
    both_wrong: int
    difference: float
    interval: Interval
    p_value: float


def compare(first: Answers, second: Answers) -> Comparison:
    """Compare two models' answers on the same faces, in the same order."""
    one, other = first.is_right, second.is_right
    only_first, only_second = int((one & ~other).sum()), int((~one & other).sum())
    n = len(one)
    shares = (only_first / n, only_second / n, 1 - (only_first + only_second) / n)
    drawn = np.random.default_rng(SEED).multinomial(n, shares, RESAMPLES)
    return Comparison(
        both_right=int((one & other).sum()),
        only_first=only_first,
        only_second=only_second,
        both_wrong=int((~one & ~other).sum()),
        difference=(only_first - only_second) / n,
        interval=interval_of((drawn[:, 0] - drawn[:, 1]) / n),
        p_value=mcnemar_p_value(only_first, only_second),
    )


def mcnemar_p_value(only_first: int, only_second: int) -> float:
    """Return how likely such uneven counts are, or more uneven ones, where both models are as good.

    The faces on which exactly one model is right fall to either with equal chance then: an exact
    two-sided binomial test (McNemar 1947; Dietterich 1998, "Approximate Statistical Tests for
    Comparing Supervised Classification Learning Algorithms").
    """
    n = only_first + only_second
    tail: int = sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1))
    return min(1.0, float(2 * tail / 2**n))
