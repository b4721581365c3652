"""The arrays behind the timeline, without a window."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.contracts import TimelinePoint
from classroom_monitor.gui.formats import duration, percents
from classroom_monitor.gui.timeline_series import TimelineSeries
from tests.fakes.services import gap, point, scripted_points


def series_of(points: list[TimelinePoint]) -> TimelineSeries:
    """Return a series with these points."""
    series = TimelineSeries()
    series.extend(points)
    return series


def test_extend_takes_only_what_is_new() -> None:
    series = TimelineSeries()
    points = list(scripted_points())
    assert series.extend(points[:3])
    assert not series.extend(points[:3])
    assert series.extend(points)
    assert len(series) == 10


def test_growth_keeps_what_was_there() -> None:
    points = [point(t_s, (0.2, 0.3, 0.5), used=5 + t_s % 7) for t_s in range(3000)]
    series = TimelineSeries()
    for stop in (1000, 1024, 1025, 3000):
        series.extend(points[:stop])
    assert series.used.tolist() == [each.used for each in points]


def test_a_second_that_was_never_stored_is_a_gap() -> None:
    series = series_of([point(0, (0.2, 0.3, 0.5)), point(3, (0.2, 0.3, 0.5))])
    assert series.columns(0, 4, 100).gap.tolist() == [False, True, True, False]


def test_the_mix_weighs_seconds_by_their_faces() -> None:
    series = series_of(
        [point(0, (1.0, 0.0, 0.0), used=5), point(1, (0.0, 0.0, 1.0), used=15), gap(2)]
    )
    mix = series.mix(3)
    assert mix is not None
    assert mix.shares == pytest.approx((0.25, 0.0, 0.75))
    assert mix.seconds == 2
    assert series.mix(1) is None


def test_columns_are_not_filled_in_from_their_neighbours() -> None:
    points = [point(t, (0.2, 0.3, 0.5)) for t in range(20)]
    points += [point(t, None, used=1) for t in range(20, 40)] + [gap(t) for t in range(40, 60)]
    columns = series_of(points).columns(0, 60, 6)
    assert columns.edges_s.tolist() == [0, 10, 20, 30, 40, 50, 60]
    assert np.isfinite(columns.shares[:, 0]).tolist() == [True] * 2 + [False] * 4
    assert columns.too_few.tolist() == [False] * 2 + [True] * 2 + [False] * 2
    assert columns.gap.tolist() == [False] * 4 + [True] * 2


def test_smoothing_takes_means_over_what_is_there() -> None:
    points = [point(0, (0.0, 0.5, 0.5)), point(1, (0.3, 0.2, 0.5)), gap(2)]
    points += [point(3, (0.6, 0.4, 0.0)), point(4, (0.0, 1.0, 0.0))]
    series = series_of(points)
    series.smooth(3)
    negative = series.columns(0, 5, 100).shares[:, 0]
    assert negative[[0, 1, 3, 4]] == pytest.approx([0.15, 0.15, 0.3, 0.3])
    assert np.isnan(negative[2])
    assert series.shares[1].tolist() == [0.3, 0.2, 0.5]  # what was measured stays as it is
    series.smooth(1)
    assert series.columns(0, 5, 100).shares[1].tolist() == pytest.approx([0.3, 0.2, 0.5])


@pytest.mark.parametrize("smoothing_s", [1, 15])
@pytest.mark.parametrize("first_s", [0, 217, 560, 893])
def test_a_part_of_a_long_session_is_drawn_as_in_the_whole(first_s: int, smoothing_s: int) -> None:
    points = [point(t_s, (0.1, 0.9 - t_s / 2000, t_s / 2000)) for t_s in range(1000)]
    points[450:470] = [gap(t_s) for t_s in range(450, 470)]
    series = series_of(points)
    series.smooth(smoothing_s)
    alone = series.columns(first_s, first_s + 100, 60)  # while nothing has been drawn
    series.columns(0, 1000, 60)
    as_part = series.columns(first_s, first_s + 100, 60)
    np.testing.assert_array_equal(alone.edges_s, as_part.edges_s)
    np.testing.assert_allclose(alone.shares, as_part.shares, atol=1e-9)
    np.testing.assert_array_equal(alone.gap, as_part.gap)


def test_bounds_are_thinned_like_shares() -> None:
    series = series_of([point(t_s, (0.2, 0.3, 0.5)) for t_s in range(20)])
    columns = series.columns(0, 20, 4)
    assert (columns.low == 0).all()
    assert columns.high == pytest.approx(1)
    assert columns.low.shape == (4, 3)


@given(
    kinds=st.lists(st.sampled_from("mfg"), min_size=1, max_size=60),
    first=st.floats(-5, 60),
    span=st.floats(1, 80),
    most=st.integers(1, 40),
)
def test_every_column_is_a_mix_or_says_why_not(
    kinds: list[str], first: float, span: float, most: int
) -> None:
    makers = {
        "m": lambda t: point(t, (0.25, 0.25, 0.5)),
        "f": lambda t: point(t, None, used=1),
        "g": gap,
    }
    series = series_of([makers[kind](t) for t, kind in enumerate(kinds)])
    columns = series.columns(first, first + span, most)
    has_mix = np.isfinite(columns.shares[:, 0])
    stated = has_mix.astype(int) + columns.gap.astype(int) + columns.too_few.astype(int)
    assert (stated == 1).all()
    assert columns.shares[has_mix].sum(axis=1) == pytest.approx(1)
    assert len(columns.edges_s) == len(stated) + 1
    assert (np.diff(columns.edges_s) > 0).all()
    assert len(stated) <= most + 2


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3).filter(any))
def test_percentages_sum_to_100(parts: list[int]) -> None:
    shares = [part / sum(parts) for part in parts]
    texts = percents(shares)
    assert sum(int(text.rstrip("%")) for text in texts) == 100
    assert all(abs(int(t[:-1]) - 100 * s) <= 1 for t, s in zip(texts, shares, strict=True))


def test_durations_are_written_like_clocks() -> None:
    assert [duration(s) for s in (0, 59.9, 600, 3600, 36_061)] == [
        "0:00",
        "0:59",
        "10:00",
        "1:00:00",
        "10:01:01",
    ]
