from __future__ import annotations

import pytest

from classroom_monitor.sessions.recent import RecentMix, recent_mix
from tests.sessions.samples import gap_point, point, shares


def test_averages_the_last_seconds_by_their_used_faces() -> None:
    points = [
        point(0, used=9, mix=shares(1.0, 0.0, 0.0)),
        point(1, used=6, mix=shares(0.0, 1.0, 0.0)),
        point(2, used=2, mix=shares(0.0, 0.0, 1.0)),
    ]
    assert recent_mix(points, window_s=2) == RecentMix(0.0, 0.75, 0.25, counted_s=2, stretch_s=2)


def test_seconds_without_shares_and_gaps_add_nothing() -> None:
    points = [point(0, used=6, mix=shares(0.2, 0.3, 0.5)), point(1, used=3), gap_point(2)]
    mix = recent_mix(points, window_s=60)
    assert mix is not None
    assert (mix.counted_s, mix.stretch_s) == (1, 3)
    assert (mix.negative, mix.neutral, mix.positive) == pytest.approx((0.2, 0.3, 0.5))


def test_is_none_where_no_second_has_shares() -> None:
    assert recent_mix([], window_s=60) is None
    assert recent_mix([point(0, used=3), gap_point(1)], window_s=60) is None
    older = point(0, used=6, mix=shares(0.2, 0.3, 0.5))
    assert recent_mix([older, gap_point(1)], window_s=1) is None
    assert recent_mix([older], window_s=0) is None
