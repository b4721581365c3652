from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import Float32Array, Look, TimelinePoint
from classroom_monitor.sessions.timeline import TimelineBuilder
from tests.sessions.samples import STARTED_AT


@dataclass(frozen=True)
class Run:
    """A session's looks, how it was set up, and the points it gave."""

    looks: list[Look]
    group_minimum: int
    counts_only: bool
    points: list[TimelinePoint]


def _probabilities(seed: int, used: int) -> Float32Array:
    rows = np.random.default_rng(seed).dirichlet([0.3, 0.3, 0.3], used).astype(np.float32)
    return rows.reshape(used, 3)


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Sessions with steps of up to four seconds between looks, some of them backwards."""
    group_minimum = draw(st.integers(1, 6))
    counts_only = draw(st.booleans())
    builder = TimelineBuilder(group_minimum, counts_only, STARTED_AT)
    at_s = 0.0
    looks: list[Look] = []
    points: list[TimelinePoint] = []
    steps = st.floats(-0.5, 4.0, allow_nan=False)
    for step in draw(st.lists(steps, max_size=30)):
        at_s = max(0.0, at_s + step)
        seen = draw(st.integers(0, 12))
        used = draw(st.integers(0, seen))
        rows = None if counts_only else _probabilities(len(looks), used)
        looks.append(Look(at_s, seen, used, rows))
        if draw(st.booleans()):
            points += builder.advance(at_s)
        points += builder.add(looks[-1])
    points += builder.finish(at_s + draw(st.floats(0.0, 3.0)))
    return Run(looks, group_minimum, counts_only, points)


@given(runs())
@settings(deadline=None)
def test_each_second_is_handed_out_once_in_order(run: Run) -> None:
    assert [point.t_s for point in run.points] == list(range(len(run.points)))
    newest_s = max((look.at_s for look in run.looks), default=-1.0)
    assert len(run.points) >= math.floor(newest_s) + 1


@given(runs())
@settings(deadline=None)
def test_counts_and_coverage_stay_within_their_ranges(run: Run) -> None:
    for point in run.points:
        assert 0 <= point.used <= point.seen <= 12
        assert 0 <= point.expected <= 12
        assert point.coverage is None or 0.0 <= point.coverage <= 1.0
        assert not point.gap or (point.seen, point.used, point.coverage) == (0, 0, None)


@given(runs())
@settings(deadline=None)
def test_no_second_below_the_minimum_and_none_of_counts_only_has_shares(run: Run) -> None:
    for point in run.points:
        enough = point.used >= run.group_minimum and not run.counts_only
        assert (point.shares is not None) == enough


@given(runs())
@settings(deadline=None)
def test_shares_sum_to_one_and_lie_within_their_bounds(run: Run) -> None:
    for shares in (point.shares for point in run.points if point.shares is not None):
        mix = (shares.negative, shares.neutral, shares.positive)
        assert math.isclose(sum(mix), 1.0, abs_tol=1e-9)
        for share, low, high in zip(mix, shares.low, shares.high, strict=True):
            assert 0.0 <= low <= share <= high <= 1.0


@given(runs(), st.integers(0, 1_000))
@settings(deadline=None)
def test_looks_below_the_minimum_cannot_be_read_from_the_shares(run: Run, seed: int) -> None:
    """Other moods on the faces of small groups leave every stored value as it was."""
    if run.counts_only:
        return
    builder = TimelineBuilder(run.group_minimum, False, STARTED_AT)
    points = []
    for number, look in enumerate(run.looks):
        small = look.used < run.group_minimum
        rows = _probabilities(seed + number, look.used) if small else look.used_probabilities
        points += builder.add(Look(look.at_s, look.seen, look.used, rows))
    points += builder.finish(0.0)
    for before, after in zip(run.points, points, strict=False):
        assert before.shares == after.shares
