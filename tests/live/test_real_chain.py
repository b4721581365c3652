"""The real camera, finder, tracker, timeline and store, joined by this package; counts only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from classroom_monitor.contracts import SessionState
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.recording import RecordingRequest, analyse_recording
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.recording import RecordingCamera
from classroom_monitor.vision.room import MoodScorer
from classroom_monitor.vision.room_scan import open_room_scan
from tests.live.rig import PLAN


def test_four_people_in_a_classroom_are_counted(shared_dir: Path, tmp_path: Path) -> None:
    parts = SessionParts(
        make_camera=lambda: RecordingCamera(shared_dir / "clips" / "real_classroom_4.mp4"),
        make_follower=lambda: FaceFollower(open_room_scan("room")),
        make_scorer=lambda: MoodScorer(None),
        open_store=lambda: open_store(tmp_path),
    )
    plan = replace(PLAN, mode="room", counts_only=True, model="")
    said_s: list[float] = []
    result = analyse_recording(
        RecordingRequest(plan, parts, rate_hz=5.0), lambda done_s, _: said_s.append(done_s)
    )
    assert (result.frames, result.seconds) == (45, 6)
    with open_store(tmp_path, read_only=True) as store:
        info, points = store.session(result.session), store.points(result.session)
    assert info.state is SessionState.COMPLETE
    assert info.counts_only
    assert all(3 <= point.seen <= 5 for point in points)
    assert all(point.shares is None for point in points)
    assert 25 <= len(said_s) - 1 <= 30
