"""A store is for its owner's eyes only, however generous the umask and the folder's history."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from tests.faults.full_disk import small_disk
from tests.sessions.samples import new_session, point

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


@pytest.fixture(autouse=True)
def generous_umask() -> Iterator[None]:
    """A user whose new files everybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_file_of_a_running_session_is_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with open_store(folder) as store:
        store.begin(new_session()).append([point(0)])
        names = {path.name for path in folder.iterdir()}
        assert {STORE_NAME, f"{STORE_NAME}-wal", f"{STORE_NAME}-shm"} < names
        assert len(names) == 4  # and the writer's lock
        assert {mode(path) for path in folder.iterdir()} == {0o600}
        assert mode(folder) == 0o700


def test_what_was_opened_wider_is_taken_back(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with open_store(folder) as store:
        store.begin(new_session()).append([point(0)])
        (folder / "models").mkdir()
        (folder / "statements.jsonl").touch()
        folder.chmod(0o755)
        files = [path for path in folder.iterdir() if path.name.startswith(STORE_NAME)]
        assert len(files) == 3
        for path in files:
            path.chmod(0o644)
        with open_store(folder):
            assert {mode(path) for path in files} == {0o600}
            assert mode(folder) == 0o700


def test_a_folder_of_other_things_stays_as_it_is_shared(tmp_path: Path) -> None:
    (tmp_path / "timetable.txt").touch()
    tmp_path.chmod(0o755)
    with open_store(tmp_path) as store:
        store.begin(new_session()).append([point(0)])
        assert mode(tmp_path) == 0o755
        assert mode(tmp_path / STORE_NAME) == 0o600


def test_deleting_leaves_the_file_its_owners(tmp_path: Path) -> None:
    with open_store(tmp_path / "data") as store:
        session = store.begin(new_session())
        session.append([point(0)])
        session.finish()
        store.delete(session.session_id)
        assert {mode(path) for path in (tmp_path / "data").iterdir()} == {0o600}


def test_a_disk_that_cannot_be_written_is_said_in_a_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        folder = disk / "data"
        with open_store(folder) as store:
            store.begin(new_session()).append([point(0)])
        folder.chmod(0o755)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(StoreProblem, match="cannot be"):
            open_store(folder)
        with open_store(folder, read_only=True) as store:
            assert [info.seconds for info in store.list_sessions()] == [1]
    assert "may be readable by others" in caplog.text
