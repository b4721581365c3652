"""Pausing, topics and the resolution of a live session."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from classroom_monitor.contracts import CaptureState, Resolution, SessionState
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from tests.fakes.camera import FakeCamera, frames
from tests.live.rig import PLAN, Rig, eventually


def test_a_pause_leaves_gaps_between_two_markers(rig: Rig) -> None:
    rig.gives(20, rig.hang())
    rig.run_to(points=1)
    eventually(lambda: len(rig.analyser.at_s) == 20)
    rig.session.pause()
    rig.session.pause()
    paused = rig.snapshot()
    assert paused.paused
    assert paused.running
    assert (paused.frame, paused.tracks) == (None, ())
    assert paused.status.capture is CaptureState.PAUSED
    rig.clock.s = 105.7
    eventually(lambda: len(rig.store.points) == 5)
    rig.gives(11, rig.hang())
    rig.released.set()  # the camera answers, so that it can be closed
    rig.session.resume()
    rig.session.resume()
    eventually(lambda: not rig.snapshot().paused)
    rig.stop()
    assert [point.t_s for point in rig.store.points if point.gap][:3] == [2, 3, 4]
    marks = [(mark.text, round(mark.t_s, 1)) for mark in rig.store.markers]
    assert marks == [("Paused", 1.9), ("Resumed", 5.7)]
    assert not rig.snapshot().paused


def test_looking_goes_on_after_a_pause(rig: Rig) -> None:
    rig.gives(11)
    rig.run_to(points=1)
    eventually(lambda: len(rig.analyser.at_s) == 11)
    rig.session.pause()
    rig.clock.s = 104.0
    eventually(lambda: len(rig.store.points) == 3)
    rig.gives(11, rig.hang())
    rig.session.resume()
    eventually(lambda: len(rig.analyser.at_s) == 22)
    assert rig.snapshot().frame is not None
    rig.stop()
    assert [point.gap for point in rig.store.points] == [False, False, True, True, False, False]
    assert rig.store.complete


def test_a_pause_before_the_first_picture_marks_nothing(rig: Rig) -> None:
    rig.gives(11, rig.hang())
    rig.session.pause()
    rig.session.start()
    eventually(lambda: rig.session.loaded)
    assert rig.snapshot().paused
    assert rig.session.elapsed_s is None
    rig.session.resume()
    eventually(lambda: len(rig.store.points) == 1)
    rig.stop()
    assert rig.store.markers == []


def test_segments_carry_the_time_at_which_they_start(rig: Rig) -> None:
    rig.session.start_segment("Welcome")
    rig.gives(21, rig.hang())
    rig.run_to(points=2)
    rig.clock.s = 102.5
    rig.session.start_segment("Lenses")
    eventually(lambda: len(rig.store.segments) == 2)
    assert [(part.t_s, part.title) for part in rig.store.segments] == [
        (0.0, "Welcome"),
        (2.5, "Lenses"),
    ]
    eventually(lambda: rig.snapshot().segments == tuple(rig.store.segments))


def test_the_store_holds_what_was_added_live(rig: Rig, tmp_path: Path) -> None:
    plan = replace(PLAN, course="Physics 1")
    rig.gives(11, rig.hang())
    session = LiveSession(plan, replace(rig.parts, open_store=partial(open_store, tmp_path)))
    session.start()
    eventually(lambda: len(session.snapshot().points) == 1)
    session.start_segment("Lenses")
    session.pause()
    eventually(lambda: len(session.snapshot().markers) == 1)
    rig.released.set()
    assert session.stop(20.0)
    with open_store(tmp_path, read_only=True) as store:
        info = store.session("latest")
        stored = store.annotations(info.session_id)
    assert (info.title, info.course, info.state) == ("Monday", "Physics 1", SessionState.COMPLETE)
    assert [(part.t_s, part.title) for part in stored.segments] == [(1.0, "Lenses")]
    assert [marker.text for marker in stored.markers] == ["Paused"]
    assert stored.segments == session.snapshot().segments


def test_segments_are_kept_while_the_store_fails(rig: Rig) -> None:
    rig.store.broken = True
    rig.gives(21, rig.hang())
    rig.run_to(points=2)
    rig.session.start_segment("Lenses")
    eventually(lambda: [part.segment_id for part in rig.snapshot().segments] == [-1])
    rig.store.broken = False
    eventually(lambda: [part.title for part in rig.store.segments] == ["Lenses"])
    eventually(lambda: rig.snapshot().segments == tuple(rig.store.segments))


@pytest.mark.parametrize(
    ("asked", "notice"),
    [("auto", ""), ("1280x720", "fake gives 32x24 pixels instead of 1280x720")],
)
def test_a_resolution_that_the_camera_lacks_is_said(asked: Resolution, notice: str) -> None:
    rig = Rig()
    rig.gives(11, rig.hang())
    plan = replace(PLAN, resolution=asked)
    parts = replace(rig.parts, make_camera=lambda: FakeCamera([*frames(3, 0.1), rig.hang()]))
    session = LiveSession(plan, parts)
    session.start()
    eventually(lambda: session.frames == 3)
    status = session.snapshot().status
    assert status.capture is CaptureState.RUNNING
    assert status.message.startswith(notice)
    assert bool(status.message) == bool(notice)
    rig.released.set()
    assert session.stop(20.0)
