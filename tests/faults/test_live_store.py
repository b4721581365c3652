"""What happens to the store while a lecture is recorded: files, disks and locks are real."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from classroom_monitor.app import LIVE_STORE_WAIT_S, session_refuges
from classroom_monitor.contracts import Frame, SessionState, TimelinePoint
from classroom_monitor.errors import StoreProblem
from classroom_monitor.live.parts import Refuge
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions import store_presence
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from tests.faults.full_disk import fill, remount, small_disk
from tests.live.rig import PATIENCE_S, PLAN, Rig, eventually

ROOT = Path(__file__).resolve().parents[2]
BEFORE, FRAMES = 15, 31
"""The frame before which something happens, a second and a half into three."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that holds nothing but the store, and can be filled."""
    with small_disk(tmp_path / "disk") as folder:
        yield folder


def _seconds(folder: Path) -> int:
    """How many seconds of the newest session are stored; 0 where there is none."""
    if not (folder / STORE_NAME).exists():
        return 0
    with open_store(folder, read_only=True) as store:
        return max((info.seconds for info in store.list_sessions()), default=0)


def lecture(
    folder: Path,
    fault: Callable[[], object],
    refuges: tuple[Refuge, ...] = (),
    begun: bool = True,
) -> Rig:
    """A session of three seconds into a folder's store, with a fault after the first of them.

    begun is whether the store takes it until then.
    """
    rig = Rig()

    def happen(frame: Frame) -> None:
        if frame.index == BEFORE:
            eventually(lambda: len(rig.snapshot().points) == 1)
            eventually(lambda: not begun or _seconds(folder) == 1)
            fault()

    rig.analyser.before = happen
    store = partial(open_store, folder, wait_s=LIVE_STORE_WAIT_S)
    rig.parts = replace(rig.parts, open_store=store, refuges=refuges)
    rig.session = LiveSession(PLAN, rig.parts)
    rig.gives(FRAMES, rig.hang())
    return rig


def stored(folder: Path) -> tuple[SessionState, list[TimelinePoint]]:
    """The newest session of a store, which opens."""
    with open_store(folder) as store:
        info = store.session("latest")
        return info.state, store.points(info.session_id)


def assert_whole(rig: Rig, folder: Path) -> None:
    """All that was on screen is in the store, in a session that is complete."""
    state, points = stored(folder)
    assert state is SessionState.COMPLETE
    assert points == list(rig.snapshot().points)
    assert [point.t_s for point in points] == [0, 1, 2, 3]
    assert all(point.shares is not None for point in points)


def test_a_disk_that_fills_up_and_is_cleared_costs_nothing(disk: Path) -> None:
    rig = lecture(disk, lambda: fill(disk))
    rig.run_to(points=3)
    eventually(lambda: "disk is full" in rig.snapshot().status.message)
    assert rig.snapshot().running
    rig.session.mark("while it was full")
    (disk / "ballast").unlink()
    eventually(lambda: not rig.snapshot().status.message)
    rig.stop()
    assert_whole(rig, disk)
    with open_store(disk) as store:
        assert [marker.text for marker in store.markers(1)] == ["while it was full"]


def test_a_disk_that_stays_full_costs_nothing_where_there_is_another(
    disk: Path, tmp_path: Path
) -> None:
    refuges = tuple(
        Refuge(folder, partial(open_store, folder))
        for folder in (disk / "rescued", tmp_path / "rescued")
    )
    rig = lecture(disk, lambda: fill(disk), refuges)
    rig.run_to(points=3)
    rig.released.set()
    rig.session.stop(2.0)
    assert rig.session.wait(PATIENCE_S)
    fault = rig.snapshot().fault
    assert isinstance(fault, StoreProblem)
    assert str(tmp_path / "rescued") in str(fault)
    assert "disk is full" in str(fault)
    assert "\n" not in str(fault)
    assert rig.snapshot().session_id is None  # its own store has but a part of it
    assert_whole(rig, tmp_path / "rescued")
    (disk / "ballast").unlink()
    state, points = stored(disk)
    assert (state, [point.t_s for point in points]) == (SessionState.INTERRUPTED, [0])


def test_a_disk_that_may_only_be_read_costs_nothing_once_it_may_be_written(disk: Path) -> None:
    remount(disk, "ro")
    rig = lecture(disk / "data", lambda: None, begun=False)
    rig.run_to(points=3)
    eventually(lambda: "Read-only file system" in rig.snapshot().status.message)
    assert rig.snapshot().running
    remount(disk, "rw")
    eventually(lambda: not rig.snapshot().status.message)
    rig.stop()
    assert_whole(rig, disk / "data")


@contextmanager
def quota() -> Iterator[Callable[[], None]]:
    """What limits the size of this process's files, as the quota of a network folder does."""
    if sys.platform == "win32":
        pytest.skip("Windows has no limit on the size of files")
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_quota_that_is_used_up_is_said(tmp_path: Path) -> None:
    with quota() as use_it_up:
        rig = lecture(tmp_path, use_it_up)
        rig.run_to(points=3)
        eventually(lambda: "your quota is used up" in rig.snapshot().status.message)
        assert rig.snapshot().running
    eventually(lambda: not rig.snapshot().status.message)
    rig.stop()
    assert_whole(rig, tmp_path)


def test_a_folder_that_is_deleted_costs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    rig = lecture(folder, lambda: shutil.rmtree(folder))
    rig.run_to(points=3)
    eventually((folder / STORE_NAME).is_file)
    rig.stop()
    assert_whole(rig, folder)


def test_a_folder_that_is_moved_away_costs_nothing(tmp_path: Path) -> None:
    folder, moved = tmp_path / "data", tmp_path / "moved"
    rig = lecture(folder, lambda: folder.rename(moved))
    rig.run_to(points=3)
    eventually((folder / STORE_NAME).is_file)
    rig.stop()
    assert_whole(rig, folder)
    state, points = stored(moved)
    assert state is SessionState.INTERRUPTED
    assert points == list(rig.snapshot().points)[: len(points)]


def test_a_network_folder_that_numbers_its_files_anew_is_no_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = count()
    monkeypatch.setattr(store_presence, "_identity", lambda _: (1, next(numbers)))
    rig = lecture(tmp_path, lambda: None)
    rig.run_to(points=3)
    rig.stop()
    assert_whole(rig, tmp_path)
    with open_store(tmp_path) as store:
        assert len(store.list_sessions()) == 1


def test_a_store_whose_log_is_deleted_costs_nothing(tmp_path: Path) -> None:
    rig = lecture(tmp_path, (tmp_path / f"{STORE_NAME}-wal").unlink)
    rig.run_to(points=3)
    rig.stop()
    assert_whole(rig, tmp_path)


def test_files_that_may_no_longer_be_written_cost_nothing_once_they_may(tmp_path: Path) -> None:
    files = [tmp_path / STORE_NAME, tmp_path / f"{STORE_NAME}-wal"]

    def protect(sign: str) -> bool:
        command = ["chattr", f"{sign}i", *map(str, files)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    probe = tmp_path / "probe"
    probe.touch()
    if (
        not shutil.which("chattr")
        or subprocess.run(["chattr", "+i", str(probe)], capture_output=True, check=False).returncode
    ):
        pytest.skip("files cannot be protected from their open handles here")
    subprocess.run(["chattr", "-i", str(probe)], check=True)
    rig = lecture(tmp_path, lambda: protect("+"))
    try:
        rig.run_to(points=3)
        eventually(lambda: STORE_NAME in rig.snapshot().status.message)
        assert rig.snapshot().running
    finally:
        protect("-")
    eventually(lambda: not rig.snapshot().status.message)
    rig.stop()
    assert_whole(rig, tmp_path)


LOCKING = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


def test_a_store_that_another_program_locks_keeps_nobody_waiting(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOCKING, str(tmp_path / STORE_NAME)]
    others: list[subprocess.Popen[str]] = []

    def lock() -> None:
        other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        others.append(other)
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"

    rig = lecture(tmp_path, lock)
    try:
        rig.run_to(points=3)  # the screen goes on
        eventually(lambda: "locked by another program" in rig.snapshot().status.message)
        assert rig.snapshot().running
    finally:
        for other in others:
            other.communicate(timeout=PATIENCE_S)
    eventually(lambda: not rig.snapshot().status.message)
    rig.stop()
    assert_whole(rig, tmp_path)


def garble(path: Path) -> None:
    """Overwrite a store's file and log with what is no store."""
    for place in (path, path.with_name(f"{path.name}-wal")):
        with place.open("r+b") as handle:
            handle.write(b"not a store any more " * 4000)


def test_a_store_that_is_overwritten_meanwhile_costs_nothing(tmp_path: Path) -> None:
    rig = lecture(tmp_path, lambda: garble(tmp_path / STORE_NAME), session_refuges(tmp_path))
    rig.run_to(points=3)
    rig.released.set()
    rig.session.stop(2.0)
    assert rig.session.wait(PATIENCE_S)
    fault = rig.snapshot().fault
    assert isinstance(fault, StoreProblem)
    assert_whole(rig, tmp_path / "rescued")


def newer_version(path: Path) -> None:
    with open_store(path.parent):
        pass
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def damaged(path: Path) -> None:
    path.write_bytes(b"seconds,mood\n" * 100)


@pytest.mark.parametrize("spoil", [newer_version, damaged])
def test_a_store_that_cannot_be_opened_costs_no_lecture(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path / STORE_NAME)
    before = (tmp_path / STORE_NAME).read_bytes()
    rig = Rig()
    rig.parts = replace(
        rig.parts,
        open_store=partial(open_store, tmp_path),
        refuges=session_refuges(tmp_path),
    )
    rig.session = LiveSession(PLAN, rig.parts)
    rig.gives(FRAMES, rig.hang())
    rig.run_to(points=3)
    eventually(lambda: STORE_NAME in rig.snapshot().status.message)
    rig.released.set()
    rig.session.stop(2.0)
    assert rig.session.wait(PATIENCE_S)
    assert str(tmp_path / "rescued") in str(rig.snapshot().fault)
    assert_whole(rig, tmp_path / "rescued")
    assert (tmp_path / STORE_NAME).read_bytes() == before


def test_a_store_that_nobody_can_take_is_said(disk: Path) -> None:
    rig = lecture(disk, lambda: fill(disk), (Refuge(disk / "r", partial(open_store, disk / "r")),))
    rig.run_to(points=3)
    rig.released.set()
    rig.session.stop(2.0)
    assert rig.session.wait(PATIENCE_S)
    assert "last 3 s could not be saved" in str(rig.snapshot().fault)
    assert len(rig.snapshot().points) == 4
