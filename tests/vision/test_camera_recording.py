"""Recordings keep their own time, and bad files are told apart in words."""

from __future__ import annotations

import logging
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from classroom_monitor.contracts import EndOfRecording, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.recording import RecordingCamera
from tests.fakes.avi import mjpeg_avi
from tests.fakes.raw_h264 import write_raw_h264
from tests.fakes.videos import shape_picture, write_recording


def read_all(path: Path) -> list[Frame]:
    camera = RecordingCamera(path)
    camera.open()
    read: list[Frame] = []
    try:
        while True:
            read.append(camera.read())
    except EndOfRecording:
        return read
    finally:
        camera.close()


def times_s(path: Path) -> list[float]:
    return [frame.captured_at_s for frame in read_all(path)]


@pytest.mark.parametrize("suffix", [".avi", ".mp4", ".mkv"])
def test_times_are_those_of_the_container(tmp_path: Path, suffix: str) -> None:
    path = write_recording(tmp_path / f"shapes{suffix}", frames=6, rate_hz=12.5)
    assert times_s(path) == pytest.approx([0.0, 0.08, 0.16, 0.24, 0.32, 0.40], abs=0.001)


def test_length_comes_from_the_header(tmp_path: Path) -> None:
    camera = RecordingCamera(write_recording(tmp_path / "shapes.mp4", frames=20, rate_hz=10))
    assert camera.duration_s is None
    camera.open()
    assert camera.duration_s == pytest.approx(2.0)
    camera.close()


def test_a_varying_rate_is_followed(tmp_path: Path) -> None:
    written_s = [0.0, 0.1, 0.2, 0.9, 1.0, 3.5]
    path = write_timecodes(tmp_path / "varying.avi", written_s)
    assert times_s(path) == pytest.approx(written_s, abs=0.001)


def write_timecodes(path: Path, times: list[float]) -> Path:
    """Write an MJPEG AVI whose pictures stand at these multiples of 0.1 s.

    AVI has a fixed rate; an empty chunk repeats the picture before it, so that the decoder
    gives only the others, each with its own time.
    """
    marks = {round(10 * at_s) for at_s in times}
    pictures = [
        cv2.imencode(".jpg", shape_picture(tick))[1].tobytes() if tick in marks else b""
        for tick in range(max(marks) + 1)
    ]
    path.write_bytes(mjpeg_avi(pictures))
    return path


def make_bad(kind: str, folder: Path) -> Path:
    path = folder / "lecture.mp4"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("Minutes of the meeting\n" * 100)
    elif kind == "empty":
        path.touch()
    elif kind == "noise":
        path.write_bytes(bytes(range(256)) * 40)
    elif kind == "no pictures":
        write_recording(path, frames=0)
    elif kind == "cut off":
        whole = write_recording(folder / "whole.mp4").read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    return path


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "text", "empty", "noise", "no pictures", "cut off"]
)
def test_a_bad_file_is_one_clear_line(
    tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = make_bad(kind, tmp_path)
    camera = RecordingCamera(path)
    with pytest.raises(CameraProblem) as raised:
        camera.open()
    message = str(raised.value)
    assert str(path) in message
    assert "\n" not in message
    assert capfd.readouterr() == ("", "")
    with pytest.raises(CameraProblem):
        camera.read()


def test_pictures_without_times_are_refused(tmp_path: Path) -> None:
    path = write_raw_h264(tmp_path / "camera.h264", frames=30)
    reader = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    assert reader.grab()
    assert reader.retrieve()[1].shape == (48, 64, 3)  # it can be decoded
    with pytest.raises(CameraProblem, match=r"camera\.h264 does not say when"):
        RecordingCamera(path).open()


def test_a_single_picture_needs_no_times(tmp_path: Path) -> None:
    path = write_raw_h264(tmp_path / "camera.h264", frames=1)
    assert times_s(path) == [0.0]


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = write_recording(tmp_path / "whole.avi", frames=40).read_bytes()
    path = tmp_path / "broken.avi"
    path.write_bytes(whole[: len(whole) // 2])
    with caplog.at_level(logging.WARNING):
        read = read_all(path)
    assert 5 < len(read) < 40
    assert "broken.avi" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forbids such names")
@pytest.mark.parametrize("name", ["file:odd.mp4", "lecture_%02d.mp4", "a?b#c.mp4"])
def test_names_that_mean_something_to_ffmpeg_are_only_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_recording(tmp_path / "shapes.mp4", frames=3).rename(tmp_path / name)
    assert len(read_all(Path(name))) == 3


def test_names_in_any_script_are_read(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "shapes.mp4", frames=3).rename(tmp_path / "Hörsaal λ.mp4")
    assert len(read_all(path)) == 3


@pytest.mark.parametrize(
    ("name", "frames", "last_s"),
    [
        ("lecture_20", 600, 59.9),
        ("seminar_6", 400, 39.9),
        ("dim_moving_16", 300, 29.9),
        ("back_rows_40", 400, 39.9),
        ("real_classroom_4", 45, 5.5),
        ("real_two_people", 56, 55 / 12),
    ],
)
def test_footage_gives_every_frame_in_order(
    shared_dir: Path, name: str, frames: int, last_s: float
) -> None:
    camera = RecordingCamera(shared_dir / "clips" / f"{name}.mp4")
    camera.open()
    times: list[float] = []
    try:
        while True:
            times.append(camera.read().captured_at_s)
    except EndOfRecording:
        camera.close()
    assert len(times) == frames
    assert times[-1] == pytest.approx(last_s, abs=0.001)
    assert all(earlier < later for earlier, later in pairwise(times))
