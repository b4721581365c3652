"""Recordings to sessions: what is looked at, what is stored, and what a failure leaves."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.contracts import Camera, Frame, TimelinePoint
from classroom_monitor.errors import BundleProblem, CameraProblem, StoreProblem
from classroom_monitor.live.decoder import TickSampler
from classroom_monitor.live.parts import Clocks, SessionParts
from classroom_monitor.live.recording import (
    RecordingRequest,
    RecordingResult,
    analyse_recording,
    record_live,
)
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.recording import RecordingCamera
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.camera import FakeCamera, Step, crash, fail, frames, picture
from tests.fakes.writer import FakeStore
from tests.live.clips import write_clip
from tests.live.rig import NOON, PLAN


def quiet(done_s: float, total_s: float | None) -> None:
    """Show no progress."""


def request(
    camera: Camera, store: FakeStore, analyser: FakeAnalyser, rate_hz: float = 5.0
) -> RecordingRequest:
    parts = SessionParts(
        make_camera=lambda: camera,
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
        open_store=store.open,
        clocks=Clocks(now=lambda: NOON),
    )
    return RecordingRequest(PLAN, parts, rate_hz)


def recording(steps: list[Step], duration_s: float | None = None) -> FakeCamera:
    return FakeCamera(steps, is_live=False, duration_s=duration_s)


def test_a_recording_becomes_a_complete_session() -> None:
    store, analyser = FakeStore(), FakeAnalyser()
    camera = recording(frames(75, 1 / 25), duration_s=3.0)
    said: list[tuple[float, float | None]] = []
    result = analyse_recording(request(camera, store, analyser), lambda *done: said.append(done))
    assert result == RecordingResult(
        session=7, source="fake", frames=75, seconds=3, engine="fake engine", mode="near"
    )
    assert store.new == PLAN.begun(NOON, "fake engine")
    assert [(point.t_s, point.seen, point.gap) for point in store.points] == [
        (0, 6, False),
        (1, 6, False),
        (2, 6, False),
    ]
    assert store.complete
    assert store.closed
    assert analyser.closed
    assert camera.calls == ["open", "close"]
    assert said[0] == (0.0, 3.0)
    assert {total_s for _, total_s in said} == {3.0}
    times_s = [done_s for done_s, _ in said]
    assert times_s == sorted(times_s)
    assert times_s[-1] == pytest.approx(2.96)


def test_it_looks_at_the_first_frame_of_each_tick() -> None:
    analyser = FakeAnalyser()
    analyse_recording(request(recording(frames(75, 1 / 25)), FakeStore(), analyser), quiet)
    assert analyser.at_s == pytest.approx([place * 0.2 for place in range(15)])


def test_frames_that_the_recording_lacks_are_a_gap() -> None:
    store = FakeStore()
    camera = recording([*frames(10, 0.1), *frames(10, 0.1, start_s=3.0)])
    analyse_recording(request(camera, store, FakeAnalyser()), quiet)
    assert [point.gap for point in store.points] == [False, True, True, False]


def test_a_last_partial_second_counts_only_if_it_was_looked_at() -> None:
    looked, not_looked = FakeStore(), FakeStore()
    steps = frames(25, 0.1)
    analyse_recording(request(recording(steps), looked, FakeAnalyser(), 5.0), quiet)
    analyse_recording(request(recording(steps), not_looked, FakeAnalyser(), 0.7), quiet)
    assert len(looked.points) == 3
    assert len(not_looked.points) == 2


def test_a_recording_without_a_frame_leaves_nothing() -> None:
    store = FakeStore()
    with pytest.raises(CameraProblem, match="fake holds no picture"):
        analyse_recording(request(recording([]), store, FakeAnalyser()), quiet)
    assert store.opened == 0


def test_a_recording_that_cannot_be_opened_leaves_nothing() -> None:
    store = FakeStore()
    camera = FakeCamera([], is_live=False, open_step=fail("clip.mp4 is not a video"))
    with pytest.raises(CameraProblem, match=r"clip\.mp4 is not a video"):
        analyse_recording(request(camera, store, FakeAnalyser()), quiet)
    assert store.opened == 0
    assert camera.calls == ["open", "close"]


@pytest.mark.parametrize("missing", ["make_follower", "make_scorer"])
def test_a_missing_model_leaves_nothing(missing: str) -> None:
    def load() -> NoReturn:
        raise BundleProblem("models/tiny is not there")

    store, analyser = FakeStore(), FakeAnalyser()
    camera = recording(frames(50, 0.1))
    whole = request(camera, store, analyser)
    parts = replace(whole.parts, **{missing: load})  # type: ignore[arg-type]
    with pytest.raises(BundleProblem):
        analyse_recording(replace(whole, parts=parts), quiet)
    assert store.opened == 0
    assert analyser.closed  # the other stage
    assert camera.calls[-1] == "close"


def test_a_recording_that_breaks_off_keeps_its_finished_seconds() -> None:
    store, analyser = FakeStore(), FakeAnalyser()
    camera = recording([*frames(25, 0.1), fail("clip.mp4 is damaged")])
    with pytest.raises(CameraProblem, match="damaged"):
        analyse_recording(request(camera, store, analyser), quiet)
    assert [point.t_s for point in store.points] == [0, 1]
    assert not store.complete
    assert store.closed
    assert analyser.closed


def test_a_bug_in_a_camera_keeps_its_type() -> None:
    camera = recording([*frames(5, 0.1), crash()])
    with pytest.raises(ValueError, match="a bug"):
        analyse_recording(request(camera, FakeStore(), FakeAnalyser()), quiet)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ZeroDivisionError])
def test_an_analysis_that_is_stopped_keeps_its_finished_seconds(
    stop: type[BaseException],
) -> None:
    def trip(frame: Frame) -> None:
        if frame.index >= 25:
            raise stop

    store, camera = FakeStore(), recording(frames(1000, 0.1))
    with pytest.raises(stop):
        analyse_recording(request(camera, store, FakeAnalyser(before=trip)), quiet)
    assert [point.t_s for point in store.points] == [0, 1]
    assert not store.complete
    assert store.closed
    assert camera.calls == ["open", "close"]


def test_a_full_disk_ends_the_analysis() -> None:
    store, analyser = FakeStore(), FakeAnalyser()

    def fill_disk(done_s: float, total_s: float | None) -> None:
        store.broken = done_s >= 1.5

    with pytest.raises(StoreProblem, match="full"):
        analyse_recording(request(recording(frames(100, 0.1)), store, analyser), fill_disk)
    assert len(store.points) == 1
    assert analyser.closed


def test_the_same_file_gives_the_same_timeline(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "shapes.mp4", seconds=3)
    first, again = (stored_points(clip, tmp_path / name) for name in ("first", "again"))
    assert first == again
    assert [point.t_s for point in first] == [0, 1, 2]


def stored_points(clip: Path, folder: Path) -> list[TimelinePoint]:
    analyser = FakeAnalyser()
    parts = SessionParts(
        make_camera=lambda: RecordingCamera(clip),
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
        open_store=lambda: open_store(folder),
        clocks=Clocks(now=lambda: NOON),
    )
    result = analyse_recording(RecordingRequest(PLAN, parts, 5.0), quiet)
    assert result.frames == 30
    with open_store(folder, read_only=True) as store:
        return store.points(result.session)


def test_a_camera_is_recorded_for_a_while() -> None:
    store, analyser = FakeStore(), FakeAnalyser()
    result = record_live(request(ticking_camera(), store, analyser), quiet, 1.0)
    assert result.seconds == len(store.points) == 1
    assert result.frames >= len(analyser.at_s) > 0
    assert store.complete


def test_a_camera_session_that_is_stopped_from_the_keyboard_is_saved() -> None:
    store = FakeStore()

    def interrupt(done_s: float, total_s: float | None) -> None:
        if store.points:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record_live(request(ticking_camera(), store, FakeAnalyser()), interrupt, 3600.0)
    assert store.complete
    assert store.closed


def ticking_camera() -> FakeCamera:
    """A live camera that gives 50 frames a second for ever."""
    tick, started_s = threading.Event(), time.monotonic()

    def give() -> Frame:
        tick.wait(0.02)
        return Frame(0, time.monotonic() - started_s, picture())

    return FakeCamera(itertools.repeat(give))


def test_a_camera_that_is_not_there_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom_monitor.live.recording.FIRST_PICTURE_S", 0.3)
    store = FakeStore()
    camera = FakeCamera([], open_step=fail("no camera 9: plug it in"))
    with pytest.raises(CameraProblem, match="no camera 9: plug it in"):
        record_live(request(camera, store, FakeAnalyser()), quiet, 5.0)
    assert store.opened == 0


@given(
    intervals_s=st.lists(st.floats(0.001, 3.0), max_size=80),
    rate_hz=st.floats(0.1, 60.0),
)
def test_looks_are_never_closer_than_ticks_and_no_tick_is_left_out(
    intervals_s: list[float], rate_hz: float
) -> None:
    sampler, at_s = TickSampler(rate_hz), 0.0
    ticks_with_frames, ticks_looked_at = [], []
    for interval_s in [0.0, *intervals_s]:
        at_s += interval_s
        tick = int((at_s + 0.0005) * rate_hz)
        ticks_with_frames.append(tick)
        if sampler.wants(at_s):
            ticks_looked_at.append(tick)
    assert ticks_looked_at == sorted(set(ticks_with_frames))


@pytest.mark.parametrize("rate_hz", [5.0, 10.0, 25.0])
def test_times_rounded_to_milliseconds_lose_no_tick(rate_hz: float) -> None:
    sampler = TickSampler(rate_hz)
    wanted = [sampler.wants(round(place / 75, 3)) for place in range(75 * 20)]
    assert sum(wanted) == rate_hz * 20
