"""One axis for all frames, and counts that do not call late frames lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import Frame
from classroom_monitor.live.capture_clock import FrameClock, FrameCounts
from tests.fakes.camera import picture

INTERVAL_S = 0.04


def frame_at(captured_at_s: float) -> Frame:
    return Frame(0, captured_at_s, picture())


@settings(deadline=None)
@given(
    openings=st.lists(
        st.tuples(
            st.floats(0.0, 100.0),  # outage before
            st.lists(st.floats(0.001, 5.0), max_size=5),  # intervals of the frames
        ),
        min_size=1,
        max_size=5,
    ),
    start_s=st.floats(0.0, 1e6),
)
def test_live_frames_stay_on_one_axis(
    openings: list[tuple[float, list[float]]], start_s: float
) -> None:
    clock = FrameClock()
    now_s = start_s
    placed: list[Frame] = []
    for number, (outage_s, intervals_s) in enumerate(openings):
        now_s += outage_s if number else 0.0
        placed.append(clock.place_live(frame_at(0.0), now_s, is_first=True))
        since_s = 0.0
        for interval_s in intervals_s:
            since_s += interval_s
            placed.append(clock.place_live(frame_at(since_s), now_s + since_s, is_first=False))
        now_s += since_s
    times_s = [frame.captured_at_s for frame in placed]
    assert [frame.index for frame in placed] == list(range(len(placed)))
    assert times_s[0] == 0.0
    assert all(earlier < later for earlier, later in pairwise(times_s))
    assert times_s[-1] == pytest.approx(now_s - start_s, abs=1e-4)
    assert clock.now_s(now_s + 1.0) == pytest.approx(now_s - start_s + 1.0)


def test_an_outage_is_as_long_on_the_axis_as_it_was() -> None:
    clock = FrameClock()
    clock.place_live(frame_at(0.0), 100.0, is_first=True)
    before = clock.place_live(frame_at(2.0), 102.01, is_first=False)
    after = clock.place_live(frame_at(0.0), 107.0, is_first=True)
    assert (before.captured_at_s, after.captured_at_s) == (2.0, 7.0)


def test_no_live_frame_is_put_into_the_future() -> None:
    clock = FrameClock()
    clock.place_live(frame_at(0.0), 100.0, is_first=True)
    assert clock.place_live(frame_at(5.0), 102.0, is_first=False).captured_at_s == 2.0


def test_a_recording_keeps_its_times_and_is_due_by_them() -> None:
    clock = FrameClock()
    assert clock.due_s(frame_at(0.0)) is None
    clock.shift_to(frame_at(0.0), 50.0)
    assert clock.due_s(frame_at(1.5)) == 51.5
    clock.shift_to(frame_at(1.5), 60.0)
    assert clock.due_s(frame_at(2.0)) == 60.5
    assert clock.place_recorded(frame_at(2.0)).captured_at_s == 2.0


def count_at(times_s: list[float], *, is_live: bool = True) -> FrameCounts:
    counts = FrameCounts()
    for number, at_s in enumerate(times_s):
        counts.add(at_s, is_live=is_live, is_first=number == 0)
    return counts


def regular(frames: int, start_s: float = 0.0) -> list[float]:
    return [start_s + number * INTERVAL_S for number in range(frames)]


def test_a_regular_source_loses_nothing() -> None:
    counts = count_at(regular(200))
    assert counts.lost == 0
    assert counts.fps(199 * INTERVAL_S) == pytest.approx(25.0)


@pytest.mark.parametrize("missing", [1, 2, 50])
def test_a_gap_counts_as_the_frames_that_fit_into_it(missing: int) -> None:
    before = regular(100)
    after = regular(100, before[-1] + (missing + 1) * INTERVAL_S)
    assert count_at(before + after).lost == missing


def test_a_recording_loses_nothing() -> None:
    assert count_at([*regular(100), 60.0], is_live=False).lost == 0


def test_late_frames_are_not_lost() -> None:
    times_s = regular(100)
    for late in range(50, 55):
        times_s[late] = times_s[55] - 0.001 * (55 - late)
    assert count_at(times_s).lost == 0


def test_frames_that_waited_in_the_driver_say_nothing_of_the_rate() -> None:
    burst = [0.0001 * number for number in range(20)]
    assert count_at(burst + regular(100, INTERVAL_S)).lost == 0


def test_the_rate_fades_when_frames_stop() -> None:
    counts = count_at(regular(100))
    assert counts.fps(100 * INTERVAL_S + 1.0) < 25.0
    assert counts.fps(100 * INTERVAL_S + 10.0) == 0.0
