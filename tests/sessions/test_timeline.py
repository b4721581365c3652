from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from classroom_monitor.contracts import Look
from classroom_monitor.sessions.timeline import LONGEST_SESSION_S, TimelineBuilder
from tests.sessions.samples import STARTED_AT, look


def builder(group_minimum: int = 1, counts_only: bool = False) -> TimelineBuilder:
    return TimelineBuilder(group_minimum, counts_only, STARTED_AT)


def test_a_second_is_handed_out_when_a_later_one_begins() -> None:
    timeline = builder()
    assert timeline.add(look(0.0, used=3)) == []
    assert timeline.add(look(0.9, used=3)) == []
    (first,) = timeline.add(look(1.0, used=4))
    assert (first.t_s, first.seen, first.used, first.gap) == (0, 3, 3, False)
    assert first.clock == STARTED_AT
    (last,) = timeline.finish(1.5)
    assert (last.t_s, last.used) == (1, 4)
    assert last.clock == STARTED_AT + timedelta(seconds=1)
    assert timeline.finish(1.5) == []


def test_counts_are_medians_and_halves_go_down() -> None:
    timeline = builder()
    for at_s, used, seen in ((0.1, 2, 5), (0.2, 9, 9), (0.3, 4, 6), (0.4, 5, 8)):
        timeline.add(look(at_s, used, seen))
    (point,) = timeline.finish(0.5)
    assert (point.seen, point.used) == (7, 4)  # medians 7 and 4.5


def test_shares_weigh_every_used_face_of_every_look_once() -> None:
    timeline = builder()
    timeline.add(look(0.1, used=3, mood=0))
    timeline.add(look(0.2, used=1, mood=2))
    (point,) = timeline.finish(1.0)
    assert point.shares is not None
    assert point.shares.negative == pytest.approx(0.75)
    assert point.shares.neutral == 0.0
    assert point.shares.positive == pytest.approx(0.25)


def test_a_second_below_the_group_minimum_has_counts_only() -> None:
    timeline = builder(group_minimum=5)
    timeline.add(look(0.1, used=4))
    timeline.add(look(0.2, used=5))  # median 4.5
    (first,) = timeline.add(look(1.1, used=5))
    (second,) = timeline.finish(2.0)
    assert (first.used, first.shares) == (4, None)
    assert second.used == 5
    assert second.shares is not None


def test_looks_below_the_group_minimum_add_nothing_to_a_second_that_reaches_it() -> None:
    timeline = builder(group_minimum=5)
    timeline.add(look(0.1, used=5, mood=1))
    timeline.add(look(0.2, used=1, mood=2))
    timeline.add(look(0.3, used=6, mood=1))
    (point,) = timeline.finish(1.0)
    assert point.used == 5
    assert point.shares is not None
    assert (point.shares.neutral, point.shares.positive) == (1.0, 0.0)


def test_counts_only_never_has_shares_even_when_handed_probabilities() -> None:
    timeline = builder(counts_only=True)
    timeline.add(look(0.1, used=9))
    points = timeline.add(Look(1.1, 9, 8, None)) + timeline.finish(2.0)
    assert [(point.used, point.shares) for point in points] == [(9, None), (8, None)]


def test_seconds_without_looks_are_gaps_that_carry_expected_on() -> None:
    timeline = builder()
    timeline.add(look(0.5, used=6, seen=8))
    points = timeline.add(look(3.5, used=6, seen=8)) + timeline.finish(3.9)
    assert [(p.t_s, p.gap, p.seen, p.used, p.expected) for p in points] == [
        (0, False, 8, 6, 8),
        (1, True, 0, 0, 8),
        (2, True, 0, 0, 8),
        (3, False, 8, 6, 8),
    ]
    assert [p.coverage for p in points] == [0.75, None, None, 0.75]
    assert [p.shares is None for p in points] == [False, True, True, False]


def test_gaps_are_handed_out_while_the_camera_is_lost() -> None:
    timeline = builder()
    assert timeline.advance(0.99) == []
    assert [p.t_s for p in timeline.advance(2.0)] == [0, 1]
    assert [p.t_s for p in timeline.advance(2.0)] == []
    assert [(p.t_s, p.gap) for p in timeline.finish(3.7)] == [(2, True)]


def test_a_last_part_of_a_second_counts_only_if_it_was_looked_at() -> None:
    seen = builder()
    seen.add(look(0.0, used=1))
    assert [p.t_s for p in seen.finish(0.2)] == [0]
    unseen = builder()
    unseen.add(look(0.0, used=1))
    assert [p.t_s for p in unseen.finish(1.2)] == [0]


def test_an_empty_room_is_no_gap_and_has_no_coverage() -> None:
    timeline = builder()
    timeline.add(look(0.5, used=0))
    (point,) = timeline.finish(1.0)
    assert not point.gap
    assert (point.seen, point.expected, point.coverage, point.shares) == (0, 0, None, None)


def test_coverage_falls_when_faces_are_lost_and_never_passes_one() -> None:
    timeline = builder()
    points = []
    for t_s, used in enumerate([10] * 6 + [4] * 6 + [20]):
        points += timeline.add(look(t_s + 0.5, used))
    points += timeline.finish(13)
    assert [p.coverage for p in points] == [1.0] * 6 + [0.4] * 6 + [1.0]


def test_looks_out_of_order_count_within_the_open_second_and_are_ignored_after_it() -> None:
    timeline = builder()
    timeline.add(look(0.8, used=2))
    timeline.add(look(0.2, used=4))
    (first,) = timeline.add(look(1.5, used=9))
    assert first.used == 3
    assert timeline.add(look(0.9, used=99)) == []
    assert timeline.add(look(-0.1, used=99)) == []
    assert [p.used for p in timeline.finish(2.0)] == [9]


def test_a_broken_timestamp_asks_for_no_endless_gap() -> None:
    timeline = builder()
    timeline.add(look(0.5, used=2))
    assert timeline.add(look(float(LONGEST_SESSION_S), used=2)) == []
    assert [p.t_s for p in timeline.finish(1.0)] == [0]


def test_each_face_counts_by_its_likeliest_mood() -> None:
    rows = np.array([[0.4, 0.3, 0.3], [0.1, 0.8, 0.1], [0.0, 0.5, 0.5], [0, 0, 1]], np.float32)
    timeline = builder()
    timeline.add(Look(0.2, 4, 4, rows))
    timeline.add(Look(0.6, 4, 2, rows[[0, 3]]))
    (point,) = timeline.finish(1.0)
    assert point.shares is not None
    shares = (point.shares.negative, point.shares.neutral, point.shares.positive)
    assert shares == (0.333, 0.334, 0.333)


def test_unsure_faces_that_are_counted_alike_have_wider_bounds() -> None:
    def bounds_of(row: list[float]) -> tuple[float, float]:
        timeline = builder()
        timeline.add(Look(0.5, 10, 10, np.array([row] * 10, np.float32)))
        (point,) = timeline.finish(1.0)
        assert point.shares is not None
        assert point.shares.neutral == 1.0
        return point.shares.low[1], point.shares.high[1]

    sure, unsure = bounds_of([0.0, 1.0, 0.0]), bounds_of([0.3, 0.4, 0.3])
    assert unsure[0] < sure[0] - 0.2
    assert sure[1] == unsure[1] == 1.0


def test_faces_whose_probabilities_cannot_be_meant_are_not_used() -> None:
    rows = np.array(
        [[np.nan, 0, 1], [np.inf, 0, 0], [-0.5, 1, 0.5], [0, 0, 0], [0.2, 0.2, 0.6]], np.float32
    )
    before = rows.copy()
    timeline = builder()
    timeline.add(Look(0.5, 6, 5, rows))
    (point,) = timeline.finish(1.0)
    assert (point.seen, point.used) == (6, 1)
    assert point.shares is not None
    assert point.shares.positive == 1.0
    np.testing.assert_array_equal(rows, before)


def test_faces_without_a_usable_score_can_put_a_second_below_the_minimum() -> None:
    rows = np.full((5, 3), 1 / 3, dtype=np.float32)
    rows[0] = np.nan
    timeline = builder(group_minimum=5)
    timeline.add(Look(0.5, 5, 5, rows))
    (point,) = timeline.finish(1.0)
    assert (point.used, point.shares) == (4, None)


@pytest.mark.parametrize(
    "broken",
    [
        Look(float("nan"), 3, 3, None),
        Look(float("inf"), 3, 3, None),
        Look(0.5, 2, 3, None),
        Look(0.5, 3, -1, None),
        Look(0.5, 3, 3, np.zeros((2, 3), dtype=np.float32)),
        Look(0.5, 3, 3, np.zeros((3, 4), dtype=np.float32)),
    ],
)
def test_a_look_that_breaks_its_contract_is_a_bug(broken: Look) -> None:
    timeline = builder()
    with pytest.raises(ValueError, match="look at"):
        timeline.add(broken)
    assert timeline.finish(1.0)[0].gap  # and it left nothing behind


def test_a_minimum_below_one_and_a_naive_start_are_refused() -> None:
    with pytest.raises(ValueError, match="group_minimum"):
        builder(group_minimum=0)
    with pytest.raises(ValueError, match="offset"):
        TimelineBuilder(5, False, datetime(2026, 3, 2))


def test_the_clock_keeps_the_offset_of_the_start_through_a_change_of_summer_time() -> None:
    start = datetime(2026, 3, 29, 1, 59, 59, tzinfo=ZoneInfo("Europe/Berlin"))
    timeline = TimelineBuilder(1, False, start)
    points = timeline.advance(3)
    assert [p.clock.isoformat() for p in points] == [
        "2026-03-29T01:59:59+01:00",
        "2026-03-29T02:00:00+01:00",
        "2026-03-29T02:00:01+01:00",
    ]
    assert [(p.clock - start).total_seconds() for p in points] == [0, 1, 2]
