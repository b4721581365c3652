"""Whatever stamps a file has, its frames' times go forward."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classroom_monitor.vision.timestamps import ForwardTimes


def times_of(stamps_s: list[float], duration_s: float | None = None) -> list[float]:
    times = ForwardTimes(duration_s)
    return [times.next_s(stamp_s) for stamp_s in stamps_s]


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), min_size=1, max_size=60))
@example([-1.4e-45, 0.0, 0.0, 1.0, 0.0])
def test_any_stamps_give_times_that_go_forward(stamps_s: list[float]) -> None:
    times_s = times_of(stamps_s)
    assert times_s[0] == 0.0
    assert all(earlier < later for earlier, later in pairwise(times_s))


@settings(deadline=None)
@given(
    st.floats(-1000.0, 1000.0),
    st.lists(st.floats(0.001, 100.0), min_size=1, max_size=60),
)
def test_good_stamps_are_kept_as_they_are(first_s: float, intervals_s: list[float]) -> None:
    stamps_s = [first_s]
    for interval_s in intervals_s:
        stamps_s.append(stamps_s[-1] + interval_s)
    expected_s = [stamp_s - first_s for stamp_s in stamps_s]
    assert times_of(stamps_s) == pytest.approx(expected_s, abs=1e-6)


@pytest.mark.parametrize(
    ("stamps_s", "times_s"),
    [
        pytest.param([0, 1, 1, 2, 3], [0, 1, 1.5, 2, 3], id="repeated"),
        pytest.param([0, 1, 0, 3, 4], [0, 1, 1.5, 3, 4], id="missing"),
        pytest.param([0, 1, 0, 0, 4], [0, 1, 1.5, 2.5, 4], id="two missing"),
        pytest.param([0, 1, 2, 1.5, 3], [0, 1, 2, 2.5, 3], id="out of order"),
        pytest.param([0, 1, 2, 0, 1, 2], [0, 1, 2, 2.5, 3.5, 4.5], id="joined recordings"),
        pytest.param([5, 6, 7], [0, 1, 2], id="late start"),
    ],
)
def test_faulty_stamps_are_mended(stamps_s: list[float], times_s: list[float]) -> None:
    assert times_of(stamps_s) == pytest.approx(times_s)


def test_a_stamp_far_beyond_the_end_is_distrusted() -> None:
    stamps_s = [0.0, 1.0, 95443.7, 3.0, 4.0]
    assert times_of(stamps_s, duration_s=5.0) == pytest.approx([0.0, 1.0, 1.5, 3.0, 4.0])
    assert times_of(stamps_s)[2] == 95443.7
