from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import open_store
from tests.sessions.samples import new_session, point, shares

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def writing(folder: Path) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """A process that writes a session, and the lines in which it says what is committed."""
    command = [sys.executable, "-m", "tests.sessions.writer_process", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout
        finally:
            process.kill()


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_loses_no_committed_second(tmp_path: Path, seed: int) -> None:
    with writing(tmp_path) as (process, said):
        for _ in range(random.Random(seed).randrange(1, 60)):
            said.readline()
        process.kill()  # SIGKILL, in the middle of whatever it does
        committed = [int(line) for line in said.read().split()]
        process.wait(timeout=60)
    with open_store(tmp_path) as store:
        info = store.session("latest")
        assert info.state is SessionState.INTERRUPTED
        points = store.points(info.session_id)
        assert points == [point(t_s, mix=shares(0.2, 0.3, 0.5)) for t_s in range(len(points))]
        assert len(points) == info.seconds
        if committed:  # the second in flight may or may not have made it
            assert committed[-1] + 1 <= len(points) <= committed[-1] + 2
        store.begin(new_session()).append([point(0)])  # and the store goes on
    assert [path.suffix for path in tmp_path.iterdir()].count(".lock") == 0


def test_a_session_of_a_living_process_is_running_until_the_process_ends(tmp_path: Path) -> None:
    with writing(tmp_path) as (process, said):
        said.readline()
        with open_store(tmp_path) as store:
            info = store.session("latest")
            assert info.state is SessionState.RUNNING
            with pytest.raises(StoreProblem, match="being recorded"):
                store.delete(info.session_id)
            process.kill()
            process.wait(timeout=60)
            assert store.session("latest").state is SessionState.INTERRUPTED
            store.delete(info.session_id)
            assert store.list_sessions() == []
