"""Cameras of drawn pictures keep time, and say what they themselves missed."""

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.benchmark.cameras import DressedRecording, LoopCamera, write_recording
from classroom_monitor.contracts import EndOfRecording, UInt8Array
from classroom_monitor.errors import CameraProblem


def pictures(count: int) -> list[UInt8Array]:
    return [np.full((48, 64, 3), 20 * number, np.uint8) for number in range(count)]


class Time:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.s = 50.0

    def now(self) -> float:
        return self.s

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.s += seconds


def test_a_camera_gives_its_pictures_in_turn_by_the_clock() -> None:
    time, shown = Time(), pictures(3)
    camera = LoopCamera(shown, 10.0, time.now, time.sleep)
    camera.open()
    frames = [camera.read() for _ in range(5)]
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert [frame.captured_at_s for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])
    turns = zip(frames, (0, 1, 2, 0, 1), strict=True)
    assert all(frame.image_bgr is shown[turn] for frame, turn in turns)
    assert time.s == pytest.approx(50.4)
    assert (camera.cost.frames, camera.cost.missed) == (5, 0)


def test_pictures_that_nobody_read_in_time_are_gone_and_counted() -> None:
    time = Time()
    camera = LoopCamera(pictures(3), 10.0, time.now, time.sleep)
    camera.open()
    camera.read()
    time.s += 0.35
    late = camera.read()  # the pictures of 0.1 and 0.2 s are gone, that of 0.3 s lies ready
    assert late.captured_at_s == pytest.approx(0.3)
    assert time.s == pytest.approx(50.35)
    assert camera.read().captured_at_s == pytest.approx(0.4)
    assert camera.cost.missed == 2


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "empty.mp4"
    write_recording(path, pictures(4), 10.0)
    return path


def test_a_recording_is_decoded_again_and_again_and_shows_other_pictures(recording: Path) -> None:
    dressed = [np.full((48, 64, 3), 200 + number, np.uint8) for number in range(2)]
    camera = DressedRecording(recording, dressed, duration_s=1.0, rate_hz=10.0)
    camera.open()
    frames = [camera.read() for _ in range(10)]
    assert [frame.captured_at_s for frame in frames] == pytest.approx(np.arange(10) / 10)
    assert all(frame.image_bgr is dressed[frame.index % 2] for frame in frames)
    with pytest.raises(EndOfRecording):
        camera.read()
    camera.close()


def test_frames_can_be_passed_over(recording: Path) -> None:
    camera = DressedRecording(recording, pictures(4), duration_s=1.0, rate_hz=10.0)
    camera.open()
    assert [camera.advance() for _ in range(3)] == pytest.approx([0.0, 0.1, 0.2])
    assert camera.current().index == 2
    camera.close()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CameraProblem, match="cannot be written"):
        write_recording(tmp_path / "missing" / "empty.mp4", pictures(1), 10.0)
