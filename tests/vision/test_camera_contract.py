"""What every camera promises, run over recordings, streams and the fake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import Camera, EndOfRecording, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.camera import open_camera
from tests.fakes.camera import FakeCamera, frames
from tests.fakes.mjpeg_server import mjpeg_server
from tests.fakes.network_camera import Behaviour, NetworkCamera
from tests.fakes.rtsp_server import rtsp_server
from tests.fakes.threads import no_threads_left
from tests.fakes.videos import write_recording

LENGTH = 8


class Source:
    """A camera under test, and how to make a live one go away."""

    def __init__(self, camera: Camera, take_away: Callable[[], None]) -> None:
        self.camera = camera
        self.take_away = take_away


def make_source(kind: str, folder: Path, stack: ExitStack) -> Source:
    if kind.startswith("."):
        path = write_recording(folder / f"shapes{kind}", LENGTH)
        return Source(open_camera(str(path)), lambda: None)
    if kind in ("http", "rtsp"):
        server: NetworkCamera = stack.enter_context(
            mjpeg_server() if kind == "http" else rtsp_server()
        )
        address = server.address.replace("://", "://user:secret@") + "?key=secret"
        return Source(open_camera(address), lambda: server.behave(Behaviour.HANGING_UP))
    fake = FakeCamera(frames(LENGTH, 0.1), is_live=kind == "live fake")
    return Source(fake, lambda: None)


@pytest.fixture(params=[".avi", ".mp4", ".mkv", "http", "rtsp", "live fake", "recorded fake"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Source]:
    with no_threads_left(), ExitStack() as stack:
        made = make_source(request.param, tmp_path, stack)
        stack.callback(made.camera.close)
        yield made


def read_frames(camera: Camera, count: int) -> list[Frame]:
    return [camera.read() for _ in range(count)]


def read_to_the_end(camera: Camera) -> int:
    count = 0
    while True:
        try:
            camera.read()
        except EndOfRecording:
            return count
        count += 1


def test_frames_are_counted_and_timed_from_the_first(source: Source) -> None:
    source.camera.open()
    read = read_frames(source.camera, LENGTH)
    assert [frame.index for frame in read] == list(range(LENGTH))
    times_s = [frame.captured_at_s for frame in read]
    assert times_s[0] == 0.0
    assert times_s == sorted(set(times_s))


def test_pictures_are_bgr_bytes_of_their_own(source: Source) -> None:
    source.camera.open()
    read = read_frames(source.camera, 4)
    copies = [frame.image_bgr.copy() for frame in read]
    read_frames(source.camera, 4)
    for frame, copy in zip(read, copies, strict=True):
        assert frame.image_bgr.dtype == np.uint8
        assert frame.image_bgr.ndim == 3
        assert frame.image_bgr.shape[2] == 3
        np.testing.assert_array_equal(frame.image_bgr, copy)
    assert (read[0].image_bgr != read[3].image_bgr).any()


def test_opening_again_starts_from_the_first_frame(source: Source) -> None:
    for _ in range(2):
        source.camera.open()
        first, second = read_frames(source.camera, 2)
        assert (first.index, first.captured_at_s) == (0, 0.0)
        assert (second.index, second.captured_at_s > 0.0) == (1, True)
        source.camera.close()


def test_reading_a_closed_camera_is_a_problem(source: Source) -> None:
    with pytest.raises(CameraProblem):
        source.camera.read()
    source.camera.open()
    source.camera.read()
    source.camera.close()
    with pytest.raises(CameraProblem):
        source.camera.read()


def test_closing_is_harmless_at_any_time(source: Source) -> None:
    source.camera.close()
    source.camera.open()
    source.camera.close()
    source.camera.close()


def test_the_name_keeps_secrets(source: Source) -> None:
    assert source.camera.name
    assert "secret" not in source.camera.name
    assert "user" not in source.camera.name


def test_a_recording_ends_and_a_live_source_goes_away(source: Source) -> None:
    source.camera.open()
    if source.camera.is_live:
        source.camera.read()
        source.take_away()
        with pytest.raises(CameraProblem, match=source.camera.name):
            read_to_the_end(source.camera)
    else:
        assert read_to_the_end(source.camera) == LENGTH
        with pytest.raises(EndOfRecording):
            source.camera.read()
