"""A room check over fakes: its report, its end, and that it frees the camera."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

import pytest

from classroom_monitor.contracts import Frame
from classroom_monitor.errors import BundleProblem
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.room_check import RoomCheck, RoomCheckParts
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.room_check import RoomMeter
from tests.fakes.analyser import FACES, FakeAnalyser, FakeFollower
from tests.fakes.camera import FakeCamera, Step, block, fail, flow, frames
from tests.fakes.threads import no_threads_left
from tests.live.rig import PATIENCE_S, eventually

CAPTURE = CaptureSettings(
    open_timeout_s=1e6, stall_timeout_s=1e6, backoff_min_s=0.01, backoff_max_s=0.01
)


class Room:
    """Everything a check is handed, and the check."""

    def __init__(self, steps: Iterable[Step], *, is_live: bool = True) -> None:
        self.analyser = FakeAnalyser()
        self.cameras: list[FakeCamera] = []
        self.make_follower = self.analyser.make_follower
        self._steps = steps
        self._is_live = is_live
        self.check = RoomCheck(
            RoomCheckParts(
                make_camera=self._camera,
                make_follower=lambda: self.make_follower(),
                make_meter=lambda: RoomMeter(QualityRule(min_face_px=4.0)),
                capture=CAPTURE,
            )
        )

    def _camera(self) -> FakeCamera:
        self.cameras.append(FakeCamera(self._steps, is_live=self._is_live))
        return self.cameras[-1]


@pytest.fixture
def over() -> Iterator[threading.Event]:
    """Set at the end of a test, so that no camera goes on."""
    event = threading.Event()
    with no_threads_left():
        yield event
        event.set()


def test_a_check_shows_frames_faces_and_a_report(over: threading.Event) -> None:
    room = Room(flow(over))
    room.check.start()
    eventually(lambda: room.check.snapshot().report is not None)
    snapshot = room.check.snapshot()
    assert snapshot.running
    assert snapshot.frame is not None
    assert len(snapshot.tracks) == FACES
    assert all(track.probabilities is None for track in snapshot.tracks)
    report = snapshot.report
    assert report is not None
    assert (report.seen, report.usable) == (FACES, FACES)
    assert snapshot.fault is None
    assert room.check.stop(PATIENCE_S)


def test_stopping_frees_the_camera_and_the_models(over: threading.Event) -> None:
    room = Room(flow(over))
    room.check.start()
    eventually(lambda: room.check.snapshot().frame is not None)
    assert room.check.stop(PATIENCE_S)
    assert room.cameras[-1].calls == ["open", "close"]
    assert room.analyser.closed
    assert not room.check.snapshot().running
    assert room.check.stop(PATIENCE_S)  # harmless


def test_models_and_camera_are_opened_outside_the_callers_thread(over: threading.Event) -> None:
    may_load = threading.Event()
    room = Room(flow(over))
    make = room.analyser.make_follower

    def slow() -> FakeFollower:
        may_load.wait()
        return make()

    room.make_follower = slow
    room.check.start()
    assert room.check.snapshot().message == "Loading the models"
    assert not room.cameras
    may_load.set()
    eventually(lambda: room.check.snapshot().frame is not None)
    room.check.stop(PATIENCE_S)


def test_a_check_that_is_stopped_while_it_loads_opens_no_camera(over: threading.Event) -> None:
    may_load = threading.Event()
    room = Room(flow(over))
    make = room.analyser.make_follower

    def slow() -> FakeFollower:
        may_load.wait()
        return make()

    room.make_follower = slow
    room.check.start()
    assert not room.check.stop(0.05)  # the models are still loading
    may_load.set()
    assert room.check.stop(PATIENCE_S)
    assert all("open" not in camera.calls for camera in room.cameras)


def test_a_recording_that_ends_ends_the_check(over: threading.Event) -> None:
    room = Room(frames(8, 0.3), is_live=False)
    room.check.start()
    eventually(lambda: not room.check.snapshot().running)
    snapshot = room.check.snapshot()
    assert snapshot.fault is None
    assert snapshot.report is not None
    assert room.check.stop(PATIENCE_S)


def test_a_camera_that_is_gone_is_waited_for(over: threading.Event) -> None:
    room = Room([*frames(3), fail("it is gone")])
    room.check.start()
    eventually(lambda: len(room.cameras) > 2)
    eventually(lambda: room.check.snapshot().message != "")
    assert room.check.snapshot().running
    assert room.check.stop(PATIENCE_S)


def test_models_that_are_missing_are_said(over: threading.Event) -> None:
    room = Room(flow(over))

    def missing() -> FakeFollower:
        raise BundleProblem("the face model is missing: install it again")

    room.make_follower = missing
    room.check.start()
    eventually(lambda: not room.check.snapshot().running)
    snapshot = room.check.snapshot()
    assert isinstance(snapshot.fault, BundleProblem)
    assert snapshot.message == "the face model is missing: install it again"
    assert room.check.stop(PATIENCE_S)


def test_an_error_in_the_program_is_said_and_ends_the_check(over: threading.Event) -> None:
    room = Room(flow(over))

    def crash(frame: Frame) -> None:
        raise ValueError(f"frame {frame.index}")

    room.analyser.before = crash
    room.check.start()
    eventually(lambda: not room.check.snapshot().running)
    assert "check the room again" in str(room.check.snapshot().fault)
    assert room.check.stop(PATIENCE_S)


def test_a_hanging_driver_does_not_hang_the_caller() -> None:
    released = threading.Event()
    with no_threads_left():
        room = Room([*frames(1), block(released)])
        room.check.start()
        eventually(lambda: room.check.snapshot().frame is not None)
        assert not room.check.stop(0.2)
        released.set()
