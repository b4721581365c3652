"""analyze as a user runs it: several recordings, and runs that were interrupted."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState, TimelinePoint
from classroom_monitor.sessions.store import open_store
from tests.fakes.videos import write_recording

Run = Callable[..., subprocess.CompletedProcess[str]]


def reports(result: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def points(store_dir: Path, session: object) -> list[TimelinePoint]:
    with open_store(store_dir, read_only=True) as store:
        assert isinstance(session, int)
        return store.points(session)


def interrupt_after(store_dir: Path, seconds: int) -> None:
    """Leave the store as if its only session had been broken off after so many seconds."""
    with sqlite3.connect(store_dir / "sessions.sqlite") as connection:
        connection.execute("UPDATE sessions SET state = 'interrupted'")
        connection.execute("DELETE FROM points WHERE t_s >= ?", (seconds,))
    connection.close()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Four seconds of moving shapes."""
    return write_recording(tmp_path / "shapes.mp4", frames=40, rate_hz=10)


def test_several_recordings_are_reported_in_their_order(
    run: Run, clip: Path, empty_room_clip: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    sources = [clip, tmp_path / "missing.mp4", empty_room_clip]
    result = run("analyze", *sources, "--store", store, "--counts-only", "--json", "--workers", 2)
    assert result.returncode == 1
    made = reports(result)
    assert [report["source"] for report in made] == ["shapes.mp4", "empty room.avi"]
    assert [report["seconds"] for report in made] == [4, 2]
    problems = [line for line in result.stderr.splitlines() if "classroom-monitor:" in line]
    assert len(problems) == 1
    assert "missing.mp4 does not exist" in problems[0]


def test_an_interrupted_recording_is_continued(run: Run, clip: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    command = ("analyze", clip, "--store", store, "--counts-only", "--json")
    (first,) = reports(run(*command))
    whole = points(store, first["session"])
    interrupt_after(store, 2)
    result = run(*command)
    (again,) = reports(result)
    assert "shapes.mp4: continuing session 1 at 00:00:02" in result.stderr
    assert {**again, "wall_s": 0} == {**first, "wall_s": 0}
    assert points(store, again["session"]) == whole
    with open_store(store, read_only=True) as opened:
        assert [info.state for info in opened.list_sessions()] == [SessionState.COMPLETE]
    assert reports(run(*command))[0]["session"] == 2  # a whole one is not gone on with


@pytest.mark.parametrize(
    "difference",
    [["--restart"], ["--rate", "2"], ["--group-minimum", "7"], ["--mode", "near"]],
)
def test_a_new_session_is_begun(
    difference: list[str], run: Run, clip: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    run("analyze", clip, "--store", store, "--counts-only")
    interrupt_after(store, 2)
    result = run("analyze", clip, "--store", store, "--counts-only", "--json", *difference)
    assert "continuing" not in result.stderr
    assert reports(result)[0]["session"] == 2
    assert len(points(store, 1)) == 2


def test_a_changed_file_is_another_recording(run: Run, clip: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("analyze", clip, "--store", store, "--counts-only")
    interrupt_after(store, 2)
    write_recording(clip, frames=30, rate_hz=10)
    result = run("analyze", clip, "--store", store, "--counts-only", "--json")
    assert reports(result)[0]["session"] == 2


def test_a_recording_named_twice_is_continued_once(run: Run, clip: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("analyze", clip, "--store", store, "--counts-only")
    interrupt_after(store, 2)
    result = run("analyze", clip, clip, "--store", store, "--counts-only", "--json")
    assert result.returncode == 0, result.stderr
    assert [report["session"] for report in reports(result)] == [1, 2]
    assert points(store, 1)[-1].seen == points(store, 2)[-1].seen


@pytest.mark.skipif(sys.platform == "win32", reason="a process gets no Ctrl+C by itself there")
@pytest.mark.parametrize("recordings", [1, 2])
def test_ctrl_c_saves_and_the_same_command_goes_on(
    recordings: int, environment: dict[str, str], run: Run, tmp_path: Path
) -> None:
    long = [write_recording(tmp_path / "a.mp4", frames=20_000, rate_hz=10)]
    if recordings == 2:
        long.append(Path(shutil.copy(long[0], tmp_path / "b.mp4")))
    store = tmp_path / "store"
    command = [*("analyze", *map(str, long)), "--store", str(store), "--counts-only", "--json"]
    with subprocess.Popen(
        [sys.executable, "-m", "classroom_monitor", *command, "--workers", "2"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_for_seconds(store, recordings)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 1
    assert json.loads(stdout) == []
    assert "stopped; finished seconds are saved" in stderr
    assert "Traceback" not in stderr
    with open_store(store, read_only=True) as opened:
        infos = opened.list_sessions()
    assert {info.state for info in infos} == {SessionState.INTERRUPTED}
    assert len(infos) == recordings
    assert all(info.seconds >= 2 for info in infos)


def wait_for_seconds(store_dir: Path, sessions: int) -> None:
    """Return once so many sessions have two seconds each."""
    tick = threading.Event()
    for _ in range(12_000):
        if (store_dir / "sessions.sqlite").exists():
            with open_store(store_dir) as store:
                infos = store.list_sessions()
            if len(infos) == sessions and all(info.seconds >= 2 for info in infos):
                return
        tick.wait(0.01)
    raise AssertionError("nothing was saved within two minutes")
