"""A live session from a real HTTP stream on loopback that goes silent and comes back."""

from __future__ import annotations

import threading

import pytest

from classroom_monitor.contracts import CaptureState
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.vision.stream import StreamCamera, StreamTimeouts
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.mjpeg_server import Behaviour, mjpeg_server
from tests.fakes.writer import FakeStore
from tests.live.rig import PLAN, eventually


@pytest.mark.parametrize("outage", [Behaviour.SILENT, Behaviour.HANGING_UP])
def test_an_outage_is_a_gap_and_the_session_goes_on(outage: Behaviour) -> None:
    store, analyser = FakeStore(), FakeAnalyser()
    with mjpeg_server() as server:
        parts = SessionParts(
            make_camera=lambda: StreamCamera(server.address, StreamTimeouts(2.0, 1.0)),
            make_follower=analyser.make_follower,
            make_scorer=analyser.make_scorer,
            open_store=store.open,
            capture=CaptureSettings(stall_timeout_s=0.5, backoff_min_s=0.1, backoff_max_s=0.2),
        )
        session = LiveSession(PLAN, parts)
        session.start()
        eventually(lambda: len(session.snapshot().points) >= 1)
        server.behave(outage)
        eventually(lambda: session.snapshot().status.capture is not CaptureState.RUNNING)
        assert session.snapshot().status.message
        eventually(lambda: sum(point.gap for point in session.snapshot().points) >= 2)
        server.behave(Behaviour.SENDING)
        looks = len(analyser.at_s)
        eventually(lambda: len(analyser.at_s) > looks + 5)
        assert session.snapshot().status.message == ""
        assert session.stop(20.0)
    assert [point.t_s for point in store.points] == list(range(len(store.points)))
    gaps = [point.gap for point in store.points]
    assert gaps[0] is False
    assert gaps[-1] is False
    assert sum(gaps) >= 2
    assert store.complete
    assert not any(thread.name == "capture-reader" for thread in threading.enumerate())
