"""A log that ends anywhere: a store keeps every second that was committed before that place.

This runs where strace, which the power cuts take, is not to be had.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from tests.faults.store_work import MIX
from tests.sessions.samples import point

ROOT = Path(__file__).resolve().parents[2]
HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24
CUTS = 40


def killed_recording(folder: Path, after_s: int) -> Path:
    """Kill a process after it has saved so many seconds; return the store's log."""
    module = [sys.executable, "-m", "tests.faults.store_work", "record on", str(folder)]
    command = [*module, "wal_autocheckpoint = 0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = b""
        while not said.endswith(str(after_s).encode()):
            said += process.stdout.read(1)
        process.kill()
    return folder / f"{STORE_NAME}-wal"


def commits(log: bytes) -> list[int]:
    """Return where in a write-ahead log its commits end (https://www.sqlite.org/fileformat.html)."""
    step = FRAME_HEADER_BYTES + int.from_bytes(log[8:12])
    starts = range(HEADER_BYTES, len(log) - step + 1, step)
    return [start + step for start in starts if any(log[start + 4 : start + 8])]


def test_a_log_that_ends_anywhere_keeps_what_is_before(tmp_path: Path) -> None:
    log = killed_recording(tmp_path / "killed", after_s=33)
    content = log.read_bytes()
    ends = commits(content)
    with open_store(shutil.copytree(tmp_path / "killed", tmp_path / "whole")) as store:
        whole = store.session("latest").seconds
    assert whole >= 34
    dice = random.Random(1)
    for trial in range(CUTS):
        folder = shutil.copytree(tmp_path / "killed", tmp_path / str(trial))
        cut = dice.randrange(ends[-whole], len(content))
        (folder / log.name).write_bytes(content[:cut])
        with open_store(folder) as store:
            info = store.session("latest")
            assert info.state is SessionState.INTERRUPTED
            kept = whole - sum(end > cut for end in ends)
            assert store.points(info.session_id) == [point(t_s, mix=MIX) for t_s in range(kept)]
