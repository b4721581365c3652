"""A stream whose pictures change size, or come faster or slower, goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from classroom_monitor.contracts import Frame, SessionState
from classroom_monitor.live.capture_records import STREAM_SETTINGS
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.room import MoodScorer
from classroom_monitor.vision.room_scan import RoomScan
from classroom_monitor.vision.stream import StreamCamera
from tests.fakes.network_camera import NetworkCamera
from tests.faults.outages import SERVERS
from tests.live.rig import PATIENCE_S, PLAN, eventually


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[NetworkCamera]:
    with SERVERS[request.param]() as server:
        yield server


@pytest.fixture
def session(server: NetworkCamera, tmp_path: Path) -> Iterator[LiveSession]:
    parts = SessionParts(
        make_camera=partial(StreamCamera, server.address),
        make_follower=lambda: FaceFollower(RoomScan(threads=1)),
        make_scorer=lambda: MoodScorer(None),
        open_store=partial(open_store, tmp_path),
        capture=STREAM_SETTINGS,
    )
    session = LiveSession(PLAN, parts)
    session.start()
    yield session
    session.stop(PATIENCE_S)


def newest(session: LiveSession) -> Frame:
    frame = session.snapshot().frame
    assert frame is not None
    return frame


def test_pictures_may_change_their_size(
    session: LiveSession, server: NetworkCamera, tmp_path: Path
) -> None:
    for size_px in ((64, 48), (320, 240), (160, 120)):
        server.size_px = size_px
        frames = session.frames
        eventually(lambda: session.frames >= frames + 10)  # noqa: B023 - called at once
        if server.address.startswith("rtsp"):  # OpenCV scales those of HTTP to the first size
            assert newest(session).image_bgr.shape[1::-1] == size_px
        points = len(session.snapshot().points)
        eventually(lambda: len(session.snapshot().points) > points)  # noqa: B023
    assert session.snapshot().fault is None
    session.stop(PATIENCE_S)
    with open_store(tmp_path) as store:
        info = store.session("latest")
        assert info.state is SessionState.COMPLETE
        assert not any(point.gap for point in store.points(info.session_id))


def test_pictures_may_come_slower_and_faster(session: LiveSession, server: NetworkCamera) -> None:
    for interval_s in (0.04, 0.8, 0.01):
        server.interval_s = interval_s
        frames = session.frames
        eventually(lambda: session.frames >= frames + 4)  # noqa: B023
    shown = session.snapshot()
    assert shown.fault is None
    assert not any(point.gap for point in shown.points[1:])
    assert not [t for t in threading.enumerate() if t.name == "capture-reader"][2:]
