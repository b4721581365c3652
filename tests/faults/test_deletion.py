"""A deletion on a full disk is either refused or completed once there is room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import Store, open_store
from classroom_monitor.sessions.store_overwrite import PENDING_NAME
from tests import deletion_kills
from tests.faults.full_disk import fill, small_disk

KIB = 1024


@pytest.mark.parametrize("free_kib", [0, 64, 256, 512, 1024])
def test_a_full_disk_refuses_or_delays(tmp_path: Path, free_kib: int) -> None:
    with small_disk(tmp_path / "disk", 16_384) as disk:
        folder = disk / "data"
        texts = deletion_kills.fill(folder)
        with open_store(folder) as store:
            first, *others = (info.session_id for info in store.list_sessions())
            store.edit(first, notes="the log is there")
            ballast = fill(disk)
            os.truncate(ballast, max(0, ballast.stat().st_size - free_kib * KIB))
            refused = _refused(store, first)
            left = [first, *others] if refused else others
            assert [info.session_id for info in store.list_sessions()] == left
            ballast.unlink()
        with open_store(folder) as store:  # whoever comes next finishes what was begun
            assert [info.session_id for info in store.list_sessions()] == left
            assert not store.has_traces
        data = b"".join(file.read_bytes() for file in folder.iterdir())
        assert {number for number, text in texts.items() if text in data} == set(left)
        assert not (folder / PENDING_NAME).exists()


def _refused(store: Store, session_id: int) -> bool:
    """Delete a session; return whether that was refused because the disk is full."""
    try:
        store.delete(session_id)
    except StoreProblem as problem:
        return "disk is full" in str(problem) or "No space left" in str(problem)
    return False
