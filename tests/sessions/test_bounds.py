from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.sessions.bounds import share_bounds

shares = st.floats(0.0, 1.0)
doubts = st.floats(0.0, 0.25)
counts = st.integers(1, 500)


def test_matches_the_published_interval_where_every_face_is_certain() -> None:
    # Wilson's 95% score interval for 8 of 10 is 0.49016 to 0.94332, as R's
    # prop.test(8, 10, correct = FALSE) gives it; half a face of ten is 0.05.
    low, high = share_bounds(0.8, 0.0, 10)
    assert low == pytest.approx(0.49016 - 0.05, abs=1e-5)
    assert high == pytest.approx(0.94332 + 0.05, abs=1e-5)


@given(shares, doubts, counts)
def test_encloses_the_share_within_zero_and_one(share: float, doubt: float, faces: int) -> None:
    low, high = share_bounds(share, doubt, faces)
    assert 0.0 <= low <= share <= high <= 1.0


@given(shares, doubts, counts, counts)
def test_more_faces_never_widen_it(share: float, doubt: float, one: int, other: int) -> None:
    few, many = sorted((one, other))
    wide, narrow = share_bounds(share, doubt, few), share_bounds(share, doubt, many)
    assert narrow[1] - narrow[0] <= wide[1] - wide[0] + 1e-12


@given(shares, doubts, doubts, counts)
def test_less_doubt_never_widens_it(share: float, one: float, other: float, faces: int) -> None:
    sure, unsure = sorted((one, other))
    narrow, wide = share_bounds(share, sure, faces), share_bounds(share, unsure, faces)
    assert narrow[1] - narrow[0] <= wide[1] - wide[0] + 1e-12


def test_the_doubt_of_undecided_faces_widens_it() -> None:
    assert share_bounds(0.5, 0.25, 10)[0] < share_bounds(0.5, 0.0, 10)[0]


@pytest.mark.parametrize("faces", [2, 5, 20, 60])
@pytest.mark.parametrize("spread", [(0.4, 0.8), (2, 4), (0.2, 3)])
def test_calibrated_scores_keep_the_true_share_within_bounds(
    faces: int, spread: tuple[float, float]
) -> None:
    """Rooms whose faces show a mood just as often as their probability says."""
    random = np.random.default_rng(faces)
    rooms = 2_000
    caught = 0
    for _ in range(rooms):
        probabilities = random.beta(*spread, faces)
        truth = (random.random(faces) < probabilities).mean()
        share, doubt = probabilities.mean(), (probabilities * (1 - probabilities)).mean()
        low, high = share_bounds(float(share), float(doubt), faces)
        caught += low <= truth <= high
    assert caught >= 0.95 * rooms
