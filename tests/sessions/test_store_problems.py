from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions import store_connection
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_schema import SCHEMA_VERSION
from tests.sessions.samples import new_session, point, shares

NAME = store_connection.STORE_NAME


def make_store(folder: Path) -> Path:
    """A store with one session of 300 seconds and a marker; returns its file."""
    with open_store(folder) as store:
        writer = store.begin(new_session())
        writer.append([point(t_s, mix=shares(0.2, 0.3, 0.5)) for t_s in range(300)])
        writer.add_marker(3.0, "start")
        writer.finish()
    return folder / NAME


def read_everything(folder: Path) -> None:
    """Open a store as the window does, read all of it and write a second."""
    with open_store(folder) as store:
        for info in store.list_sessions():
            store.points(info.session_id)
            store.markers(info.session_id)
        store.begin(new_session()).append([point(0)])


def other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()


def newer_version(path: Path) -> None:
    make_store(path.parent)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()


def impossible_version(path: Path) -> None:
    make_store(path.parent)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = -3")
    connection.close()


def planted_trigger(path: Path) -> None:
    make_store(path.parent)
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TRIGGER planted AFTER INSERT ON points BEGIN DELETE FROM markers; END"
    )
    connection.close()


def missing_table(path: Path) -> None:
    make_store(path.parent)
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE markers")
    connection.close()


def no_database(path: Path) -> None:
    path.write_bytes(b"seconds,mood\n" * 100)


def folder_in_place(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (other_program, "is not a session store"),
        (newer_version, "newer version of this program"),
        (impossible_version, "is damaged"),
        (planted_trigger, "is damaged"),
        (missing_table, "is damaged"),
        (no_database, "is not a session store"),
        (folder_in_place, ""),
    ],
)
def test_a_file_that_is_no_store_of_ours_is_refused_and_left_alone(
    tmp_path: Path, spoil: Callable[[Path], None], words: str, read_only: bool
) -> None:
    path = tmp_path / NAME
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreProblem) as caught:
        open_store(tmp_path, read_only)
    line = str(caught.value)
    assert str(path) in line
    assert words in line
    assert "--store" in line or "move it away" in line
    assert "\n" not in line
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_reading_a_missing_store_says_so_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="does not exist"):
        open_store(tmp_path / "data", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_set_up_or_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    with pytest.raises(StoreProblem, match="is empty"):
        open_store(tmp_path, read_only=True)
    with open_store(tmp_path) as store:
        assert store.list_sessions() == []


@pytest.mark.parametrize("folder", ["plain", "plain/below"])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "plain").write_text("a file, not a folder")
    with pytest.raises(StoreProblem, match="plain") as caught:
        open_store(tmp_path / folder)
    assert "\n" not in str(caught.value)
    with pytest.raises(StoreProblem, match="plain"):
        open_store(tmp_path / folder, read_only=True)
    assert (tmp_path / "plain").read_text() == "a file, not a folder"


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    make_store(tmp_path / "open")
    closed.chmod(0o500)
    try:
        (closed / "probe").touch()
    except PermissionError:
        with pytest.raises(StoreProblem, match="cannot be made"):
            open_store(closed)
        closed.chmod(0o700)
        (tmp_path / "open" / NAME).rename(closed / NAME)
        closed.chmod(0o500)
        with open_store(closed, read_only=True) as store:
            assert store.session("latest").seconds == 300
    else:
        pytest.skip("this account may write everywhere")
    finally:
        closed.chmod(0o700)


def test_a_locked_store_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_connection, "_BUSY_S", 0.05)
    path = make_store(tmp_path)
    with open_store(tmp_path) as store:
        writer = store.begin(new_session())
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreProblem, match="locked by another program"):
            writer.append([point(0)])
        assert store.points(writer.session_id) == []
        blocker.close()
        writer.append([point(0)])  # the same second again, once the other program let go
        assert store.points(writer.session_id) == [point(0)]


def test_a_full_disk_is_named_and_the_seconds_can_be_tried_again(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        writer = store.begin(new_session())
        seconds = [point(t_s, mix=shares(0.2, 0.3, 0.5)) for t_s in range(2_000)]
        connection = store._connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreProblem, match="disk is full"):
            writer.append(seconds)
        assert store.points(writer.session_id) == []
        connection.execute("PRAGMA max_page_count = 1000000")
        writer.append(seconds)
        assert store.points(writer.session_id) == seconds


def test_a_session_deleted_while_it_is_written_is_said(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        writer = store.begin(new_session())
        store._connection.execute("DELETE FROM sessions")
        with pytest.raises(StoreProblem, match="was deleted"):
            writer.append([point(0)])
        with pytest.raises(StoreProblem, match="was deleted"):
            writer.add_marker(0.0, "start")
        writer.finish()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sessions SET started_at = 'yesterday'",
        "UPDATE sessions SET started_at = '2026-03-02T09:15:00'",
        "UPDATE sessions SET title = x'00ff'",
        "UPDATE sessions SET confidence_level = 'high'",
        "UPDATE points SET expected = 'many' WHERE t_s = 7",
        "UPDATE points SET negative_low = NULL WHERE t_s = 7",
        "UPDATE points SET coverage = 9e999 WHERE t_s = 7",
        "UPDATE markers SET text = x'00'",
    ],
)
def test_values_that_cannot_be_meant_are_a_damaged_store(tmp_path: Path, damage: str) -> None:
    connection = sqlite3.connect(make_store(tmp_path))
    connection.execute(damage)
    connection.commit()
    connection.close()
    with pytest.raises(StoreProblem, match="is damaged"):
        read_everything(tmp_path)


def test_random_damage_gives_a_store_problem_or_a_readable_store(tmp_path: Path) -> None:
    whole = make_store(tmp_path).read_bytes()
    dice = random.Random(7)
    lines = []
    for trial in range(150):
        folder = tmp_path / str(trial)
        folder.mkdir()
        broken = bytearray(whole)
        for _ in range(dice.choice((1, 20, 400))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        length = len(broken) if trial % 3 else dice.randrange(len(broken))
        (folder / NAME).write_bytes(bytes(broken[:length]))
        try:
            read_everything(folder)
        except StoreProblem as problem:
            lines.append(str(problem))
    assert len(lines) > 20
    assert [line for line in lines if "\n" in line or str(tmp_path) not in line] == []
