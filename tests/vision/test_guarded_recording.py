"""A decoder that dies, hangs or is led astray is a problem of its file, and of nothing else."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import psutil
import pytest

from classroom_monitor.contracts import EndOfRecording, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.own_process import module_environment
from classroom_monitor.vision.guarded_recording import GuardedRecording
from classroom_monitor.vision.recording import RecordingCamera
from tests.fakes.decoders import decoder
from tests.fakes.videos import write_recording

PLANTED = "import pathlib; pathlib.Path('planted-code-ran').touch()\n"

PLAYLISTS = (
    "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n",
    "ffconcat version 1.0\nfile '{}'\n",
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns={}\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"
    "a=rtpmap:96 H264/90000\n",
)

HELD_OPEN = """
import sys
from pathlib import Path
from classroom_monitor.vision.guarded_recording import GuardedRecording
camera = GuardedRecording(Path(sys.argv[1]))
camera.open()
camera.read()
import psutil
print(psutil.Process().children()[0].pid, flush=True)
sys.stdin.read()
"""


def frames(camera: RecordingCamera | GuardedRecording) -> list[Frame]:
    read: list[Frame] = []
    with closing(camera):
        camera.open()
        try:
            while True:
                read.append(camera.read())
        except EndOfRecording:
            return read


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[GuardedRecording]:
    camera = GuardedRecording(write_recording(tmp_path / "shapes.mp4", frames=20), patience_s=1.0)
    camera.open()
    with closing(camera):
        camera.read()
        yield camera


def test_frames_are_those_of_the_recording_itself(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "shapes.mp4", frames=20)
    plain, guarded = frames(RecordingCamera(path)), frames(GuardedRecording(path))
    assert [(frame.index, frame.captured_at_s) for frame in guarded] == [
        (frame.index, frame.captured_at_s) for frame in plain
    ]
    for one, other in zip(guarded, plain, strict=True):
        np.testing.assert_array_equal(one.image_bgr, other.image_bgr)


def test_a_decoder_that_dies_is_a_problem_of_its_file(opened: GuardedRecording) -> None:
    decoder().kill()
    with pytest.raises(CameraProblem, match=r"shapes\.mp4: the decoder broke down at 0 s") as told:
        opened.read()
    assert "\n" not in str(told.value)
    opened.open()
    assert opened.read().index == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process for a while")
def test_a_decoder_that_hangs_is_ended(opened: GuardedRecording) -> None:
    hung = decoder()
    hung.suspend()
    with pytest.raises(CameraProblem, match="no answer for 1 s"):
        opened.read()
    assert not hung.is_running()


def test_closing_leaves_no_process(opened: GuardedRecording) -> None:
    process = decoder()
    opened.close()
    assert not process.is_running()


def test_what_the_decoder_logs_is_logged_here(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = write_recording(tmp_path / "whole.avi", frames=40).read_bytes()
    path = tmp_path / "broken.avi"
    path.write_bytes(whole[: len(whole) // 2])
    assert 5 < len(frames(GuardedRecording(path))) < 40
    assert "broken.avi ends at" in caplog.text


def test_a_program_that_is_killed_takes_its_decoder_along(tmp_path: Path) -> None:
    path = write_recording(tmp_path / "shapes.mp4", frames=20)
    program = subprocess.Popen(
        [sys.executable, "-c", HELD_OPEN, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=module_environment(),
    )
    with program:
        assert program.stdout is not None
        orphan = psutil.Process(int(program.stdout.readline()))
        os.kill(program.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        program.wait()
        assert psutil.wait_procs([orphan], timeout=10)[1] == []


def test_code_in_the_working_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_recording(tmp_path / "shapes.mp4", frames=3)
    for name in ("numpy.py", "cv2.py", "logging.py", "queue.py", "classroom_monitor.py"):
        (tmp_path / name).write_text(PLANTED)
    monkeypatch.chdir(tmp_path)
    assert len(frames(GuardedRecording(Path(path.name)))) == 3
    assert not (tmp_path / "planted-code-ran").exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.m3u8", PLAYLISTS[0]),
        ("list.mp4", PLAYLISTS[0]),
        ("list.ffconcat", PLAYLISTS[1]),
        ("list.sdp", PLAYLISTS[2]),
    ],
)
def test_a_playlist_leads_to_no_other_machine(tmp_path: Path, name: str, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        path = tmp_path / name
        path.write_text(text.format(f"http://127.0.0.1:{server.getsockname()[1]}/x.mp4"))
        with closing(GuardedRecording(path)) as camera, pytest.raises(CameraProblem):
            camera.open()
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_playlist_of_files_is_read(tmp_path: Path) -> None:
    write_recording(tmp_path / "shapes.mp4", frames=3)
    path = tmp_path / "list.ffconcat"
    path.write_text("ffconcat version 1.0\nfile shapes.mp4\n")
    assert len(frames(GuardedRecording(path))) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="reads the limits from Linux's /proc")
def test_the_decoder_may_write_no_file_and_leave_no_dump(opened: GuardedRecording) -> None:
    process = decoder()
    assert process.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
    assert process.rlimit(psutil.RLIMIT_CORE)[0] <= 1
