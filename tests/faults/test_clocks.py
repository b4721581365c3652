"""Clocks that jump, stand still or change their offset: seconds stay in order, gaps are marked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest

from classroom_monitor.contracts import Frame, SessionState, TimelinePoint
from classroom_monitor.live.parts import Clocks
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.steady_clock import steady_s
from tests.live.rig import PLAN, Rig, eventually

WINTER = timezone(timedelta(hours=1))
SUMMER = timezone(timedelta(hours=2))


def lecture(folder: Path, now: Callable[[Rig], datetime], jump: Callable[[Rig], None]) -> Rig:
    """Run three seconds on a clock of one's own, with a jump after one and a half."""
    rig = Rig()

    def happen(frame: Frame) -> None:
        if frame.index == 15:
            eventually(lambda: len(rig.snapshot().points) == 1)
            jump(rig)

    rig.analyser.before = happen
    clocks = Clocks(rig.clock.monotonic_s, lambda: now(rig))
    rig.parts = replace(rig.parts, open_store=partial(open_store, folder), clocks=clocks)
    rig.session = LiveSession(PLAN, rig.parts)
    rig.gives(31, rig.hang())
    rig.run_to(points=3)
    rig.released.set()
    rig.session.stop(20.0)
    return rig


def stored(folder: Path) -> list[TimelinePoint]:
    with open_store(folder) as store:
        info = store.session("latest")
        assert info.state is SessionState.COMPLETE
        return store.points(info.session_id)


class WallClock:
    """The system's clock, which may be set."""

    def __init__(self, start: datetime) -> None:
        self.start = start

    def now(self, rig: Rig) -> datetime:
        return self.start + timedelta(seconds=rig.clock.s - 100.0)


@pytest.mark.parametrize(
    "jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=-20_000), timedelta(days=900)]
)
def test_a_system_clock_that_jumps_reorders_nothing(jump: timedelta, tmp_path: Path) -> None:
    wall = WallClock(datetime(2026, 3, 2, 12, 0, tzinfo=WINTER))

    def set_clock(rig: Rig) -> None:
        wall.start += jump

    rig = lecture(tmp_path, wall.now, set_clock)
    points = stored(tmp_path)
    assert points == list(rig.snapshot().points)
    assert [point.t_s for point in points] == [0, 1, 2, 3]
    assert not any(point.gap for point in points)
    assert [point.clock - points[0].clock for point in points] == [
        timedelta(seconds=second) for second in range(4)
    ]


@pytest.mark.parametrize(
    ("start", "after"),
    [
        pytest.param(
            datetime(2026, 3, 29, 1, 59, 58, tzinfo=WINTER),
            datetime(2026, 3, 29, 3, 0, 0, tzinfo=SUMMER),
            id="summer time begins",
        ),
        pytest.param(
            datetime(2026, 10, 25, 2, 59, 58, tzinfo=SUMMER),
            datetime(2026, 10, 25, 2, 0, 0, tzinfo=WINTER),
            id="summer time ends",
        ),
        pytest.param(
            datetime(2026, 12, 31, 23, 59, 58, tzinfo=WINTER),
            datetime(2027, 1, 1, 0, 0, 0, tzinfo=WINTER),
            id="midnight",
        ),
    ],
)
def test_a_session_over_a_change_of_the_clock_keeps_its_order(
    start: datetime, after: datetime, tmp_path: Path
) -> None:
    wall = WallClock(start)

    def change_offset(rig: Rig) -> None:
        wall.start = wall.start.astimezone(after.tzinfo)

    lecture(tmp_path, wall.now, change_offset)
    points = stored(tmp_path)
    assert points[2].clock == after
    assert [point.clock.timestamp() for point in points] == [
        start.timestamp() + second for second in range(4)
    ]
    assert len({point.clock.utcoffset() for point in points}) == 1


@pytest.mark.parametrize("slept_s", [3.0, 1800.0, 40_000.0])
def test_sleep_of_the_machine_is_a_gap_of_its_length(slept_s: float, tmp_path: Path) -> None:
    """Suspended to memory: the steady clock has gone on, and frames come again."""
    rig = Rig()
    rig.parts = replace(rig.parts, open_store=partial(open_store, tmp_path))
    rig.session = LiveSession(PLAN, rig.parts)

    def sleep() -> None:
        rig.clock.s += slept_s

    rig.gives(15, sleep)  # then the camera is gone, as after a suspend
    rig.gives(16, rig.hang())
    rig.session.start()
    eventually(lambda: len(rig.analyser.at_s) == 31)
    rig.released.set()
    rig.session.stop(20.0)
    points = stored(tmp_path)
    assert [point.t_s for point in points] == list(range(len(points)))
    assert len(points) >= slept_s
    assert sum(point.gap for point in points) == pytest.approx(slept_s, abs=2.0)
    assert not points[0].gap
    assert not points[-1].gap


def test_the_clock_of_sessions_counts_the_sleep_of_the_machine() -> None:
    first = steady_s()
    assert steady_s() >= first
    if sys.platform == "linux":
        asleep_s = time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
        assert steady_s() - time.monotonic() == pytest.approx(asleep_s, abs=1.0)
    assert Clocks().monotonic_s is steady_s
