"""Capture over a real HTTP connection that fails and comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from classroom_monitor.contracts import CaptureState, Frame
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.slot import Slot
from classroom_monitor.vision.stream import StreamCamera, StreamTimeouts
from tests.fakes.mjpeg_server import Behaviour, MjpegServer, mjpeg_server
from tests.fakes.threads import no_threads_left

LONG_S = 20.0
QUICK = CaptureSettings(
    open_timeout_s=1.0, stall_timeout_s=0.3, backoff_min_s=0.05, backoff_max_s=0.1
)
TIMEOUTS = StreamTimeouts(open_s=0.5, read_s=0.5)


@dataclass
class Watched:
    server: MjpegServer
    supervisor: CaptureSupervisor

    def reaches(self, *states: CaptureState) -> bool:
        return self.supervisor.wait_for(states, LONG_S)

    def newest(self) -> Frame:
        frame = self.supervisor.latest_frame()
        assert frame is not None
        return frame


@pytest.fixture
def watched() -> Iterator[Watched]:
    with no_threads_left(), mjpeg_server() as server:
        factory: Callable[[], StreamCamera] = lambda: StreamCamera(server.address, TIMEOUTS)  # noqa: E731
        supervisor = CaptureSupervisor(factory, Slot(), QUICK)
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
        supervisor = CaptureSupervisor(
            lambda: StreamCamera(server.address, TIMEOUTS), Slot(), QUICK
        )
        supervisor.start()
        assert supervisor.wait_for([CaptureState.LOST], LONG_S)
        server.behave(Behaviour.SENDING)
        assert supervisor.wait_for([CaptureState.RUNNING], LONG_S)
        assert supervisor.stop(LONG_S)
