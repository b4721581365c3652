"""An interrupted recording goes on: the same session, and the seconds that it would have had."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import Frame, Look, SessionState, TimelinePoint
from classroom_monitor.live.parts import Clocks, SessionParts
from classroom_monitor.live.recording import (
    WARM_UP_S,
    Interrupted,
    RecordingRequest,
    RecordingResult,
    analyse_recording,
)
from classroom_monitor.sessions.store import find_interrupted, open_store
from classroom_monitor.vision.recording import RecordingCamera
from tests.fakes.analyser import FakeAnalyser
from tests.live.clips import write_clip
from tests.live.rig import NOON, PATIENCE_S, PLAN

SECONDS = 40
JOB = "shapes"


def varied(look: Look) -> Look:
    """An audience that comes and goes with the time of the recording."""
    seen = 8 + int(look.at_s * 7) % 13
    rows = np.tile(np.array([0.1, 0.8, 0.1], np.float32), (seen // 2, 1))
    return Look(look.at_s, seen, seen // 2, rows)


def request(clip: Path, folder: Path, analyser: FakeAnalyser) -> RecordingRequest:
    parts = SessionParts(
        make_camera=lambda: RecordingCamera(clip),
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
        open_store=lambda: open_store(folder),
        clocks=Clocks(now=lambda: NOON),
    )
    return RecordingRequest(PLAN, parts, 5.0, job=JOB)


def run(
    clip: Path, folder: Path, analyser: FakeAnalyser, break_s: float | None = None
) -> RecordingResult | None:
    """Analyse a clip, going on with what was interrupted; Ctrl+C comes at break_s."""

    def interrupt(done_s: float, total_s: float | None) -> None:
        if break_s is not None and done_s >= break_s:
            raise KeyboardInterrupt

    info = find_interrupted(folder, JOB)
    interrupted = Interrupted(info.session_id, info.seconds) if info else None
    asked = replace(request(clip, folder, analyser), interrupted=interrupted)
    if break_s is None:
        return analyse_recording(asked, interrupt)
    with pytest.raises(KeyboardInterrupt):
        analyse_recording(asked, interrupt)
    return None


def stored(folder: Path) -> list[TimelinePoint]:
    with open_store(folder, read_only=True) as store:
        (info,) = store.list_sessions()
        assert info.state is SessionState.COMPLETE
        return store.points(info.session_id)


@pytest.mark.parametrize("breaks_s", [[25.5], [0.0, 0.5, 3.0], [12.5, 30.1, 39.5], [39.7]])
def test_a_run_that_is_broken_off_and_continued_equals_a_whole_one(
    breaks_s: list[float], tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "shapes.mp4", seconds=SECONDS)
    whole = run(clip, tmp_path / "whole", FakeAnalyser(after=varied))
    for break_s in breaks_s:
        run(clip, tmp_path / "broken", FakeAnalyser(after=varied), break_s)
    continued = run(clip, tmp_path / "broken", FakeAnalyser(after=varied))
    assert continued == whole
    assert stored(tmp_path / "broken") == stored(tmp_path / "whole")
    assert len(stored(tmp_path / "broken")) == SECONDS


def test_only_the_last_seconds_are_looked_at_again(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "shapes.mp4", seconds=SECONDS)
    run(clip, tmp_path / "store", FakeAnalyser(), break_s=25.5)
    analyser = FakeAnalyser()
    run(clip, tmp_path / "store", analyser)
    assert analyser.at_s[0] == pytest.approx(25.0 - WARM_UP_S)
    assert analyser.at_s[-1] == pytest.approx(SECONDS - 0.2)


def test_a_session_that_was_only_not_finished_is_finished(tmp_path: Path) -> None:
    """The last second was saved, but not that it was the last."""
    clip = write_clip(tmp_path / "shapes.mp4", seconds=3)
    whole = request(clip, tmp_path, FakeAnalyser())
    analyse_recording(whole, lambda *_: None)
    with open_store(tmp_path) as store:
        store._connection.execute("UPDATE sessions SET state = 'interrupted'")
        expected = store.points(1)
    result = analyse_recording(replace(whole, interrupted=Interrupted(1, 3)), lambda *_: None)
    assert (result.session, result.seconds) == (1, 3)
    assert stored(tmp_path) == expected


def test_a_recording_that_lost_its_end_meanwhile_is_finished_as_it_is(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "shapes.mp4", seconds=30)
    run(clip, tmp_path / "store", FakeAnalyser(), break_s=28.5)
    write_clip(clip, seconds=5)
    result = run(clip, tmp_path / "store", FakeAnalyser())
    assert result is not None
    assert (result.seconds, len(stored(tmp_path / "store"))) == (28, 28)


def test_the_way_to_where_it_goes_on_is_shown(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "shapes.mp4", seconds=20)
    run(clip, tmp_path / "store", FakeAnalyser(), break_s=18.5)
    told = threading.Event()
    said: list[tuple[float, float | None]] = []

    def tell(done_s: float, total_s: float | None) -> None:
        said.append((done_s, total_s))
        if total_s is not None:
            told.set()

    def hold(frame: Frame) -> None:
        """Look at nothing before the bar has moved."""
        assert told.wait(PATIENCE_S)

    held = request(clip, tmp_path / "store", FakeAnalyser(before=hold))
    analyse_recording(replace(held, interrupted=Interrupted(1, 18)), tell)
    assert said[-1][0] == pytest.approx(19.9)
