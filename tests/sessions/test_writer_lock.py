"""A forged store cannot lead the search for writers' locks to other files."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.sessions.writer_lock import lock_path, remove_lock, writer_lives
from tests.sessions.samples import new_session, point


@pytest.mark.parametrize(
    "token", ["/../../victim", "x/../../victim", "\0", "x" * 5000, "", "A" * 32]
)
def test_only_tokens_of_the_program_name_a_lock(tmp_path: Path, token: str) -> None:
    folder = tmp_path / "store"
    for made in (folder / "sessions-writer-", folder / "sessions-writer-x"):
        made.mkdir(parents=True)
    victim = tmp_path / "victim.lock"
    victim.touch()
    assert not writer_lives(folder, token)
    remove_lock(folder, token)
    assert victim.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_for_a_lock_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(lock_path(tmp_path, "a" * 32))
    writer_lives(tmp_path, "a" * 32)


def test_a_store_with_a_forged_writer_opens(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.begin(new_session()).append([point(0)])
    connection = sqlite3.connect(tmp_path / "store" / STORE_NAME)
    connection.execute("UPDATE sessions SET state = 'running', writer = '/../../victim'")
    connection.commit()
    connection.close()
    (tmp_path / "victim.lock").touch()
    (tmp_path / "store" / "sessions-writer-").mkdir()
    with open_store(tmp_path / "store") as store:
        (info,) = store.list_sessions()
    assert info.state is SessionState.INTERRUPTED
    assert (tmp_path / "victim.lock").exists()
