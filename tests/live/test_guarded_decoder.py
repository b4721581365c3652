"""A decoder that dies in the middle ends its session with a line, and what was seen is saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.recording import RecordingRequest, analyse_recording
from classroom_monitor.live.room_check import RoomCheck, RoomCheckParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.guarded_recording import GuardedRecording
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.room_check import RoomMeter
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.decoders import decoder
from tests.live.clips import write_clip
from tests.live.rig import PATIENCE_S, PLAN, eventually

BROKE_DOWN = r"lecture\.mp4: the decoder broke down at \d+ s \("


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "lecture.mp4", seconds=60)


def parts(clip: Path, store: Path) -> SessionParts:
    analyser = FakeAnalyser()
    return SessionParts(
        make_camera=partial(GuardedRecording, clip),
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
        open_store=partial(open_store, store),
    )


def test_a_file_on_the_live_page(clip: Path, tmp_path: Path) -> None:
    session = LiveSession(replace(PLAN, source=clip.name), parts(clip, tmp_path))
    session.start()
    eventually(lambda: len(session.snapshot().points) >= 1)
    decoder().kill()
    assert session.wait(PATIENCE_S)
    shown = session.snapshot()
    assert isinstance(shown.fault, CameraProblem)
    assert session.stop(PATIENCE_S)
    with open_store(tmp_path, read_only=True) as store:
        (info,) = store.list_sessions()
        assert store.points(info.session_id) == list(shown.points)


def test_a_file_in_the_room_check(clip: Path) -> None:
    analyser = FakeAnalyser()
    check = RoomCheck(
        RoomCheckParts(
            make_camera=partial(GuardedRecording, clip),
            make_follower=analyser.make_follower,
            make_meter=lambda: RoomMeter(QualityRule()),
        )
    )
    check.start()
    eventually(lambda: check.snapshot().frame is not None)
    decoder().kill()
    eventually(lambda: not check.snapshot().running)
    assert isinstance(check.snapshot().fault, CameraProblem)
    assert check.stop(PATIENCE_S)


def test_a_recording_that_is_analysed(clip: Path, tmp_path: Path) -> None:
    def progress(done_s: float, total_s: float | None) -> None:
        if done_s > 5 and not killed:
            killed.append(done_s)
            decoder().kill()

    killed: list[float] = []
    request = RecordingRequest(replace(PLAN, source=clip.name), parts(clip, tmp_path))
    with pytest.raises(CameraProblem, match=BROKE_DOWN):
        analyse_recording(request, progress)
    with open_store(tmp_path, read_only=True) as store:
        (info,) = store.list_sessions()
    assert info.state is SessionState.INTERRUPTED
    assert info.seconds >= 5
