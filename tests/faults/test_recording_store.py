"""What happens to the store while a recording is analysed: said in a line, and gone on with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState, TimelinePoint
from classroom_monitor.errors import StoreProblem
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.recording import Interrupted, RecordingRequest, analyse_recording
from classroom_monitor.sessions.store import find_interrupted, open_store
from classroom_monitor.vision.recording import RecordingCamera
from tests.fakes.analyser import FakeAnalyser
from tests.faults.full_disk import fill, small_disk
from tests.live.clips import write_clip
from tests.live.rig import PLAN

JOB = "this recording"
FAULT_S = 5.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clip") / "shapes.mp4", seconds=15)


def request(clip: Path, folder: Path) -> RecordingRequest:
    """What there is to do, an interrupted session gone on with."""
    analyser = FakeAnalyser()
    parts = SessionParts(
        make_camera=lambda: RecordingCamera(clip),
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
        open_store=partial(open_store, folder),
    )
    left = find_interrupted(folder, JOB)
    interrupted = Interrupted(left.session_id, left.seconds) if left else None
    return RecordingRequest(PLAN, parts, rate_hz=10.0, job=JOB, interrupted=interrupted)


def ignore(done_s: float, total_s: float | None) -> None:
    """Progress that nobody watches."""


def broken_off(clip: Path, folder: Path, fault: Callable[[], object]) -> str:
    """Analyse until a fault after five seconds ends it; return what is said then."""
    made = iter([fault])

    def tell(done_s: float, total_s: float | None) -> None:
        if done_s >= FAULT_S:
            next(made, lambda: None)()

    with pytest.raises(StoreProblem) as caught:
        analyse_recording(request(clip, folder), tell)
    line = str(caught.value)
    assert str(folder) in line
    assert "\n" not in line
    return line


def only_session(folder: Path) -> tuple[SessionState, list[TimelinePoint]]:
    with open_store(folder) as store:
        (info,) = store.list_sessions()
        return info.state, store.points(info.session_id)


def test_an_analysis_goes_on_once_there_is_room_again(clip: Path, tmp_path: Path) -> None:
    analyse_recording(request(clip, tmp_path / "whole"), ignore)
    _, whole = only_session(tmp_path / "whole")
    with small_disk(tmp_path / "disk") as disk:
        assert "disk is full" in broken_off(clip, disk, lambda: fill(disk))
        (disk / "ballast").unlink()
        state, kept = only_session(disk)
        assert state is SessionState.INTERRUPTED
        assert len(kept) >= FAULT_S - 1
        analyse_recording(request(clip, disk), ignore)
        state, points = only_session(disk)
    assert state is SessionState.COMPLETE
    assert [(p.t_s, p.seen, p.shares) for p in points] == [(p.t_s, p.seen, p.shares) for p in whole]


def test_an_analysis_says_that_its_store_is_gone(clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    line = broken_off(clip, folder, lambda: shutil.rmtree(folder))
    assert "was deleted or moved away" in line
    analyse_recording(request(clip, folder), ignore)
    state, points = only_session(folder)
    assert (state, len(points)) == (SessionState.COMPLETE, 15)
