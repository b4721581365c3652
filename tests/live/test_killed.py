"""A process that is killed in the middle of a session leaves one that can be opened."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions.store import open_store
from tests.live.clips import write_clip

REPOSITORY = Path(__file__).resolve().parents[2]


def kill_after(done_s: float, kind: str, clip: Path, folder: Path) -> float:
    """Kill a session once it says that it has done so much; return what it said last."""
    command = [sys.executable, "-m", "tests.live.killed", kind, str(clip), str(folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said_s = 0.0
        for line in process.stdout:
            said_s = float(line)
            if said_s >= done_s:
                break
        process.kill()
    return said_s


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_analysis_keeps_every_finished_second(seed: int, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "shapes.mp4", seconds=60)
    said_s = kill_after(random.Random(seed).uniform(1.0, 50.0), "recording", clip, tmp_path)
    with open_store(tmp_path) as store:
        info = store.session("latest")
        points = store.points(info.session_id)
    assert info.state is SessionState.INTERRUPTED
    assert [point.t_s for point in points] == list(range(len(points)))
    assert len(points) >= int(said_s)
    assert all(point.seen == 6 and point.shares is not None for point in points)


def test_a_killed_live_session_loses_at_most_its_last_second(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "shapes.mp4", seconds=20)
    said_s = kill_after(random.Random(0).uniform(2.0, 3.0), "live", clip, tmp_path)
    with open_store(tmp_path) as store:
        info = store.session("latest")
        points = store.points(info.session_id)
    assert info.state is SessionState.INTERRUPTED
    assert [point.t_s for point in points] == list(range(len(points)))
    assert len(points) >= int(said_s) - 1
