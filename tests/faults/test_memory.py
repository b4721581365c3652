"""Programs with too little memory say so, or do with less; what was recorded is there."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions.store import open_store
from tests.fakes.rtsp_server import rtsp_server

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux limits the memory of a process"
)

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import pathlib, resource, sys
import psutil
from classroom_monitor.live.capture_records import STREAM_SETTINGS
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.room import MoodScorer
from classroom_monitor.vision.room_scan import RoomScan
from classroom_monitor.vision.stream import StreamCamera
from tests.live.rig import PLAN, eventually

folder, address, spare_mib = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
session = LiveSession(PLAN, SessionParts(
    make_camera=lambda: StreamCamera(address),
    make_follower=lambda: FaceFollower(RoomScan(threads=1)),
    make_scorer=lambda: MoodScorer(None),
    open_store=lambda: open_store(folder),
    capture=STREAM_SETTINGS,
))
session.start()
eventually(lambda: len(session.snapshot().points) >= 2)
unlimited = resource.getrlimit(resource.RLIMIT_DATA)
taken = psutil.Process().memory_info().data
resource.setrlimit(resource.RLIMIT_DATA, (taken + spare_mib * 2**20, unlimited[1]))
print("limited", flush=True)
sys.stdin.readline()
resource.setrlimit(resource.RLIMIT_DATA, unlimited)
points = session.snapshot().points
print(sum(point.gap for point in points), flush=True)
eventually(lambda: len(session.snapshot().points) >= len(points) + 2)
eventually(lambda: not session.snapshot().points[-1].gap)
assert session.snapshot().fault is None
session.stop(30.0)
"""


@pytest.mark.parametrize("spare_mib", [1, 8])
def test_a_session_outlives_a_lack_of_memory(spare_mib: int, tmp_path: Path) -> None:
    """No memory for the stream's pictures, which have become larger, for some seconds."""
    with rtsp_server(0.04) as server:
        server.size_px = (320, 240)
        command = [sys.executable, "-c", PROGRAM, tmp_path, server.address, spare_mib]
        with subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "limited\n"
            server.size_px = (1920, 1080)
            threading.Event().wait(4.0)
            server.size_px = (320, 240)
            process.stdin.write("enough\n")
            process.stdin.flush()
            said = process.stdout.read()
        assert process.returncode == 0
    assert int(said) > 0, "the limit was not felt"
    with open_store(tmp_path) as store:
        info = store.session("latest")
        points = store.points(info.session_id)
    assert info.state is SessionState.COMPLETE
    assert [point.t_s for point in points] == list(range(len(points)))
    assert not any(point.gap for point in points[:2])
    assert not points[-2].gap
