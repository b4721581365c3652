"""Capture over real HTTP and RTSP connections that fail and come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from classroom_monitor.contracts import CaptureState, Frame
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.slot import Slot
from classroom_monitor.vision.stream import StreamCamera, StreamTimeouts
from tests.fakes.mjpeg_server import mjpeg_server
from tests.fakes.network_camera import Behaviour, NetworkCamera
from tests.fakes.rtsp_server import rtsp_server
from tests.fakes.threads import no_threads_left

LONG_S = 20.0
QUICK = CaptureSettings(
    open_timeout_s=3.0, stall_timeout_s=0.3, backoff_min_s=0.05, backoff_max_s=0.1
)
TIMEOUTS = StreamTimeouts(open_s=2.0, read_s=0.5)


@dataclass
class Watched:
    server: NetworkCamera
    supervisor: CaptureSupervisor

    def reaches(self, *states: CaptureState) -> bool:
        return self.supervisor.wait_for(states, LONG_S)

    def newest(self) -> Frame:
        frame = self.supervisor.latest_frame()
        assert frame is not None
        return frame


@pytest.fixture(params=[mjpeg_server, rtsp_server])
def watched(request: pytest.FixtureRequest) -> Iterator[Watched]:
    with no_threads_left(), request.param() as server:
        yield from watch(server)


def watch(server: NetworkCamera) -> Iterator[Watched]:
    supervisor = CaptureSupervisor(
        lambda: StreamCamera(server.address, TIMEOUTS), Slot[Frame](), QUICK
    )
    supervisor.start()
    yield Watched(server, supervisor)
    supervisor.stop(timeout_s=LONG_S)


@pytest.mark.parametrize("trouble", [Behaviour.SILENT, Behaviour.HANGING_UP, Behaviour.GARBAGE])
def test_a_stream_comes_back_by_itself(watched: Watched, trouble: Behaviour) -> None:
    assert watched.reaches(CaptureState.RUNNING)
    watched.server.behave(trouble)
    assert watched.reaches(CaptureState.LOST)
    before = watched.newest()
    lost_at_s = watched.supervisor.now_s()
    assert lost_at_s is not None
    status = watched.supervisor.status()
    assert "127.0.0.1" in status.message
    assert status.fault is None
    watched.server.behave(Behaviour.SENDING)
    assert watched.reaches(CaptureState.RUNNING)
    after = watched.newest()
    assert after.index > before.index
    assert after.captured_at_s > lost_at_s > before.captured_at_s


def test_a_silent_stream_is_said_to_have_stalled(watched: Watched) -> None:
    assert watched.reaches(CaptureState.RUNNING)
    watched.server.behave(Behaviour.SILENT)
    assert watched.reaches(CaptureState.STALLED, CaptureState.LOST)
    assert watched.supervisor.status().message


def test_a_server_that_comes_later_is_waited_for() -> None:
    with no_threads_left(), mjpeg_server() as server:
        server.behave(Behaviour.HANGING_UP)
        for watched in watch(server):
            assert watched.reaches(CaptureState.LOST)
            server.behave(Behaviour.SENDING)
            assert watched.reaches(CaptureState.RUNNING)
