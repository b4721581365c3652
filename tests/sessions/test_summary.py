"""Summaries: what counts, what is left out, and whether intervals hold the truth."""

from __future__ import annotations

import numpy as np
import pytest

from classroom_monitor.contracts import Annotations, Exclusion, Segment, TimelinePoint
from classroom_monitor.sessions.mean_bounds import MeanBounds
from classroom_monitor.sessions.seconds import included, seconds_of
from classroom_monitor.sessions.summary import segment_table, summarise
from tests.mean_bounds import held
from tests.sessions.samples import gap_point, point, shares
from tests.simulated_rooms import Lecture, simulated

CALM, TENSE = shares(0.1, 0.6, 0.3), shares(0.5, 0.4, 0.1)


def session(length_s: int = 600) -> list[TimelinePoint]:
    """Calm for the first half, tense for the second."""
    return [point(t_s, mix=CALM if 2 * t_s < length_s else TENSE) for t_s in range(length_s)]


def test_a_second_that_an_exclusion_touches_is_excluded() -> None:
    points = session(10)
    assert included(points, [Exclusion(1, 2.5, 4.0), Exclusion(2, 8.0, 99.0)]).tolist() == [
        True, True, False, False, True, True, True, True, False, False,
    ]  # fmt: skip
    assert included(points, [Exclusion(1, 5.0, 5.0)]).all(), "one without length excludes nothing"
    assert included([], [Exclusion(1, 0, 9)]).shape == (0,)


def test_a_range_is_summed_up_without_its_exclusions_and_gaps() -> None:
    points = session(600)
    points[10] = gap_point(10)
    summary = summarise(points, [Exclusion(1, 300, 600)], 0, 400)
    assert (summary.seconds, summary.with_mix_s) == (300, 299)
    assert summary.shares == pytest.approx((0.1, 0.6, 0.3))
    assert summary.used_median == 8
    assert summary.coverage_median == pytest.approx(0.8)


def test_faces_count_alike_whatever_second_they_are_in() -> None:
    points = [point(t_s, used=30 if t_s < 100 else 10, mix=CALM if t_s < 100 else TENSE)
              for t_s in range(200)]  # fmt: skip
    mix = summarise(points, [], 0, 200).shares
    assert mix is not None
    assert mix[0] == pytest.approx((0.1 * 30 + 0.5 * 10) / 40)


def test_a_range_without_shares_has_none_but_counts() -> None:
    summary = summarise([point(t_s, used=3) for t_s in range(50)], [], 0, 50)
    assert (summary.shares, summary.low, summary.high) == (None, None, None)
    assert (summary.seconds, summary.with_mix_s, summary.used_median) == (50, 0, 3)


@pytest.mark.parametrize("length_s", [0, 1, 30, 200])
def test_any_length_can_be_summed_up(length_s: int) -> None:
    summary = summarise(session(length_s), [], 0, 10_000)
    assert summary.seconds == length_s
    assert (summary.shares is None) == (length_s == 0)


def test_bounds_enclose_the_mean_and_never_leave_the_unit() -> None:
    points = [point(t_s, used=5, mix=shares(0.0, 1.0, 0.0)) for t_s in range(900)]
    summary = summarise(points, [], 0, 900)
    assert summary.low is not None
    assert summary.high is not None
    assert summary.low[0] == 0
    assert 0 < summary.high[0] < 1, "no negative face in 15 minutes is no proof that there is none"
    assert summary.high[1] == 1


def test_segments_last_until_the_next_and_the_time_before_the_first_has_a_row() -> None:
    segments = (Segment(2, 300.0, "Mirrors"), Segment(1, 100.0, "Lenses"))
    rows = segment_table(session(600), Annotations(segments=segments))
    assert [(row.segment and row.segment.title, row.start_s, row.end_s) for row in rows] == [
        (None, 0, 100), ("Lenses", 100, 300), ("Mirrors", 300, 600),
    ]  # fmt: skip
    assert rows[2].summary.shares == pytest.approx((0.5, 0.4, 0.1))
    starts_at_once = segment_table(session(600), Annotations(segments=(Segment(1, 0.0, "All"),)))
    assert [row.segment is None for row in starts_at_once] == [False]
    (only,) = segment_table([], Annotations())
    assert (only.segment, only.start_s, only.end_s) == (None, 0, 0)


def test_a_segment_that_starts_after_the_last_second_is_empty() -> None:
    rows = segment_table(session(600), Annotations(segments=(Segment(1, 700.0, "Late"),)))
    assert [(row.start_s, row.end_s, row.summary.seconds) for row in rows] == [
        (0, 600, 600), (700, 700, 0),
    ]  # fmt: skip


def test_bounds_widen_with_persistence_and_narrow_with_faces_and_time() -> None:
    def width(mood_s: float, faces: int, length_s: int) -> float:
        lecture = Lecture(3600, faces, (0.3, 0.4, 0.3), mood_s)
        seconds = simulated(lecture, np.random.default_rng(5)).seconds
        low, high = MeanBounds.of(seconds).bounds(0, 0.3, length_s, float(faces))
        return high - low

    usual = width(10, 20, 600)
    assert width(60, 20, 600) > 1.3 * usual
    assert width(10, 60, 600) < 0.8 * usual
    assert width(10, 20, 2400) < 0.7 * usual


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rows = held(40, seed=3, mood_s=30.0)
    assert rows[:, 1].mean() > 0.92


def test_eight_hours_become_arrays_once() -> None:
    seconds = seconds_of(session(28_800), [Exclusion(1, 60, 120)])
    assert len(seconds) == 28_800
    assert int(seconds.included.sum()) == 28_740
    assert np.isnan(seconds.shares[60:120]).all()
