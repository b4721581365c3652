"""A program that is killed while it brings an old store up to date leaves a store that opens."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.sessions.store_schema import SCHEMA_VERSION, schema_version
from tests.faults.full_disk import fill, small_disk
from tests.faults.power_cut import make_old

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_migration_that_is_killed_before_any_statement_is_made_up_for(tmp_path: Path) -> None:
    make_old(tmp_path / "old")
    module = [sys.executable, "-m", "tests.faults.killed_migration"]
    kills = tmp_path / "kills"
    kills.mkdir()
    subprocess.run([*module, tmp_path / "old" / STORE_NAME, kills], cwd=ROOT, check=True)
    folders = list(kills.iterdir())
    versions = set()
    for folder in folders:
        with closing(sqlite3.connect(folder / STORE_NAME)) as connection:
            versions.add(schema_version(connection))
        with open_store(folder) as store:
            waves, optics = store.list_sessions()
            assert (waves.state, waves.seconds) == (SessionState.INTERRUPTED, 1)
            assert (optics.state, optics.seconds) == (SessionState.COMPLETE, 2)
            assert [marker.text for marker in store.markers(optics.session_id)] == ["Übung 2"]
            store.edit(optics.session_id, course="Physics", notes="after the kill")
    assert versions == set(range(1, SCHEMA_VERSION + 1))
    assert len(folders) > 20


def test_a_full_disk_leaves_an_old_store_as_it_is(tmp_path: Path) -> None:
    make_old(tmp_path / "old")
    with small_disk(tmp_path / "disk") as disk:
        path = Path(shutil.copy(tmp_path / "old" / STORE_NAME, disk))
        ballast = fill(disk)
        with pytest.raises(StoreProblem, match="disk is full"):
            open_store(disk)
        with closing(sqlite3.connect(path)) as connection:
            assert schema_version(connection) == 1
        ballast.unlink()
        with open_store(disk) as store:
            assert [info.seconds for info in store.list_sessions()] == [1, 2]
