"""A paused source is closed, or held, and goes on without a trace but its gap."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from classroom_monitor.contracts import Camera, CaptureState, Frame
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.slot import Slot
from tests.fakes.camera import FakeCamera, Step, block, fail, flow, frames
from tests.fakes.threads import no_threads_left
from tests.live.rig import Clock, eventually

LONG_S = 20.0  # only ever waited for by a test that fails
SETTINGS = CaptureSettings(
    open_timeout_s=LONG_S, stall_timeout_s=LONG_S, backoff_min_s=LONG_S, backoff_max_s=LONG_S
)


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """The event that blocked cameras wait for, set at the end so that their threads end."""
    with no_threads_left():
        event = threading.Event()
        yield event
        event.set()


class Bench:
    """A supervisor over cameras made one after another, on a clock that stands."""

    def __init__(self, *cameras: FakeCamera, settings: CaptureSettings = SETTINGS) -> None:
        self.clock = Clock()
        self.cameras = iter(cameras)
        self.slot: Slot[Frame] = Slot()
        self.supervisor = CaptureSupervisor(self.make, self.slot, settings, self.clock.monotonic_s)

    def make(self) -> Camera:
        return next(self.cameras)

    def __enter__(self) -> CaptureSupervisor:
        self.supervisor.start()
        return self.supervisor

    def __exit__(self, *exc_info: object) -> None:
        self.supervisor.stop(timeout_s=LONG_S)


def test_a_paused_camera_is_closed_and_opened_again(release: threading.Event) -> None:
    first, second = FakeCamera(flow(release)), FakeCamera(flow(release))
    with Bench(first, second) as capture:
        assert capture.wait_for([CaptureState.RUNNING], LONG_S)
        capture.pause()
        assert capture.status().state is CaptureState.PAUSED
        assert capture.status().message == ""
        assert capture.latest_frame() is None
        eventually(lambda: first.calls == ["open", "close"])
        captured = capture.frames
        assert second.calls == []
        assert capture.latest_frame() is None
        capture.resume()
        assert capture.wait_for([CaptureState.RUNNING], LONG_S)
        assert second.calls == ["open"]
        assert capture.frames > captured
        release.set()


def test_a_pause_is_time_on_the_axis_and_no_lost_frames(release: threading.Event) -> None:
    bench = Bench(
        FakeCamera([*frames(30, 0.1), block(release)]),
        FakeCamera([*frames(1), block(release)]),
    )
    bench.clock.s = 200.0
    with bench as capture:
        eventually(lambda: capture.frames == 30)
        bench.clock.s += 2.9
        capture.pause()
        bench.clock.s += 60.0
        assert capture.now_s() == pytest.approx(62.9)
        release.set()
        capture.resume()
        eventually(lambda: capture.frames == 31)
        newest = capture.latest_frame()
        assert newest is not None
        assert newest.captured_at_s == pytest.approx(62.9)
        assert capture.status().lost == 0


def test_a_camera_that_hangs_is_left_behind_for_the_pause(release: threading.Event) -> None:
    hung = FakeCamera([*frames(1), block(release), *frames(5)])
    soon = replace(SETTINGS, stall_timeout_s=0.02)
    bench = Bench(hung, FakeCamera(flow(release)), settings=soon)
    with bench as capture:
        eventually(lambda: capture.frames == 1)
        capture.pause()
        eventually(lambda: "may still be on" in capture.status().message)
        release.set()
        eventually(lambda: hung.calls == ["open", "close"])
        eventually(lambda: capture.status().message == "")
        assert capture.frames == 1
        assert capture.latest_frame() is None
        assert capture.status().state is CaptureState.PAUSED


def test_the_camera_is_closed_before_it_is_opened_again(release: threading.Event) -> None:
    returns = threading.Event()
    first, second = FakeCamera([*frames(1), block(returns)]), FakeCamera(flow(release))
    with Bench(first, second) as capture:
        assert capture.wait_for([CaptureState.RUNNING], LONG_S)
        capture.pause()
        capture.resume()
        assert capture.status().state is CaptureState.OPENING
        assert not capture.wait_for([CaptureState.RUNNING], 0.1)
        assert second.calls == []
        returns.set()
        assert capture.wait_for([CaptureState.RUNNING], LONG_S)
        assert first.calls == ["open", "close"]
        release.set()


def test_a_source_that_is_paused_before_it_starts_is_not_opened(release: threading.Event) -> None:
    camera = FakeCamera(flow(release))
    bench = Bench(camera)
    bench.supervisor.pause()
    with bench as capture:
        assert not capture.wait_for([CaptureState.RUNNING], 0.1)
        assert camera.calls == []
        capture.resume()
        assert capture.wait_for([CaptureState.RUNNING], LONG_S)
        release.set()


def test_a_lost_source_is_not_sought_during_a_pause(release: threading.Event) -> None:
    lost, found = FakeCamera([*frames(1), fail()]), FakeCamera(flow(release))
    with Bench(lost, found) as capture:
        assert capture.wait_for([CaptureState.LOST], LONG_S)
        capture.pause()
        capture.pause()
        assert capture.status().state is CaptureState.PAUSED
        assert not capture.wait_for([CaptureState.RUNNING], 0.1)
        capture.resume()
        capture.resume()
        assert capture.wait_for([CaptureState.RUNNING], LONG_S)
        release.set()


def test_a_paused_source_can_be_stopped(release: threading.Event) -> None:
    with Bench(FakeCamera(flow(release))) as capture:
        assert capture.wait_for([CaptureState.RUNNING], LONG_S)
        capture.pause()
        assert capture.stop(LONG_S)


def waits(started: threading.Event, until: threading.Event) -> Step:
    """Say that the frame is asked for, and wait."""

    def step() -> None:
        started.set()
        until.wait()

    return step


def test_a_paused_recording_goes_on_where_it_was(release: threading.Event) -> None:
    asked, may_go_on = threading.Event(), threading.Event()
    steps = [*frames(5), waits(asked, may_go_on), *frames(3, start_s=0.5)]
    film = FakeCamera(steps, is_live=False)
    bench = Bench(film)
    with bench as capture:
        assert asked.wait(LONG_S)
        bench.clock.s += 0.5
        capture.pause()
        assert capture.latest_frame() is None
        bench.clock.s += 30.0
        may_go_on.set()
        assert not capture.wait_for([CaptureState.ENDED], 0.1)
        assert film.calls == ["open"]
        capture.resume()
        assert capture.wait_for([CaptureState.ENDED], LONG_S)
        newest = capture.latest_frame()
        assert newest is not None
        assert capture.frames == 8
        assert newest.captured_at_s == pytest.approx(30.5)
        capture.pause()
        assert capture.status().state is CaptureState.ENDED
