"""Runs the program as a user does: as a process, with settings and data folders of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from classroom_monitor.cli import command_line
from classroom_monitor.cli.output import problems_to_exit_code
from classroom_monitor.vision.opencv import cv2

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment whose home, settings and data lie in the test's folder."""
    home = tmp_path / "home"
    home.mkdir()
    return {
        **os.environ,
        "HOME": str(home),
        "APPDATA": str(home),
        "LOCALAPPDATA": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run a command and return its exit code, stdout and stderr."""

    def run_command(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "classroom_monitor", *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run_command


@pytest.fixture
def run_here(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command in this process; return its exit code, stdout and stderr.

    Dozens of commands take the time of a few processes.
    """
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run_command(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        with pytest.raises(SystemExit) as ended, problems_to_exit_code():
            command_line(words, prog_name="classroom-monitor")
        assert isinstance(ended.value.code, int)
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(words, ended.value.code, printed.out, printed.err)

    return run_command


@pytest.fixture
def empty_room_clip(tmp_path: Path) -> Path:
    """A two-second recording of a wall at 5 frames a second: no faces in it."""
    path = tmp_path / "empty room.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 5, (160, 120))
    for level in range(10):
        frame = cv2.resize(_gradient(level), (160, 120))
        writer.write(frame)
    writer.release()
    return path


def _gradient(level: int) -> "cv2.typing.MatLike":
    import numpy as np

    ramp = np.linspace(40 + level, 200, 160, dtype=np.float32)
    return np.repeat(np.tile(ramp, (120, 1))[..., None], 3, 2).astype(np.uint8)
