"""Sources are understood as the user means them, and refused in words that help."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import CameraInfo
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.camera import open_camera
from classroom_monitor.vision.camera_list import find_camera, list_cameras
from classroom_monitor.vision.device import DeviceCamera
from classroom_monitor.vision.guarded_recording import GuardedRecording
from classroom_monitor.vision.stream import StreamCamera, shown_address
from classroom_monitor.vision.video_source import as_bgr
from tests.fakes.videos import write_recording

NO_SUCH_INDEX = 9999


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("0", DeviceCamera, "camera 0"),
        (" 12 ", DeviceCamera, "camera 12"),
        ("/dev/video3", DeviceCamera, "camera 3"),
        ("Integrated Webcam", DeviceCamera, "Integrated Webcam"),
        ("USB 2.0 Camera", DeviceCamera, "USB 2.0 Camera"),
        ("Logitech C925.e", DeviceCamera, "Logitech C925.e"),
        ("x" * 5000, DeviceCamera, "x" * 5000),
        ("lecture.mp4", GuardedRecording, "lecture.mp4"),
        ("nowhere/lecture", GuardedRecording, "lecture"),
        ("rtsp://10.0.0.9:554/live", StreamCamera, "rtsp://10.0.0.9:554/live"),
        ("HTTPS://user:secret@room.edu/cam?key=1", StreamCamera, "https://room.edu/cam"),
    ],
)
def test_a_source_becomes_the_camera_that_is_meant(source: str, kind: type, name: str) -> None:
    camera = open_camera(source)
    assert type(camera) is kind
    assert camera.name == name
    assert camera.is_live is (kind is not GuardedRecording)


def test_an_existing_file_without_suffix_is_a_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_recording(tmp_path / "shapes.avi").rename(tmp_path / "lecture")
    monkeypatch.chdir(tmp_path)
    camera = open_camera("lecture")
    camera.open()
    assert camera.read().index == 0
    camera.close()


@pytest.mark.parametrize("source", ["", "  ", "ftp://host/video", "rtsp://", "http://host:port/"])
def test_what_cannot_be_a_source_is_refused(source: str) -> None:
    with pytest.raises(CameraProblem):
        open_camera(source)


@pytest.mark.parametrize("address", ["rtsp://u:secret@[bad/cam", "smb://u:secret@host/cam"])
def test_a_refused_address_keeps_its_secrets(address: str) -> None:
    with pytest.raises(CameraProblem) as raised:
        open_camera(address)
    assert "secret" not in str(raised.value)


def test_an_address_is_shown_with_its_host_in_full() -> None:
    assert shown_address("rtsp://[fe80::1]:554/a/b?x=1#y") == "rtsp://[fe80::1]:554/a/b"


@pytest.mark.parametrize("source", [str(NO_SUCH_INDEX), "9" * 30, "No such camera"])
def test_a_device_that_is_not_there_is_one_clear_line(
    source: str, capfd: pytest.CaptureFixture[str]
) -> None:
    camera = open_camera(source)
    with pytest.raises(CameraProblem, match=camera.name):
        camera.open()
    assert capfd.readouterr() == ("", "")


def test_cameras_are_listed_by_index() -> None:
    indices = [camera.index for camera in list_cameras()]
    assert indices == sorted(set(indices))


CAMERAS = [CameraInfo(0, "Integrated Webcam"), CameraInfo(2, "Webcam"), CameraInfo(4, "Room B2")]


@pytest.mark.parametrize(("name", "index"), [("room", 4), ("WEBCAM", 2), ("integrated", 0)])
def test_a_name_or_its_only_part_finds_the_camera(name: str, index: int) -> None:
    assert find_camera(name, CAMERAS).index == index


@pytest.mark.parametrize("name", ["cam", "e", "Room C"])
def test_no_camera_or_several_are_told_with_what_there_is(name: str) -> None:
    with pytest.raises(CameraProblem) as raised:
        find_camera(name, CAMERAS)
    assert "0 (Integrated Webcam), 2 (Webcam)" in str(raised.value)


def test_pictures_of_any_layout_become_bgr() -> None:
    grey = np.arange(12, dtype=np.uint8).reshape(3, 4)
    for image in (grey, grey[:, :, np.newaxis], grey.astype(np.uint16) * 257):
        picture = as_bgr(image)
        assert picture.dtype == np.uint8
        assert picture.shape == (3, 4, 3)
        assert (picture == grey[:, :, np.newaxis]).all()
    bgra = np.dstack([grey, grey + 1, grey + 2, np.zeros_like(grey)])
    np.testing.assert_array_equal(as_bgr(bgra), bgra[:, :, :3])


@pytest.mark.parametrize(
    "image", [np.zeros((3, 4, 2), np.uint8), np.zeros((3, 4, 3), np.float32), np.zeros(4, np.uint8)]
)
def test_what_is_no_picture_is_refused(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match="picture"):
        as_bgr(image)
