"""Capture goes on whatever its camera does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from types import MappingProxyType

import pytest

from classroom_monitor.contracts import Camera, CaptureState, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.slot import Slot, SlotClosed
from tests.fakes.camera import FakeCamera, Step, block, crash, fail, flow, frames
from tests.fakes.threads import no_threads_left

LONG_S = 20.0  # only ever waited for by a test that fails
QUICK = CaptureSettings(
    open_timeout_s=LONG_S, stall_timeout_s=0.05, backoff_min_s=0.01, backoff_max_s=0.02
)
PATIENT = CaptureSettings(open_timeout_s=LONG_S, stall_timeout_s=LONG_S, backoff_min_s=0.01)
NEVER_REOPENS = CaptureSettings(
    open_timeout_s=LONG_S, stall_timeout_s=0.05, backoff_min_s=LONG_S, backoff_max_s=LONG_S
)


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """The event that blocked cameras wait for, set at the end so that their threads end."""
    with no_threads_left():
        event = threading.Event()
        yield event
        event.set()


class Bench:
    """A supervisor over cameras made one after another, the last one again and again.

    Making the camera of an index waits for the gate of that index, if it has one.
    """

    def __init__(
        self,
        cameras: Sequence[FakeCamera],
        settings: CaptureSettings = QUICK,
        gates: Mapping[int, threading.Event] = MappingProxyType({}),
    ) -> None:
        self.cameras = cameras
        self.made = 0
        self._making = threading.Condition()
        self.gates = gates
        self.slot: Slot[Frame] = Slot()
        self.supervisor = CaptureSupervisor(self.make, self.slot, settings)

    def make(self) -> Camera:
        with self._making:
            index = self.made
            self.made += 1
            self._making.notify_all()
        if gate := self.gates.get(index):
            gate.wait()
        return self.cameras[min(index, len(self.cameras) - 1)]

    def has_made(self, number: int, timeout_s: float = LONG_S) -> bool:
        """Wait until so many cameras were asked for."""
        with self._making:
            return self._making.wait_for(lambda: self.made >= number, timeout_s)

    def __enter__(self) -> Bench:
        self.supervisor.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.supervisor.stop(timeout_s=0.05)

    def reaches(self, *states: CaptureState) -> bool:
        return self.supervisor.wait_for(states, LONG_S)

    def take_all(self) -> list[Frame]:
        """Take frames until capture has ended."""
        taken: list[Frame] = []
        try:
            while (frame := self.slot.take(LONG_S)) is not None:
                taken.append(frame)
        except SlotClosed:
            return taken
        pytest.fail("capture has not ended")


def live(*steps: Step, open_step: Step | None = None) -> FakeCamera:
    return FakeCamera(list(steps), open_step=open_step)


def recording(*steps: Step, open_step: Step | None = None) -> FakeCamera:
    return FakeCamera(list(steps), is_live=False, open_step=open_step)


def test_frames_come_through_while_the_source_runs(release: threading.Event) -> None:
    with Bench([live(*frames(3), block(release))], PATIENT) as bench:
        frame = bench.slot.take(LONG_S)
        assert frame is not None
        assert bench.reaches(CaptureState.RUNNING)
        status = bench.supervisor.status()
        assert (status.source, status.message, status.fault) == ("fake", "", None)
        release.set()


def test_a_missing_source_is_waited_for(release: threading.Event) -> None:
    may_appear = threading.Event()
    missing = live(open_step=fail("No camera there; plug one in"))
    found = live(*frames(1), block(release))
    with Bench([missing, missing, missing, found], PATIENT, {3: may_appear}) as bench:
        assert bench.reaches(CaptureState.LOST)
        status = bench.supervisor.status()
        assert "No camera there; plug one in" in status.message
        assert status.fault is None
        may_appear.set()
        assert bench.reaches(CaptureState.RUNNING)
        assert bench.supervisor.status().message == ""
        release.set()


def test_a_camera_is_closed_before_it_is_opened_again(release: threading.Event) -> None:
    with Bench([FakeCamera([*frames(1), fail()])]) as bench:
        assert bench.reaches(CaptureState.LOST)
        assert bench.reaches(CaptureState.RUNNING)
        assert bench.reaches(CaptureState.LOST)
    camera = bench.cameras[0]
    assert camera.calls[:4] == ["open", "close", "open", "close"]


def test_a_stall_is_seen_and_a_camera_that_goes_on_is_kept(release: threading.Event) -> None:
    goes_on = threading.Event()
    camera = FakeCamera(chain(frames(2), [block(goes_on)], flow(release)))
    with Bench([camera], NEVER_REOPENS) as bench:
        assert bench.reaches(CaptureState.STALLED)
        assert "fake" in bench.supervisor.status().message
        goes_on.set()
        assert bench.reaches(CaptureState.RUNNING)
        release.set()
    assert bench.made == 1


def test_a_hung_camera_is_replaced_on_the_same_time_axis(release: threading.Event) -> None:
    may_return = threading.Event()
    cameras = [live(*frames(2), block(release)), live(*frames(1), block(release))]
    with Bench(cameras, QUICK, {1: may_return, 2: release}) as bench:
        assert bench.reaches(CaptureState.LOST)
        before = bench.supervisor.latest_frame()
        may_return.set()
        assert bench.reaches(CaptureState.RUNNING)
        after = bench.supervisor.latest_frame()
        now_s = bench.supervisor.now_s()
        assert before is not None
        assert after is not None
        assert now_s is not None
        assert (before.index, after.index) == (1, 2)
        assert after.captured_at_s - before.captured_at_s >= QUICK.stall_timeout_s
        assert now_s >= after.captured_at_s
        release.set()


def test_what_a_replaced_reader_brings_is_dropped(release: threading.Event) -> None:
    returns = threading.Event()
    hung = live(*frames(1), block(returns), *frames(5, start_s=2.0))
    with Bench([hung, live(block(release))], QUICK, {1: release}) as bench:
        assert bench.reaches(CaptureState.LOST)
        assert bench.has_made(2)
        first = bench.supervisor.latest_frame()
        returns.set()
        join_readers(but=1)
        assert bench.supervisor.latest_frame() is first
        assert hung.calls == ["open", "close"]
        assert bench.supervisor.status().state is CaptureState.LOST
        release.set()


def reader_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "capture-reader"]


def join_readers(but: int) -> None:
    """Wait until only so many reader threads are left."""
    readers = reader_threads()
    for thread in readers[: len(readers) - but]:
        thread.join(LONG_S)
        assert not thread.is_alive()


def test_a_hung_opening_is_tried_again_but_not_without_limit(release: threading.Event) -> None:
    settings = CaptureSettings(
        open_timeout_s=0.02, backoff_min_s=0.001, backoff_max_s=0.001, max_readers=3
    )
    hung = live(open_step=block(release))
    with Bench([hung], settings) as bench:
        assert bench.reaches(CaptureState.LOST)
        assert "does not answer" in bench.supervisor.status().message
        assert bench.has_made(3)
        assert not bench.has_made(4, timeout_s=0.3)


def test_a_camera_that_opens_after_it_was_given_up_is_not_heard(
    release: threading.Event,
) -> None:
    opens = threading.Event()
    settings = CaptureSettings(open_timeout_s=0.02, backoff_min_s=LONG_S, backoff_max_s=LONG_S)
    late = live(*frames(5), open_step=block(opens))
    with Bench([late], settings) as bench:
        assert bench.reaches(CaptureState.LOST)
        opens.set()
        join_readers(but=0)
        assert late.calls == ["open", "close"]
        assert bench.supervisor.status().state is CaptureState.LOST
        assert bench.supervisor.latest_frame() is None


def test_stopping_does_not_wait_for_a_hung_camera(
    release: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench([live(*frames(1), block(release), *frames(1))], PATIENT)
    with bench:
        assert bench.reaches(CaptureState.RUNNING)
        with caplog.at_level(logging.WARNING):
            assert not bench.supervisor.stop(timeout_s=0.01)
        assert "fake" in caplog.text
        latest = bench.supervisor.latest_frame()
        release.set()
        join_readers(but=0)
        assert bench.supervisor.latest_frame() is latest
        assert bench.supervisor.stop()
    assert bench.cameras[0].calls == ["open", "close"]


def test_stopping_closes_camera_and_slot(release: threading.Event) -> None:
    endless = FakeCamera(step for _ in count() for step in frames(1))
    with Bench([endless]) as bench:
        assert bench.reaches(CaptureState.RUNNING)
        assert bench.supervisor.stop(LONG_S)
        assert bench.supervisor.stop(LONG_S)
        assert bench.slot.closed
    assert endless.calls == ["open", "close"]


def test_stopping_before_the_start_is_harmless(release: threading.Event) -> None:
    bench = Bench([live()])
    assert bench.supervisor.stop()
    bench.supervisor.start()
    assert bench.supervisor.stop(LONG_S)
    assert bench.made == 0


def test_a_slow_taker_costs_only_skipped_frames(release: threading.Event) -> None:
    with Bench([live(*frames(100), block(release))], NEVER_REOPENS) as bench:
        assert bench.reaches(CaptureState.STALLED)
        status = bench.supervisor.status()
        frame = bench.slot.take(LONG_S)
        assert frame is not None
        assert (frame.index, status.skipped) == (99, 99)
        release.set()


def test_a_recording_plays_in_its_own_time_and_ends(release: threading.Event) -> None:
    with Bench([recording(*frames(4, interval_s=0.05))]) as bench:
        taken = bench.take_all()
        now_s = bench.supervisor.now_s()
        assert bench.reaches(CaptureState.ENDED)
    assert taken[-1].captured_at_s == pytest.approx(0.15)
    assert now_s is not None
    assert now_s >= 0.15
    assert bench.made == 1


def test_a_recording_that_was_held_up_is_played_on_from_there(release: threading.Event) -> None:
    time_s = [1000.0]

    def hold_up() -> None:
        time_s[0] += 100.0

    camera = recording(*frames(1), hold_up, *frames(1, start_s=0.1))
    supervisor = CaptureSupervisor(lambda: camera, Slot[Frame](), clock=lambda: time_s[0])
    supervisor.start()
    assert supervisor.wait_for([CaptureState.ENDED], LONG_S)
    assert supervisor.now_s() == pytest.approx(0.1)
    assert supervisor.stop(LONG_S)


def test_stopping_interrupts_a_recording_between_frames(release: threading.Event) -> None:
    with Bench([recording(*frames(2, interval_s=3600.0))]) as bench:
        assert bench.reaches(CaptureState.RUNNING)
        assert bench.supervisor.stop(LONG_S)


def test_a_silent_recording_stalls_but_is_not_started_over(release: threading.Event) -> None:
    with Bench([recording(*frames(1), block(release), *frames(1, start_s=0.1))]) as bench:
        assert bench.reaches(CaptureState.STALLED)
        release.set()
        assert bench.reaches(CaptureState.ENDED)
    assert bench.made == 1


@pytest.mark.parametrize("camera", [recording(open_step=fail("lecture.mp4 is gone; look for it"))])
def test_a_recording_that_fails_is_a_fault(camera: FakeCamera, release: threading.Event) -> None:
    with Bench([camera]) as bench:
        assert bench.take_all() == []
        status = bench.supervisor.status()
    assert status.state is CaptureState.LOST
    assert isinstance(status.fault, CameraProblem)
    assert str(status.fault) == status.message == "lecture.mp4 is gone; look for it"
    assert bench.made == 1


@pytest.mark.usefixtures("nothing_forgiven")
def test_a_bug_in_a_camera_is_logged_and_told(
    release: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    with Bench([live(*frames(1), crash())]) as bench, caplog.at_level(logging.ERROR):
        bench.take_all()
        status = bench.supervisor.status()
    assert "ValueError: a bug" in caplog.text
    assert status.fault is not None
    assert "fake" in status.message
