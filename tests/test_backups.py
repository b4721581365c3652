"""A backup brings sessions back as they were, and nothing else in."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from classroom_monitor import backups
from classroom_monitor.audit import AuditLog
from classroom_monitor.backups import restore_backup, write_backup
from classroom_monitor.contracts import Exclusion, Segment, SessionState
from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.session_archive import SessionArchive
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.sessions.store_copy import Restored, add_sessions, store_image
from tests.sessions.samples import STARTED_AT, new_session, point, shares

WORDS = "four words are enough"
MIX = shares(0.2, 0.3, 0.5)
NOTHING = AuditLog()

pytestmark = pytest.mark.usefixtures("quick_key")


def record(folder: Path, title: str, hour: int, finish: bool = True) -> int:
    """Store a session with everything that a session can have."""
    new = replace(
        new_session(title), started_at=STARTED_AT + timedelta(hours=hour), course="Physics", job="j"
    )
    with open_store(folder) as store:
        writer = store.begin(new)
        writer.append([point(t_s, mix=MIX) for t_s in range(20)])
        writer.append([point(20, used=2), point(21)])
        writer.add_marker(3.0, "question")
        store.annotate(writer.session_id, [Segment(0, 0.0, "Ice"), Exclusion(0, 1.0, 3.0, "x")], [])
        store.edit(writer.session_id, notes="two\nlines")
        if finish:
            writer.finish()
    return writer.session_id


def contents(folder: Path) -> list[StoredSession]:
    """Return all sessions of a store without the numbers that they have there, oldest first."""
    archive = SessionArchive(lambda: folder)
    stored = [archive.session(info.session_id) for info in reversed(archive.sessions())]
    return [_unnumbered(session) for session in stored]


def _unnumbered(session: StoredSession) -> StoredSession:
    found = session.annotations
    annotations = replace(
        found,
        markers=tuple(replace(marker, marker_id=0) for marker in found.markers),
        segments=tuple(replace(segment, segment_id=0) for segment in found.segments),
        exclusions=tuple(replace(part, exclusion_id=0) for part in found.exclusions),
    )
    return replace(session, info=replace(session.info, session_id=0), annotations=annotations)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a finished session and an interrupted one."""
    folder = tmp_path / "data"
    record(folder, "Optics", 0)
    record(folder, "Waves", 1, finish=False)
    return folder


def test_everything_comes_back_on_another_computer(folder: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "mine.cmbackup", tmp_path / "elsewhere"
    audit = AuditLog(tmp_path / "audit.jsonl")
    before = contents(folder)
    assert write_backup(folder, target, WORDS, audit) == 2
    assert contents(folder) == before
    assert restore_backup(target, elsewhere, WORDS, audit) == Restored(2, 0)
    assert contents(elsewhere) == before
    assert [session.info.state for session in before] == [
        SessionState.COMPLETE,
        SessionState.INTERRUPTED,
    ]
    assert restore_backup(target, elsewhere, WORDS, audit) == Restored(0, 2)
    events = [json.loads(line) for line in audit.lines()]
    assert [(event["event"], event["sessions"]) for event in events] == [
        ("backup", 2),
        ("restore", 2),
        ("restore", 0),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_backup_is_sealed_and_its_owners(folder: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_backup(folder, tmp_path / "mine.cmbackup", WORDS, NOTHING)
    finally:
        os.umask(before)
    assert (tmp_path / "mine.cmbackup").stat().st_mode & 0o077 == 0
    data = (tmp_path / "mine.cmbackup").read_bytes()
    assert all(word not in data for word in (b"Optics", b"SQLite", b"question"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "mine.cmbackup"]


def test_only_what_is_missing_is_added(folder: Path, tmp_path: Path) -> None:
    write_backup(folder, tmp_path / "mine.cmbackup", WORDS, NOTHING)
    archive = SessionArchive(lambda: folder)
    waves, optics = (info.session_id for info in archive.sessions())
    archive.edit_session(waves, title="Renamed since", notes="")
    archive.trash_session(optics)
    record(folder, "Heat", 2)
    assert restore_backup(tmp_path / "mine.cmbackup", folder, WORDS, NOTHING) == Restored(1, 1)
    assert [info.title for info in archive.sessions()] == ["Optics", "Heat", "Renamed since"]


def test_the_trash_stays_out(folder: Path, tmp_path: Path) -> None:
    archive = SessionArchive(lambda: folder)
    archive.trash_session(archive.sessions()[0].session_id)
    image, count = store_image(folder)
    assert count == 1
    assert b"Waves" not in image
    assert b"Optics" in image


def test_a_session_that_is_being_recorded_is_saved_so_far(folder: Path, tmp_path: Path) -> None:
    with open_store(folder) as store:
        writer = store.begin(new_session("Now"))
        writer.append([point(0)])
        write_backup(folder, tmp_path / "mine.cmbackup", WORDS, NOTHING)
        writer.append([point(1)])
    restore_backup(tmp_path / "mine.cmbackup", tmp_path / "new", WORDS, NOTHING)
    now = contents(tmp_path / "new")[-1].info
    assert (now.title, now.seconds, now.state) == ("Now", 1, SessionState.INTERRUPTED)


def test_what_goes_wrong_is_said_in_one_line(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.cmbackup"
    write_backup(folder, target, WORDS, NOTHING)
    (tmp_path / "other.cmbackup").write_bytes(b"something else")
    before = target.read_bytes()
    for wrong in (
        lambda: write_backup(tmp_path / "none", tmp_path / "new", WORDS, NOTHING),
        lambda: write_backup(folder, target, "short", NOTHING),
        lambda: write_backup(folder, tmp_path, WORDS, NOTHING),
        lambda: write_backup(folder, tmp_path / "no" / "where", WORDS, NOTHING),
        lambda: restore_backup(target, folder, "another one", NOTHING),
        lambda: restore_backup(tmp_path / "other.cmbackup", folder, WORDS, NOTHING),
        lambda: restore_backup(tmp_path / "missing", folder, WORDS, NOTHING),
    ):
        with pytest.raises(EnvironmentProblem) as caught:
            wrong()
        assert "\n" not in str(caught.value)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "data",
        "mine.cmbackup",
        "other.cmbackup",
    ]


def test_a_full_disk_leaves_the_earlier_backup(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.cmbackup"
    write_backup(folder, target, WORDS, NOTHING)
    before = target.read_bytes()
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    monkeypatch.setattr(backups, "replace_bytes", lambda _path, _data: _write_to_full_device())
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        write_backup(folder, target, WORDS, NOTHING)
    assert target.read_bytes() == before


def _write_to_full_device() -> None:
    with Path("/dev/full").open("wb", buffering=0) as device:
        device.write(b"x")


PLANTED = {
    "shares of a small group": "UPDATE points SET used = 2 WHERE t_s = 5",
    "shares in counts-only mode": "UPDATE sessions SET counts_only = 1",
    "a missing second": "DELETE FROM points WHERE t_s = 5",
    "a text for a number": "UPDATE points SET negative = 'x' WHERE t_s = 5",
    "infinite shares": "UPDATE points SET negative = 9e999 WHERE t_s = 5",
    "a date that is none": "UPDATE sessions SET started_at = 'yesterday'",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON points BEGIN DELETE FROM markers; END",
    "a view": "CREATE VIEW v AS SELECT * FROM points",
    "another program's table": "CREATE TABLE people (name TEXT)",
    "a newer version": "PRAGMA user_version = 99",
    "a mark of another program": "PRAGMA application_id = 7",
    "a broken rule": "PRAGMA ignore_check_constraints = ON; UPDATE points SET used = 99",
    "a marker before the start": "PRAGMA ignore_check_constraints = ON; UPDATE markers SET t_s=-1",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_nothing_comes_in_that_the_program_would_not_write(
    folder: Path, tmp_path: Path, planted: str
) -> None:
    image, _ = store_image(folder)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(image)
        connection.executescript(PLANTED[planted])
        changed = connection.serialize()
    with pytest.raises(StoreProblem) as caught:
        add_sessions(changed, tmp_path / "mine.cmbackup", tmp_path / "new")
    assert "mine.cmbackup" in str(caught.value)
    assert not (tmp_path / "new").exists()


def test_damaged_images_are_refused_or_whole(folder: Path, tmp_path: Path) -> None:
    image, _ = store_image(folder)
    before = contents(folder)
    rng = random.Random(11)
    for number in range(60):
        changed = bytearray(image)
        for _ in range(rng.choice([1, 8, 200])):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        if number % 6 == 0:
            del changed[rng.randrange(len(changed)) :]
        place = tmp_path / f"new{number}"
        try:
            add_sessions(bytes(changed), tmp_path / "mine.cmbackup", place)
        except StoreProblem:
            assert not place.exists()
        else:
            assert len(contents(place)) <= len(before)


def test_an_empty_image_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match=r"mine\.cmbackup"):
        add_sessions(b"", tmp_path / "mine.cmbackup", tmp_path / "new")


def test_a_hostile_writers_name_opens_nothing(folder: Path, tmp_path: Path) -> None:
    image, _ = store_image(folder)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(image)
        connection.execute("UPDATE sessions SET state = 'running', writer = '/../../etc/passwd'")
        changed = connection.serialize()
    assert add_sessions(changed, tmp_path / "b", tmp_path / "new") == Restored(2, 0)
    states = {session.info.state for session in contents(tmp_path / "new")}
    assert states == {SessionState.INTERRUPTED}
    assert not (tmp_path / "new" / f"{STORE_NAME}-journal").exists()
