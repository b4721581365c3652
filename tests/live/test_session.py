"""A live session over fakes: what it records, and what happens when its parts fail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from classroom_monitor.contracts import CaptureState, Frame, Look
from classroom_monitor.errors import BundleProblem, StoreProblem
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.session import LiveSession
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.camera import FakeCamera, block, fail, frames
from tests.fakes.writer import FakeStore
from tests.live.rig import NOON, PLAN, Rig, eventually

OWN_THREADS = ("analysis", "recorder", "capture")


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    yield
    eventually(lambda: not any(t.name.startswith(OWN_THREADS) for t in threading.enumerate()))


@pytest.fixture
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.released.set()
    rig.session.stop(1.0)


def test_each_finished_second_is_shown_and_stored(rig: Rig) -> None:
    rig.gives(31, rig.hang())
    rig.run_to(points=3)
    eventually(lambda: len(rig.store.points) == 3)
    shown = rig.snapshot()
    assert shown.points == tuple(rig.store.points)
    assert [(point.t_s, point.seen, point.used, point.gap) for point in shown.points] == [
        (0, 6, 6, False),
        (1, 6, 6, False),
        (2, 6, 6, False),
    ]
    assert shown.running
    assert shown.session_id == rig.store.session_id
    assert len(shown.tracks) == 6
    assert shown.frame is not None
    assert shown.frame.captured_at_s == pytest.approx(3.0)


def test_stop_saves_the_last_second_and_closes_everything(rig: Rig) -> None:
    rig.gives(13, rig.hang())
    rig.run_to(points=1)
    eventually(lambda: len(rig.analyser.at_s) == 13)
    rig.stop()
    over = rig.snapshot()
    assert not over.running
    assert over.status.capture is CaptureState.ENDED
    assert over.tracks == ()
    assert over.fault is None
    assert [point.t_s for point in rig.store.points] == [0, 1]
    assert rig.store.complete
    assert rig.store.closed
    assert rig.analyser.closed
    assert rig.analyser.thread_names == {"analysis"}
    assert rig.session.stop(0.0)


def test_the_camera_opens_once_the_models_are_loaded() -> None:
    loading, analyser = threading.Event(), FakeAnalyser()

    def load() -> FakeAnalyser:
        loading.wait()
        return analyser

    rig = Rig(analyser=analyser, make_analyser=load)
    rig.gives(11, rig.hang())
    rig.session.start()
    assert rig.snapshot().status.message == "Loading the models"
    assert rig.snapshot().frame is None
    rig.clock.s += 4.25
    loading.set()
    eventually(lambda: len(rig.store.points) == 1)
    assert rig.store.new == PLAN.begun(NOON + timedelta(seconds=4.25), "fake engine")
    assert not rig.store.points[0].gap
    rig.stop()


def test_a_lost_camera_leaves_gaps_and_the_session_goes_on(rig: Rig) -> None:
    back = threading.Event()
    rig.gives(20, fail())
    rig.openings.append([block(back)])
    rig.gives(11, rig.hang())
    rig.run_to(points=1)
    eventually(lambda: rig.snapshot().status.capture is not CaptureState.RUNNING)
    rig.clock.s = 105.7
    eventually(lambda: len(rig.store.points) == 5)
    assert rig.snapshot().points == tuple(rig.store.points)
    back.set()
    eventually(lambda: len(rig.analyser.at_s) == 31)
    rig.stop()
    assert [point.seen for point in rig.store.points] == [6, 6, 0, 0, 0, 6, 6]
    assert [point.t_s for point in rig.store.points if point.gap] == [2, 3, 4]
    assert rig.store.complete


def test_a_full_disk_costs_nothing(rig: Rig) -> None:
    def fill_disk(frame: Frame) -> None:
        rig.store.broken = frame.index >= 15

    rig.analyser.before = fill_disk
    rig.gives(31, rig.hang())
    rig.run_to(points=3)
    eventually(lambda: rig.store.refused > 0)
    shown = rig.snapshot()
    assert "the fake disk is full" in shown.status.message
    assert shown.fault is None
    assert shown.running
    rig.session.mark("while it was full")
    eventually(lambda: [marker.marker_id for marker in rig.snapshot().markers] == [-1])
    assert len(rig.store.points) == 1
    rig.store.broken = False
    eventually(lambda: len(rig.store.points) == 3 and len(rig.store.markers) == 1)
    eventually(lambda: not rig.snapshot().status.message)
    assert rig.snapshot().markers == tuple(rig.store.markers)
    rig.stop()
    assert [point.t_s for point in rig.store.points] == [0, 1, 2, 3]
    assert rig.store.complete


def test_a_disk_that_stays_full_is_a_fault_and_the_timeline_stays_on_screen(rig: Rig) -> None:
    rig.gives(31, rig.hang())
    rig.run_to(points=3)
    eventually(lambda: len(rig.store.points) == 3)
    rig.store.broken = True
    rig.released.set()
    assert rig.session.stop(2.0)
    over = rig.snapshot()
    assert isinstance(over.fault, StoreProblem)
    assert "last 1 s" in str(over.fault)
    assert "the fake disk is full" in str(over.fault)
    assert len(over.points) == 4
    assert not over.running


def test_a_bug_in_the_analysis_is_a_fault_and_what_was_recorded_is_saved(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    def trip(frame: Frame) -> None:
        if frame.index == 25:
            raise ZeroDivisionError("by nothing")

    rig.analyser.before = trip
    rig.gives(31, rig.hang())
    rig.session.start()
    rig.released.set()
    assert rig.session.wait(20.0)
    over = rig.snapshot()
    assert not over.running
    assert over.fault is not None
    assert "ZeroDivisionError: by nothing" in str(over.fault)
    assert str(over.fault) == over.status.message
    assert "\n" not in str(over.fault)
    assert [point.seen for point in rig.store.points] == [6, 6, 6]
    assert rig.store.complete
    assert "Traceback" in caplog.text
    assert rig.analyser.closed


def test_a_bug_in_the_recorder_is_a_fault_and_what_was_recorded_is_saved(rig: Rig) -> None:
    def miscount(look: Look) -> Look:
        return replace(look, used=7) if look.at_s > 2.45 else look

    rig.analyser.after = miscount
    rig.gives(31, rig.hang())
    rig.session.start()
    eventually(lambda: rig.snapshot().fault is not None)
    rig.released.set()
    assert rig.session.wait(20.0)
    assert "ValueError" in str(rig.snapshot().fault)
    assert [point.t_s for point in rig.store.points] == [0, 1]
    assert rig.store.complete
    assert rig.store.closed


def test_a_missing_model_is_a_fault_that_says_so() -> None:
    def load() -> FakeAnalyser:
        raise BundleProblem("models/tiny is not there: choose another model")

    rig = Rig(make_analyser=load)
    rig.session.start()
    assert rig.session.wait(20.0)
    assert str(rig.snapshot().fault) == "models/tiny is not there: choose another model"
    assert rig.store.new is None
    rig.stop()


def test_stop_does_not_wait_for_models_that_take_too_long() -> None:
    loading, loaded = threading.Event(), FakeAnalyser()

    def load() -> FakeAnalyser:
        loading.wait()
        return loaded

    rig = Rig(make_analyser=load)
    rig.gives(5, rig.hang())
    rig.session.start()
    assert not rig.session.stop(0.3)
    assert not rig.snapshot().running
    assert rig.store.new is None
    loading.set()
    eventually(lambda: loaded.closed)
    assert rig.session.stop(20.0)
    assert rig.snapshot().frame is None
    assert rig.store.new is None


def test_stop_saves_while_the_camera_hangs(rig: Rig) -> None:
    rig.gives(12, rig.hang())
    rig.run_to(points=1)
    eventually(lambda: len(rig.analyser.at_s) == 12)
    assert not rig.session.stop(2.0)
    assert not rig.snapshot().running
    assert [point.t_s for point in rig.store.points] == [0, 1]
    assert rig.store.complete
    assert rig.store.closed


def test_a_look_that_comes_after_the_end_is_ignored(rig: Rig) -> None:
    stuck = threading.Event()

    def hang(frame: Frame) -> None:
        if frame.index == 15:
            stuck.wait()

    rig.analyser.before = hang
    rig.gives(31, rig.hang())
    rig.run_to(points=1)
    eventually(lambda: len(rig.analyser.at_s) == 15)
    rig.released.set()
    assert not rig.session.stop(1.0)
    saved = rig.snapshot().points
    assert rig.store.complete
    stuck.set()
    assert rig.session.stop(20.0)
    assert rig.snapshot().points == saved == tuple(rig.store.points)


def test_a_look_that_takes_too_long_does_not_hold_up_the_timeline(rig: Rig) -> None:
    stuck = threading.Event()

    def hang(frame: Frame) -> None:
        if frame.index == 11:
            rig.clock.s += 10.0
            stuck.wait()

    rig.analyser.before = hang
    rig.gives(12, rig.hang())
    rig.run_to(points=5)
    assert [point.gap for point in rig.snapshot().points[:5]] == [False, False, True, True, True]
    stuck.set()
    rig.stop()


def test_markers_carry_the_time_at_which_they_were_set(rig: Rig) -> None:
    rig.session.mark("before the first picture")
    rig.gives(21, rig.hang())
    rig.run_to(points=2)
    rig.clock.s = 102.5
    rig.session.mark("question")
    eventually(lambda: len(rig.store.markers) == 2)
    assert [(mark.t_s, mark.text) for mark in rig.store.markers] == [
        (0.0, "before the first picture"),
        (2.5, "question"),
    ]
    eventually(lambda: rig.snapshot().markers == tuple(rig.store.markers))


def test_the_status_tells_rates_latency_and_engine(rig: Rig) -> None:
    def take_time(frame: Frame) -> None:
        rig.clock.s += 0.04

    rig.analyser.before = take_time
    rig.gives(21, rig.hang())
    rig.run_to(points=1)
    eventually(lambda: len(rig.analyser.at_s) == 21)
    status = rig.snapshot().status
    assert status.latency_ms == pytest.approx(40.0)
    assert status.fps_analysed == pytest.approx(10.0, rel=0.05)
    assert (status.engine, status.finder) == ("fake engine", "fake finder")
    assert (status.lost, status.skipped) == (0, 0)
    assert status.message == ""


def test_a_recording_that_ends_completes_its_session() -> None:
    store, analyser = FakeStore(), FakeAnalyser()
    parts = SessionParts(
        make_camera=lambda: FakeCamera(frames(12, 0.1), is_live=False),
        make_analyser=analyser.make,
        open_store=store.open,
    )
    session = LiveSession(PLAN, parts)
    session.start()
    assert session.wait(20.0)
    over = session.snapshot()
    assert not over.running
    assert over.fault is None
    assert over.status.capture is CaptureState.ENDED
    assert [point.seen for point in store.points] == [6, 6]
    assert store.complete
    assert session.frames == 12
    assert session.stop(20.0)


def test_a_session_that_was_never_started_stops_at_once() -> None:
    assert Rig().session.stop(0.0)
