"""A live session over fakes: what it records and what it tells."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from classroom_monitor.contracts import CaptureState, Frame
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.session import LiveSession
from tests.fakes.analyser import FakeAnalyser, FakeScorer
from tests.fakes.camera import FakeCamera, block, fail, frames
from tests.fakes.writer import FakeStore
from tests.live.rig import NOON, PLAN, Rig, eventually


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
    assert rig.analyser.threads == {
        ("follower", "analysis-follow"),
        ("scorer", "analysis-score"),
    }
    assert rig.session.stop(0.0)


def test_the_camera_opens_once_the_models_are_loaded() -> None:
    loading, analyser = threading.Event(), FakeAnalyser()

    def load() -> FakeScorer:
        loading.wait()
        return analyser.make_scorer()

    rig = Rig(analyser=analyser, make_scorer=load)
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
    assert status.scored_hz == pytest.approx(10.0, rel=0.05)
    assert status.effort == ""
    assert (status.engine, status.finder) == ("fake engine", "fake finder")
    assert (status.lost, status.skipped) == (0, 0)
    assert status.message == ""


def test_a_recording_that_ends_completes_its_session() -> None:
    store, analyser = FakeStore(), FakeAnalyser()
    parts = SessionParts(
        make_camera=lambda: FakeCamera(frames(12, 0.1), is_live=False),
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
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
