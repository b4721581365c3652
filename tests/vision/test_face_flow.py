"""What the points of a face agree on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.face_flow import _agreed_steps, _medians, move_boxes

DRIFT = (3.0, -2.0)


@given(
    arrays(np.float64, (4, 5, 2), elements=st.floats(-50, 50)),
    arrays(np.bool_, (4, 5)),
)
def test_medians_of_all_faces_are_those_of_each(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    good: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> None:
    found = _medians(values, good[..., None])
    for face in range(4):
        if good[face].any():
            each = np.median(values[face][good[face]], axis=0)
            assert found[face] == pytest.approx(each)


def agreed(steps: list[tuple[float, float]], good: list[bool]) -> tuple[float, float]:
    (found,) = _agreed_steps(np.array([steps]), np.array([good]), np.array([2.0]), DRIFT)
    return float(found[0]), float(found[1])


def test_one_stray_point_moves_no_face() -> None:
    steps = [(5.0, 5.0), (5.5, 5.0), (5.0, 5.5), (5.0, 5.0), (90.0, -80.0)]
    assert agreed(steps, [True] * 5) == (5.0, 5.0)


def test_points_that_do_not_agree_leave_the_face_to_the_camera() -> None:
    steps = [(5.0, 5.0), (-30.0, 5.0), (5.0, 40.0), (-20.0, -20.0), (90.0, -80.0)]
    assert agreed(steps, [True] * 5) == DRIFT


def test_too_few_points_leave_the_face_to_the_camera() -> None:
    steps = [(5.0, 5.0)] * 5
    assert agreed(steps, [True, True, False, False, False]) == DRIFT
    assert agreed(steps, [True, True, False, True, False]) == (5.0, 5.0)


def test_without_faces_nothing_moves() -> None:
    grey = np.zeros((90, 160), np.uint8)
    assert move_boxes(grey, grey, [], 8.0, DRIFT) == ()
    (lost,) = move_boxes(grey, grey, [FaceBox(-900, -900, 30, 30, 0.5)], 8.0, (0.0, 0.0))
    assert (lost.x, lost.y) == (-900, -900)
