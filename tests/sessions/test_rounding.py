"""Rounded shares: they sum to one, stay within their bounds, and favour no mood."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.sessions.rounding import kept_shares

WIDE = ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))


@given(st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3), st.floats(0.0, 0.3))
def test_rounded_shares_sum_to_one_within_their_bounds(parts: list[float], slack: float) -> None:
    if sum(parts) == 0:
        parts = [1.0, 1.0, 1.0]
    exact = [part / sum(parts) for part in parts]
    low = [max(0.0, share - slack) for share in exact]
    high = [min(1.0, share + slack) for share in exact]
    kept = kept_shares(exact, low, high)
    mix = (kept.negative, kept.neutral, kept.positive)
    assert sum(mix) == pytest.approx(1.0, abs=1e-12)
    for share, rounded in zip(exact, mix, strict=True):
        assert abs(share - rounded) < 0.001
        assert round(rounded * 1000) / 1000 == rounded
        assert share > 0 or rounded == 0
    for rounded, below, above, kept_low, kept_high in zip(
        mix, low, high, kept.low, kept.high, strict=True
    ):
        assert 0 <= kept_low <= rounded <= kept_high <= 1
        assert round(kept_low * 100) / 100 == kept_low
        assert round(kept_high * 100) / 100 == kept_high
        assert kept_low <= below + 1e-9
        assert kept_high >= above - 1e-9


@pytest.mark.parametrize(
    ("exact", "kept"),
    [
        ((1 / 3, 1 / 3, 1 / 3), (0.333, 0.334, 0.333)),
        ((0.0, 1.0, 0.0), (0.0, 1.0, 0.0)),
        ((0.29, 0.57, 0.14), (0.29, 0.57, 0.14)),  # which floating point holds a little lower
        ((1 / 6, 1 / 6, 4 / 6), (0.166, 0.167, 0.667)),
        ((0.0, 0.0004, 0.9996), (0.0, 0.0, 1.0)),
    ],
)
def test_what_is_missing_goes_to_the_largest_remainders(
    exact: tuple[float, float, float], kept: tuple[float, float, float]
) -> None:
    rounded = kept_shares(exact, *WIDE)
    assert (rounded.negative, rounded.neutral, rounded.positive) == kept


def test_no_mood_gains_by_rounding() -> None:
    random = np.random.default_rng(5)
    exact = random.multinomial(7, [0.25, 0.5, 0.25], 4000) / 7
    kept = [kept_shares(row.tolist(), *WIDE) for row in exact]
    means = np.mean([(each.negative, each.neutral, each.positive) for each in kept], axis=0)
    assert np.abs(means - exact.mean(axis=0)).max() < 0.0003  # of at most 0.001
