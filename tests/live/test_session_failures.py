"""A live session over fakes: what happens when its parts fail."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from classroom_monitor.contracts import Frame, Look
from classroom_monitor.errors import BundleProblem, StoreProblem
from tests.fakes.analyser import FakeAnalyser, FakeScorer
from tests.live.rig import Rig, eventually


def test_a_full_disk_costs_nothing(rig: Rig) -> None:
    def fill_disk(frame: Frame) -> None:
        if frame.index == 15:
            eventually(lambda: len(rig.store.points) == 1)  # the first second is on the disk
            rig.store.broken = True

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


@pytest.mark.usefixtures("nothing_forgiven")
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


@pytest.mark.usefixtures("nothing_forgiven")
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
    def load() -> FakeScorer:
        raise BundleProblem("models/tiny is not there: choose another model")

    rig = Rig(make_scorer=load)
    rig.session.start()
    assert rig.session.wait(20.0)
    assert str(rig.snapshot().fault) == "models/tiny is not there: choose another model"
    assert rig.store.new is None
    rig.stop()


def test_stop_does_not_wait_for_models_that_take_too_long() -> None:
    loading, loaded = threading.Event(), FakeAnalyser()

    def load() -> FakeScorer:
        loading.wait()
        return loaded.make_scorer()

    rig = Rig(analyser=loaded, make_scorer=load)
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
