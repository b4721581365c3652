"""Sessions on one axis: what lies where, and what is missing stays missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from classroom_monitor.contracts import (
    Annotations,
    Exclusion,
    Segment,
    SessionInfo,
    SessionState,
    TimelinePoint,
)
from classroom_monitor.sessions.comparison import (
    align_by_segment,
    align_by_start,
    common_segments,
    course_over_weeks,
)
from tests.sessions.samples import STARTED_AT, point, shares


@dataclass(frozen=True)
class Saved:
    info: SessionInfo
    points: Sequence[TimelinePoint]
    annotations: Annotations = field(default_factory=Annotations)


def saved(number: int, length_s: int, negative: float = 0.2, days: int = 0) -> Saved:
    """A session of one mix, with a used count that says which second it is."""
    info = SessionInfo(
        session_id=number,
        title=f"Optics {number}",
        source="room",
        started_at=STARTED_AT + timedelta(days=days),
        seconds=length_s,
        mode="room",
        engine="litert-int8",
        group_minimum=5,
        counts_only=False,
        state=SessionState.COMPLETE,
    )
    mix = shares(negative, 0.9 - negative, 0.1)
    return Saved(info, tuple(point(t_s, used=10 + t_s, mix=mix) for t_s in range(length_s)))


def with_segments(session: Saved, *segments: tuple[float, str]) -> Saved:
    rows = tuple(Segment(number, *each) for number, each in enumerate(segments, 1))
    return replace(session, annotations=Annotations(segments=rows))


def test_by_start_a_shorter_session_ends_where_it_ends() -> None:
    aligned = align_by_start([saved(1, 100, 0.2), saved(2, 60, 0.5)])
    assert aligned.session_ids == (1, 2)
    assert aligned.shares.shape == (2, 100, 3)
    assert np.allclose(aligned.shares[0, :, 0], 0.2)
    assert np.allclose(aligned.shares[1, :60, 0], 0.5)
    assert np.isnan(aligned.shares[1, 60:]).all()
    assert np.isnan(aligned.used[1, 60:]).all()


def test_columns_hold_means_of_their_seconds() -> None:
    aligned = align_by_start([saved(1, 100)], columns=10)
    assert np.allclose(aligned.edges_s, np.arange(0, 101, 10))
    assert np.allclose(aligned.used[0], 10 + 4.5 + 10 * np.arange(10))


def test_excluded_seconds_are_missing() -> None:
    session = saved(1, 100)
    session = replace(session, annotations=Annotations(exclusions=(Exclusion(1, 20, 40),)))
    aligned = align_by_start([session])
    assert np.isnan(aligned.shares[0, 20:40]).all()
    assert np.isfinite(aligned.shares[0, :20]).all()
    assert np.isfinite(aligned.shares[0, 40:]).all()


def test_by_segment_each_common_topic_starts_at_one_place() -> None:
    first = with_segments(saved(1, 100), (10, "Lenses"), (40, "Break"), (50, "Mirrors"))
    second = with_segments(saved(2, 100), (0, " mirrors "), (20, "LENSES"), (80, "Questions"))
    assert common_segments([first, second]) == ("Lenses", "Mirrors")
    aligned = align_by_segment([first, second])
    assert [(slot.title, slot.start_s, slot.end_s) for slot in aligned.slots] == [
        ("Lenses", 0, 60),
        ("Mirrors", 60, 110),
    ]
    # The used count says which second of a session stands where.
    assert (aligned.used[0, 0], aligned.used[1, 0]) == (10 + 10, 10 + 20)
    assert (aligned.used[0, 60], aligned.used[1, 60]) == (10 + 50, 10 + 0)
    assert np.isnan(aligned.used[0, 30:60]).all(), "the first session's Lenses is 30 s shorter"


def test_a_title_used_twice_is_matched_in_turn() -> None:
    first = with_segments(saved(1, 90), (0, "Exercise"), (30, "Talk"), (60, "Exercise"))
    second = with_segments(saved(2, 90), (0, "Exercise"), (40, "Exercise"))
    assert common_segments([first, second]) == ("Exercise", "Exercise")
    aligned = align_by_segment([first, second])
    assert [slot.start_s for slot in aligned.slots] == [0, 40]
    assert (aligned.used[0, 40], aligned.used[1, 40]) == (10 + 60, 10 + 40)


def test_nothing_in_common_makes_an_empty_axis() -> None:
    aligned = align_by_segment([with_segments(saved(1, 50), (0, "A")), saved(2, 50)])
    assert aligned.shares.shape == (2, 0, 3)
    assert aligned.slots == ()


def test_empty_sessions_and_none_at_all_are_no_problem() -> None:
    assert align_by_start([saved(1, 0)]).shares.shape == (1, 0, 3)
    assert align_by_start([]).shares.shape == (0, 0, 3)
    (row,) = course_over_weeks([saved(1, 0)])
    assert row.summary.shares is None


def test_a_course_is_listed_by_date_with_weeks_from_its_first_monday() -> None:
    # STARTED_AT is a Monday.
    rows = course_over_weeks([saved(3, 60, 0.4, days=14), saved(1, 60, 0.2), saved(2, 60, days=6)])
    assert [(row.session_id, row.week) for row in rows] == [(1, 1), (2, 1), (3, 3)]
    mixes = [row.summary.shares for row in rows]
    assert [round(mix[0], 3) for mix in mixes if mix is not None] == [0.2, 0.2, 0.4]
