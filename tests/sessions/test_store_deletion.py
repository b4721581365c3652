"""Of a deleted session no byte is left in any of the store's files, whatever comes between."""

from __future__ import annotations

import random
import signal
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from classroom_monitor.contracts import Exclusion, Segment, Shares
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions import store_overwrite
from classroom_monitor.sessions.store import Store, open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.sessions.store_overwrite import PENDING_NAME
from tests import deletion_kills
from tests.sessions.samples import new_session, point

SECONDS = 600
ROOT = Path(__file__).resolve().parents[2]

KILLED = """
import os, signal, sys
from pathlib import Path
from classroom_monitor.sessions import store, store_trash

store_trash.overwrite_deleted = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with store.open_store(Path(sys.argv[1])) as opened:
    opened.delete(int(sys.argv[2]))
"""


@dataclass
class Recorded:
    """A session and every value of it that is like no other."""

    session_id: int
    texts: list[bytes]
    shares: list[bytes]


def record_side_by_side(store: Store, seed: int) -> list[Recorded]:
    """Record sessions at the same time, as analyses do, so that their rows share pages."""
    rng = random.Random(seed)
    writers = [store.begin(replace(new_session(f"title{k}x"), course=f"co{k}x")) for k in range(5)]
    made = [
        Recorded(w.session_id, [f"title{k}x".encode(), f"co{k}x".encode()], [])
        for k, w in enumerate(writers)
    ]
    for start in range(0, SECONDS, 20):
        for writer, session in zip(writers, made, strict=True):
            mixes = [_mix(rng) for _ in range(20)]
            writer.append([point(start + t_s, mix=mix) for t_s, mix in enumerate(mixes)])
            session.shares += [struct.pack(">d", mix.negative) for mix in mixes]
            text = f"marker{session.session_id}x{start}x"
            writer.add_marker(start, text + "m" * rng.randrange(190))
            session.texts.append(text.encode())
    for writer in writers:
        writer.finish()
    _edit(store, made, rng)
    return made


def _edit(store: Store, made: Sequence[Recorded], rng: random.Random) -> None:
    """Change notes again and again, now longer, now shorter, and add topics and parts left out.

    So rows move from page to page: copies of some stay where they were.
    """
    for version in range(120):
        session = rng.choice(made)
        text = f"note{session.session_id}v{version}x"
        store.edit(session.session_id, notes=text + "n" * rng.randrange(3500))
        session.texts.append(text.encode())
    for session in made:
        key = session.session_id
        topics = [f"topic{key}k{place}x" for place in range(60)]
        added = [
            Segment(0, float(place), topic + "t" * rng.randrange(100))
            for place, topic in enumerate(topics)
        ]
        store.annotate(key, [*added, Exclusion(0, 1.0, 3.0, f"reason{key}x")], [])
        session.texts += [topic.encode() for topic in (*topics, f"reason{key}x")]


def _mix(rng: random.Random) -> Shares:
    low, high = sorted((rng.random(), rng.random()))
    mix = (low, high - low, 1 - high)
    return Shares(*mix, tuple(0.9 * part for part in mix), tuple(0.9 * part + 0.1 for part in mix))  # type: ignore[arg-type]


def traces(folder: Path, sessions: Sequence[Recorded]) -> list[str]:
    """Return which files still hold which of the sessions' values."""
    found = []
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        values = [value for each in sessions for value in (*each.texts, *each.shares)]
        found += [f"{file.name}: {value!r}" for value in values if value in data]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder) as store:
        yield store


@pytest.mark.parametrize("seed", range(4))
def test_a_deleted_session_leaves_no_byte(store: Store, folder: Path, seed: int) -> None:
    made = record_side_by_side(store, seed)
    kept = [store.points(session.session_id) for session in made[2:4]]
    store.delete(made[1].session_id)
    store.trash(made[4].session_id)
    assert store.purge([made[4].session_id]) == 1
    assert traces(folder, [made[1], made[4]]) == []
    assert not store.has_traces
    assert len(traces(folder, [made[2]])) >= len(made[2].shares)  # what is kept would be found
    assert [store.points(session.session_id) for session in made[2:4]] == kept


def test_sessions_are_deleted_all_or_none(store: Store, folder: Path) -> None:
    made = record_side_by_side(store, 7)
    ids = [session.session_id for session in made]
    running = store.begin(new_session("now"))
    with pytest.raises(StoreProblem, match="being recorded"):
        store.delete_all([*ids, running.session_id])
    assert len(store.list_sessions()) == 6
    running.append([point(0)])
    store.delete_all(ids)
    store.delete_all([])
    assert traces(folder, made) == []
    running.append([point(1)])
    assert [info.seconds for info in store.list_sessions()] == [2]


def test_a_reader_in_the_way_only_delays_overwriting(store: Store, folder: Path) -> None:
    made = record_side_by_side(store, 1)
    reader = sqlite3.connect(folder / STORE_NAME, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM points").fetchone()
    with open_store(folder, wait_s=0.05) as impatient:
        impatient.delete(made[0].session_id)
        assert impatient.has_traces
        assert len(impatient.list_sessions()) == 4
    with open_store(folder) as early:  # opening doesn't wait for the reader
        assert early.has_traces
    reader.execute("ROLLBACK")
    reader.close()
    with open_store(folder) as later:
        assert not later.has_traces
    assert traces(folder, made[:1]) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_deletion_that_was_killed_is_completed_by_the_next_who_comes(folder: Path) -> None:
    with open_store(folder) as store:
        made = record_side_by_side(store, 2)
    arguments = [sys.executable, "-c", KILLED, str(folder), str(made[0].session_id)]
    killed = subprocess.run(arguments, cwd=ROOT, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (folder / PENDING_NAME).exists()
    assert traces(folder, made[:1]) != []
    with open_store(folder) as store:
        assert len(store.list_sessions()) == 4
    assert traces(folder, made[:1]) == []
    assert not (folder / PENDING_NAME).exists()


def test_a_large_store_is_written_anew_once_nobody_records(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_overwrite, "_LARGEST_BESIDE_RECORDING", 1000)
    made = record_side_by_side(store, 3)
    running = store.begin(new_session("now"))
    store.delete(made[0].session_id)
    with open_store(folder) as other:
        assert other.has_traces
    running.finish()
    with open_store(folder) as other:
        assert not other.has_traces
    assert traces(folder, made[:1]) == []


def test_nothing_lies_in_temporary_files(store: Store, folder: Path, tmp_path: Path) -> None:
    record_side_by_side(store, 4)
    with open_store(folder, read_only=True) as reader:
        for opened in (store, reader):
            assert opened._connection.execute("PRAGMA temp_store").fetchone() == (2,)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_deletions_killed_at_random_moments_leave_whole_sessions_or_none() -> None:
    """The long form: python -m tests.deletion_kills."""
    assert sum(deletion_kills.run(4, seed=5).values()) >= 4
