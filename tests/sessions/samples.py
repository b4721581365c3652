"""Looks, points and sessions that the tests of this folder start from."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import numpy as np

from classroom_monitor.contracts import Look, NewSession, Shares, TimelinePoint

STARTED_AT = datetime(2026, 3, 2, 9, 15, 0, 250_000, tzinfo=timezone(timedelta(hours=1)))


def look(at_s: float, used: int, seen: int | None = None, mood: int = 1) -> Look:
    """A look whose used faces all certainly show one mood (1: neutral)."""
    probabilities = np.zeros((used, 3), dtype=np.float32)
    probabilities[:, mood] = 1.0
    return Look(at_s, used if seen is None else seen, used, probabilities)


def new_session(
    title: str = "Optics 4", group_minimum: int = 5, counts_only: bool = False
) -> NewSession:
    """A session as the composition root starts one."""
    return NewSession(
        title=title,
        source="room.mp4",
        started_at=STARTED_AT,
        mode="room",
        engine="litert-int8",
        group_minimum=group_minimum,
        counts_only=counts_only,
        model="valence",
    )


def shares(negative: float, neutral: float, positive: float) -> Shares:
    """Shares with made-up bounds a tenth to each side."""
    mix = (negative, neutral, positive)
    low = (max(0.0, mix[0] - 0.1), max(0.0, mix[1] - 0.1), max(0.0, mix[2] - 0.1))
    high = (min(1.0, mix[0] + 0.1), min(1.0, mix[1] + 0.1), min(1.0, mix[2] + 0.1))
    return Shares(negative, neutral, positive, low, high)


def point(t_s: int, used: int = 8, seen: int = 10, mix: Shares | None = None) -> TimelinePoint:
    """A looked-at second with the given counts; without shares unless a mix is given."""
    return TimelinePoint(
        t_s=t_s,
        clock=STARTED_AT + timedelta(seconds=t_s),
        seen=seen,
        used=used,
        shares=mix,
        expected=10,
        coverage=used / 10,
        gap=False,
    )


def gap_point(t_s: int) -> TimelinePoint:
    """A second without looks."""
    clock = STARTED_AT + timedelta(seconds=t_s)
    return TimelinePoint(t_s, clock, 0, 0, None, expected=10, coverage=None, gap=True)
