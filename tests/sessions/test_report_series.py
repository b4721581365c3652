"""Seconds put together for drawing: means, holes, smoothing, spans."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_monitor.contracts import Exclusion
from classroom_monitor.sessions.report_series import drawn_columns
from tests.sessions.samples import gap_point, point, shares

POINTS = [
    *(point(t_s, used=10, mix=shares(0.2, 0.3, 0.5)) for t_s in range(4)),
    *(gap_point(t_s) for t_s in (4, 5)),
    *(point(t_s, used=3) for t_s in (6, 7)),
    *(point(t_s, used=10, mix=shares(0.4, 0.3, 0.3)) for t_s in range(8, 12)),
]


def test_every_second_is_a_column_where_there_is_room() -> None:
    columns = drawn_columns(POINTS, (), (0.0, 12.0), 100)
    assert columns.edges_s.tolist() == list(range(13))
    assert columns.shares[0].tolist() == pytest.approx([0.2, 0.3, 0.5])
    assert columns.low[0].tolist() == pytest.approx([0.1, 0.2, 0.4])
    assert np.flatnonzero(columns.gap).tolist() == [4, 5]
    assert np.flatnonzero(columns.too_few).tolist() == [6, 7]
    assert columns.used[6] == 3


def test_neighbours_are_put_together_and_holes_stay_holes() -> None:
    columns = drawn_columns(POINTS, (Exclusion(1, 8.5, 9.5),), (0.0, 12.0), 6)
    assert columns.edges_s.tolist() == [0, 2, 4, 6, 8, 10, 12]
    holes = np.column_stack([columns.gap, columns.too_few, columns.excluded])
    assert np.flatnonzero(holes.any(axis=1)).tolist() == [2, 3, 4]
    assert holes.sum() == 3
    assert np.isnan(columns.shares[[2, 3, 4]]).all()
    assert np.isnan(columns.used[4])


def test_a_span_has_its_own_seconds_only() -> None:
    columns = drawn_columns(POINTS, (), (7.5, 9.2), 10)
    assert columns.edges_s.tolist() == [7, 8, 9, 10]


@pytest.mark.parametrize("smoothing_s", [3, 60])
def test_smoothing_reaches_over_holes_but_fills_none(smoothing_s: int) -> None:
    plain = drawn_columns(POINTS, (), (0.0, 12.0), 100)
    smooth = drawn_columns(POINTS, (), (0.0, 12.0), 100, smoothing_s)
    assert np.array_equal(np.isnan(plain.shares), np.isnan(smooth.shares))
    assert np.array_equal(plain.used, smooth.used, equal_nan=True)
    assert np.nansum(smooth.shares, axis=1)[[0, 11]] == pytest.approx([1.0, 1.0])
    expected = 0.2 if smoothing_s == 3 else 0.3
    assert smooth.shares[0, 0] == pytest.approx(expected)


def test_no_seconds_make_no_columns() -> None:
    columns = drawn_columns([], (), (0.0, 1.0), 100)
    assert (columns.edges_s.tolist(), len(columns.shares)) == ([0], 0)
