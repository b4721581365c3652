"""A camera that vanishes and comes back under another number is found again.

Devices can't be plugged in by a test: the system's list is a stand-in, and what is opened behind
each number is a recording. All else is the program's own.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from classroom_monitor.app import make_camera
from classroom_monitor.contracts import CameraInfo, Frame
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.slot import Slot
from classroom_monitor.vision import device
from classroom_monitor.vision.camera_list import CameraMemory
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.video_source import VideoSource
from tests.fakes.threads import no_threads_left
from tests.live.clips import write_clip
from tests.live.rig import eventually

HALL, BUILT_IN = "Hall camera", "Built-in camera"


class Ports:
    """What is plugged in where; a device gives the pictures of a short recording, then is gone."""

    def __init__(self, clip: Path) -> None:
        self.names: dict[int, str] = {}
        self.opened: list[str] = []
        self._clip = clip
        self._open = VideoSource.open

    def cameras(self) -> list[CameraInfo]:
        return [CameraInfo(index, name) for index, name in sorted(self.names.items())]

    def open(self, source: VideoSource, index: int, backend: int) -> bool:
        name = self.names.get(index)
        self.opened.append(name or "nothing")
        return name == HALL and self._open(source, str(self._clip), cv2.CAP_FFMPEG)


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ports:
    ports = Ports(write_clip(tmp_path / "shapes.mp4", seconds=1))

    def opens(source: VideoSource, index: int, backend: int) -> bool:
        return ports.open(source, index, backend)

    monkeypatch.setattr(device, "list_cameras", ports.cameras)
    monkeypatch.setattr(VideoSource, "open", opens)
    return ports


@pytest.mark.parametrize("chosen", ["0", HALL, "/dev/video0"])
def test_a_camera_that_returns_under_another_number_is_found(chosen: str, ports: Ports) -> None:
    ports.names = {0: HALL}
    with no_threads_left():
        supervisor = CaptureSupervisor(
            partial(make_camera, chosen, "auto", CameraMemory()), Slot[Frame]()
        )
        supervisor.start()
        eventually(lambda: supervisor.frames > 0)
        ports.names = {}
        eventually(lambda: chosen == HALL or "nothing" in ports.opened)
        frames = supervisor.frames
        ports.opened.clear()
        ports.names = {0: BUILT_IN, 3: HALL}
        eventually(lambda: HALL in ports.opened and supervisor.frames > frames)
        supervisor.stop(20.0)
    assert BUILT_IN not in ports.opened


def test_cameras_of_one_name_keep_their_numbers() -> None:
    memory = CameraMemory()
    twins = [CameraInfo(0, HALL), CameraInfo(2, HALL)]
    assert memory.index_of(0, twins) == 0
    assert memory.index_of(0, [CameraInfo(1, HALL), CameraInfo(2, HALL)]) == 0
    assert memory.index_of(0, []) == 0
