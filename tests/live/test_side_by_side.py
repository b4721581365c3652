"""Recordings in processes of their own: the same sessions, and one's end is not the others'."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from classroom_monitor.app import RunOptions, session_parts, session_plan
from classroom_monitor.contracts import Frame, SessionInfo, SessionState, TimelinePoint
from classroom_monitor.errors import BundleProblem, EnvironmentProblem
from classroom_monitor.live.parts import Clocks, SessionParts
from classroom_monitor.live.recording import (
    RecordingRequest,
    RecordingResult,
    analyse_recording,
)
from classroom_monitor.live.recording_process import Finished, Progressed
from classroom_monitor.live.side_by_side import analyse_side_by_side, default_workers
from classroom_monitor.model_choice import DEFAULT_MODEL
from classroom_monitor.resources import models_dir
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.recording import RecordingCamera
from tests.fakes.analyser import FakeAnalyser, FakeFollower, FakeScorer
from tests.live.clips import write_clip
from tests.live.rig import NOON, PLAN

# Everything that a request holds goes into another process: makers are functions of a module.


def noon() -> object:
    return NOON


def make_follower() -> FakeFollower:
    return FakeFollower(FakeAnalyser())


def make_scorer() -> FakeScorer:
    return FakeScorer(FakeAnalyser())


def die() -> NoReturn:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    raise AssertionError("still alive")


def stumble() -> NoReturn:
    raise ZeroDivisionError("a bug")


def lack_a_model() -> NoReturn:
    logging.getLogger("tests.side_by_side").warning("looking for a model")
    raise BundleProblem("models/tiny is not there")


class DyingCamera(RecordingCamera):
    """Takes its process down with the frame after the second one that is wanted."""

    def current(self) -> Frame:
        frame = super().current()
        if frame.captured_at_s >= 1.2:
            die()
        return frame


def request(
    clip: Path, folder: Path, camera: type[RecordingCamera] = RecordingCamera
) -> RecordingRequest:
    parts = SessionParts(
        make_camera=partial(camera, clip),
        make_follower=make_follower,
        make_scorer=make_scorer,
        open_store=partial(open_store, folder),
        clocks=Clocks(now=noon),  # type: ignore[arg-type]
    )
    return RecordingRequest(replace(PLAN, source=clip.name), parts, 5.0)


def outcomes(
    requests: list[RecordingRequest], workers: int
) -> list[RecordingResult | EnvironmentProblem]:
    """The outcomes of recordings in the order of the requests."""
    ended = {
        event.place: event.outcome
        for event in analyse_side_by_side(requests, workers)
        if isinstance(event, Finished)
    }
    return [ended[place] for place in range(len(requests))]


@pytest.fixture
def clips(tmp_path: Path) -> list[Path]:
    return [write_clip(tmp_path / f"{seconds}.mp4", seconds=seconds) for seconds in (2, 4, 3)]


def stored(
    folder: Path, outcome: RecordingResult | EnvironmentProblem
) -> tuple[SessionInfo, list[TimelinePoint]]:
    """A session without what may differ between runs: its id."""
    assert isinstance(outcome, RecordingResult)
    with open_store(folder, read_only=True) as store:
        info = store.session(outcome.session)
        assert info.state is SessionState.COMPLETE
        return replace(info, session_id=0), store.points(outcome.session)


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_changes_nothing(
    workers: int, clips: list[Path], tmp_path: Path
) -> None:
    in_turn, beside = tmp_path / "in turn", tmp_path / "beside"
    expected = [
        stored(in_turn, analyse_recording(request(clip, in_turn), lambda *_: None))
        for clip in clips
    ]
    results = outcomes([request(clip, beside) for clip in clips], workers)
    assert [stored(beside, result) for result in results] == expected
    assert [info.seconds for info, _ in expected] == [2, 4, 3]


def test_real_models_give_the_same_side_by_side(shared_dir: Path, tmp_path: Path) -> None:
    clips = [
        str(shared_dir / "clips" / name) for name in ("real_two_people.mp4", "real_classroom_4.mp4")
    ]

    def requests(folder: Path) -> list[RecordingRequest]:
        options = RunOptions("room", 1, False, models_dir() / DEFAULT_MODEL, folder)
        clocks = Clocks(now=noon)  # type: ignore[arg-type]
        return [
            RecordingRequest(
                session_plan(clip, "", options),
                replace(session_parts(clip, options), clocks=clocks),
            )
            for clip in clips
        ]

    alone = [
        stored(tmp_path / "a", analyse_recording(one, lambda *_: None))
        for one in requests(tmp_path / "a")
    ]
    beside = [stored(tmp_path / "b", result) for result in outcomes(requests(tmp_path / "b"), 2)]
    assert beside == alone
    assert all(any(point.shares for point in points) for _, points in alone)


def test_a_process_that_dies_loses_its_recording_only(clips: list[Path], tmp_path: Path) -> None:
    store = tmp_path / "store"
    requests = [request(clip, store) for clip in clips]
    requests[1] = request(clips[1], store, DyingCamera)
    first, dead, third = outcomes(requests, workers=2)
    assert stored(store, first)[0].seconds == 2
    assert stored(store, third)[0].seconds == 3
    assert isinstance(dead, EnvironmentProblem)
    assert str(dead).startswith("4.mp4: ")
    assert "exit code -9" in str(dead) or os.name == "nt"
    assert "\n" not in str(dead)


def test_problems_and_bugs_come_back_as_lines(
    clips: list[Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = tmp_path / "store"
    lacking, stumbling, good = (request(clip, store) for clip in clips)
    lacking = replace(lacking, parts=replace(lacking.parts, make_scorer=lack_a_model))
    stumbling = replace(stumbling, parts=replace(stumbling.parts, make_follower=stumble))
    missing, bug, result = outcomes([lacking, stumbling, good], workers=3)
    assert isinstance(missing, BundleProblem)
    assert str(missing) == "models/tiny is not there"
    assert isinstance(bug, EnvironmentProblem)
    assert "4.mp4: stopped by an error in the program (ZeroDivisionError: a bug)" in str(bug)
    assert isinstance(result, RecordingResult)
    assert "looking for a model" in caplog.text
    assert 'in stumble\n    raise ZeroDivisionError("a bug")' in caplog.text  # the traceback


def test_progress_is_told_of_each(clips: list[Path], tmp_path: Path) -> None:
    requests = [request(clip, tmp_path / "store") for clip in clips]
    told = [event for event in analyse_side_by_side(requests, 2) if isinstance(event, Progressed)]
    assert {event.place for event in told} == {0, 1, 2}
    assert {event.total_s for event in told if event.place == 1} == {4.0}


def test_closing_stops_all_and_keeps_their_finished_seconds(tmp_path: Path) -> None:
    long = [write_clip(tmp_path / f"{name}.mp4", seconds=600) for name in ("a", "b")]
    store_dir = tmp_path / "store"
    with closing(analyse_side_by_side([request(clip, store_dir) for clip in long], 2)) as events:
        far = (event for event in events if isinstance(event, Progressed) and event.done_s > 3)
        next(far)
    with open_store(store_dir) as store:
        infos = store.list_sessions()
        assert infos
        assert {info.state for info in infos} == {SessionState.INTERRUPTED}
        assert max(info.seconds for info in infos) >= 3
        assert all(info.seconds == len(store.points(info.session_id)) for info in infos)


def test_there_is_always_one_worker() -> None:
    assert 1 <= default_workers() <= (os.cpu_count() or 1)
