"""Alerts come late, stay, go with room to spare, and never storm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from classroom_monitor.contracts import Shares, TimelinePoint
from classroom_monitor.sessions.alerts import AlertKind, AlertLimits, Alerts
from classroom_monitor.sessions.bounds import share_bounds
from tests.sessions.samples import gap_point, point, shares
from tests.simulated_rooms import Lecture, simulated

LIMITS = AlertLimits(negative_rise=0.15, coverage=0.5, after_s=60)


def second(
    t_s: int, negative: float = 0.2, used: int = 8, half_width: float = 0.1
) -> TimelinePoint:
    mix = (negative, 0.9 - negative, 0.1)
    low = tuple(max(0.0, share - half_width) for share in mix)
    high = tuple(min(1.0, share + half_width) for share in mix)
    return point(t_s, used=used, mix=Shares(*mix, low=low, high=high))  # type: ignore[arg-type]


def onsets(alerts: Alerts, points: Iterable[TimelinePoint], kind: AlertKind) -> list[int]:
    """Return the seconds in which an alert of a kind goes on."""
    found, was_on = [], False
    for each in points:
        on = any(state.kind == kind for state in alerts.add(each))
        if on and not was_on:
            found.append(each.t_s)
        was_on = on
    return found


def test_negative_that_rises_for_long_alerts_once_and_says_since_when() -> None:
    alerts = Alerts(LIMITS)
    calm = [second(t_s) for t_s in range(600)]
    risen = [second(t_s, 0.5) for t_s in range(600, 900)]
    assert onsets(alerts, calm, "negative") == []
    (onset,) = onsets(alerts, risen, "negative")
    assert 660 <= onset <= 690
    (state,) = alerts.add(second(900, 0.5))
    assert state.kind == "negative"
    assert 600 <= state.since_s <= 630
    assert state.value == pytest.approx(0.5)
    assert state.usual == pytest.approx(0.2)


def test_a_short_rise_and_a_small_one_do_not_alert() -> None:
    points = [second(t_s, 0.5 if 600 <= t_s < 650 else 0.2) for t_s in range(1200)]
    points += [second(t_s, 0.3) for t_s in range(1200, 1800)]
    assert onsets(Alerts(LIMITS), points, "negative") == []


def test_a_rise_that_few_faces_cannot_tell_from_chance_does_not_alert() -> None:
    points = [second(t_s, 0.5 if t_s >= 600 else 0.2, half_width=0.45) for t_s in range(1200)]
    assert onsets(Alerts(LIMITS), points, "negative") == []


def test_nothing_alerts_before_there_is_anything_to_compare_with() -> None:
    points = [second(t_s, 0.6) for t_s in range(170)]
    assert onsets(Alerts(LIMITS), points, "negative") == []


def test_an_alert_goes_once_the_share_is_safely_back_and_not_before() -> None:
    alerts = Alerts(LIMITS)
    for t_s in range(900):
        alerts.add(second(t_s, 0.5 if t_s >= 600 else 0.2))
    for t_s in range(900, 1200):
        assert alerts.add(second(t_s, 0.31)), "under the limit, but not safely back"
    shown = [bool(alerts.add(second(t_s, 0.2))) for t_s in range(1200, 1300)]
    assert shown[20]
    assert not shown[-1]


@pytest.mark.parametrize("period_s", [20, 90, 200, 400])
def test_a_value_that_wavers_around_its_limit_makes_no_storm(period_s: int) -> None:
    wavering = 0.35 + 0.2 * np.sin(2 * np.pi * np.arange(3600) / period_s)
    points = [second(t_s) for t_s in range(600)]
    points += [second(600 + t_s, float(share)) for t_s, share in enumerate(wavering)]
    assert len(onsets(Alerts(LIMITS), points, "negative")) <= 3600 / (300 + 60)


def test_a_lasting_rise_becomes_the_usual() -> None:
    alerts = Alerts(LIMITS)
    points = [second(t_s, 0.5 if t_s >= 600 else 0.2) for t_s in range(3600)]
    assert len(onsets(alerts, points, "negative")) == 1
    assert alerts.add(second(3600, 0.5)) == ()


def test_a_dismissed_alert_stays_away_until_its_cause_is_over() -> None:
    alerts = Alerts(LIMITS)
    onsets(alerts, [second(t_s, 0.5 if t_s >= 600 else 0.2) for t_s in range(700)], "negative")
    alerts.dismiss("negative")
    assert onsets(alerts, [second(t_s, 0.5) for t_s in range(700, 1000)], "negative") == []
    assert onsets(alerts, [second(t_s, 0.2) for t_s in range(1000, 1500)], "negative") == []
    assert len(onsets(alerts, [second(t_s, 0.5) for t_s in range(1500, 1800)], "negative")) == 1


def test_low_coverage_alerts_without_any_shares() -> None:
    points = [point(t_s, used=8 if t_s < 300 else 3) for t_s in range(600)]
    (onset,) = onsets(Alerts(LIMITS), points, "coverage")
    assert 360 <= onset <= 390


def test_a_gap_is_no_low_coverage_and_waiting_begins_anew_after_it() -> None:
    points = [point(t_s, used=8 if t_s < 300 else 3) for t_s in range(340)]
    points += [gap_point(t_s) for t_s in range(340, 640)]
    points += [point(t_s, used=3) for t_s in range(640, 690)]
    assert onsets(Alerts(LIMITS), points, "coverage") == []


def alerts_of(lecture: Lecture, seed: int) -> list[int]:
    """Return when negative alerts come in a simulated lecture."""
    seconds = simulated(lecture, np.random.default_rng(seed)).seconds
    points = []
    for t_s, (used, mix) in enumerate(zip(seconds.used, seconds.shares, strict=True)):
        low = share_bounds(float(mix[0]), 0.1, int(used))[0] if np.isfinite(mix[0]) else 0.0
        there = replace(shares(*mix), low=(low, 0.0, 0.0), high=(1.0, 1.0, 1.0))
        points.append(point(t_s, used=int(used), mix=there if np.isfinite(mix[0]) else None))
    return onsets(Alerts(LIMITS), points, "negative")


def test_simulated_lectures_alert_for_a_rise_and_hardly_without() -> None:
    calm = Lecture(3600, 20, (0.2, 0.55, 0.25), mood_s=20.0)
    assert sum(len(alerts_of(calm, seed)) for seed in range(4)) <= 1
    risen = replace(calm, steps=((1800, (0.5, 0.3, 0.2)),))
    for seed in range(4):
        assert any(1860 <= onset <= 2200 for onset in alerts_of(risen, seed))
