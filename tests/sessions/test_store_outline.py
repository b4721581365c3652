"""Thumbnails: what the database thins agrees with what the points say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from classroom_monitor.contracts import Exclusion, TimelinePoint
from classroom_monitor.sessions.seconds import included
from classroom_monitor.sessions.store import open_store
from tests.sessions.samples import gap_point, new_session, point, shares


def values(second: TimelinePoint) -> list[float]:
    """Negative, neutral, positive, coverage and seen of a second."""
    mix = [np.nan] * 3
    if second.shares is not None:
        mix = [second.shares.negative, second.shares.neutral, second.shares.positive]
    coverage = np.nan if second.coverage is None else second.coverage
    return [*mix, coverage, np.nan if second.gap else float(second.seen)]


def slowly(
    points: list[TimelinePoint], exclusions: list[Exclusion], columns: int
) -> NDArray[np.float64]:
    """The outline computed from the points; NaN where a step has nothing."""
    steps: list[list[list[float]]] = [[] for _ in range(columns)]
    for second, counts in zip(points, included(points, exclusions), strict=True):
        if counts:
            steps[second.t_s * columns // len(points)].append(values(second))
    outline = np.full((columns, 5), np.nan)
    for step, rows in enumerate(steps):
        for place in range(5):
            there = [row[place] for row in rows if not np.isnan(row[place])]
            outline[step, place] = np.mean(there) if there else np.nan
    return outline


def lecture(seconds: int) -> list[TimelinePoint]:
    """Seconds with a drifting mix, some without one, and a gap."""
    points = []
    for t_s in range(seconds):
        if 40 <= t_s < 60:
            points.append(gap_point(t_s))
        elif t_s % 7 == 0:
            points.append(point(t_s, used=3))
        else:
            part = 0.8 * t_s / seconds
            points.append(point(t_s, used=5 + t_s % 4, mix=shares(part, 0.9 - part, 0.1)))
    return points


@pytest.mark.parametrize("columns", [1, 7, 64, 150])
def test_each_step_is_the_mean_of_its_seconds_that_count(tmp_path: Path, columns: int) -> None:
    points = lecture(150)
    cuts = [Exclusion(0, 10.5, 30.0), Exclusion(0, 29.0, 33.25), Exclusion(0, 149.0, 400.0)]
    with open_store(tmp_path) as store:
        other, writer = store.begin(new_session()), store.begin(new_session())
        other.append([point(0)])
        writer.append(points)
        store.annotate(other.session_id, [Exclusion(0, 60.0, 90.0)], [])
        store.annotate(writer.session_id, cuts, [])
        thinned = store.outline(writer.session_id, columns)
    assert thinned.shape == (columns, 5)
    np.testing.assert_allclose(thinned, slowly(points, cuts, columns), atol=1e-12)


def test_a_short_session_fills_all_columns(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        writer = store.begin(new_session())
        writer.append([point(0, seen=10), point(1, seen=20)])
        assert store.outline(writer.session_id, 5)[:, 4].tolist() == [10, 10, 10, 20, 20]


def test_an_empty_session_has_an_empty_outline(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        thinned = store.outline(store.begin(new_session()).session_id, 4)
    assert thinned.shape == (4, 5)
    assert np.isnan(thinned).all()
