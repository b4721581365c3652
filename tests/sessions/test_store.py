from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import Store, open_store
from tests.sessions.samples import STARTED_AT, gap_point, new_session, point, shares

POINTS = [point(0, mix=shares(0.1, 0.2, 0.7)), point(1, used=3), gap_point(2)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as store:
        yield store


def record(store: Store, title: str = "Optics 4") -> int:
    """Record a complete session of POINTS and return its id."""
    writer = store.begin(new_session(title))
    writer.append(POINTS)
    writer.finish()
    return writer.session_id


def test_reads_back_what_was_written(store: Store) -> None:
    writer = store.begin(new_session())
    writer.append(POINTS[:2])
    writer.append([])
    writer.append(POINTS[2:])
    later = writer.add_marker(2.5, "questions")
    sooner = writer.add_marker(0.5, "start")
    writer.finish()
    (info,) = store.list_sessions()
    assert info.session_id == writer.session_id
    assert (info.title, info.source, info.started_at) == ("Optics 4", "room.mp4", STARTED_AT)
    assert (info.mode, info.engine, info.model) == ("room", "litert-int8", "valence")
    assert (info.group_minimum, info.counts_only, info.confidence_level) == (5, False, 0.95)
    assert (info.seconds, info.state) == (3, SessionState.COMPLETE)
    assert store.points(info.session_id) == POINTS
    assert store.markers(info.session_id) == [sooner, later]


def test_another_connection_sees_each_second_as_it_is_appended(store: Store) -> None:
    with open_store(store.path.parent, read_only=True) as reader:
        writer = store.begin(new_session())
        assert reader.session("latest").state is SessionState.RUNNING
        for count, second in enumerate(POINTS, start=1):
            writer.append([second])
            assert reader.points(writer.session_id) == POINTS[:count]
        writer.finish()
        assert reader.session("latest").state is SessionState.COMPLETE


def test_two_sessions_are_written_into_one_store_at_once(store: Store) -> None:
    seconds = [point(t_s) for t_s in range(30)]

    def write(title: str) -> None:
        with open_store(store.path.parent) as own:
            writer = own.begin(new_session(title))
            for second in seconds:
                writer.append([second])
            writer.finish()

    threads = [threading.Thread(target=write, args=(title,)) for title in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for title in ("one", "two"):
        info = store.session(title)
        assert (info.seconds, info.state) == (30, SessionState.COMPLETE)
        assert store.points(info.session_id) == seconds


def test_many_threads_may_make_the_same_store_at_once(tmp_path: Path) -> None:
    gate = threading.Barrier(8)
    problems: list[BaseException] = []

    def make() -> None:
        gate.wait(timeout=60)
        try:
            with open_store(tmp_path / "data") as own:
                record(own)
        except StoreProblem as problem:
            problems.append(problem)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert problems == []
    with open_store(tmp_path / "data") as store:
        assert len(store.list_sessions()) == 8


def test_an_unfinished_session_is_interrupted_once_its_store_is_closed(tmp_path: Path) -> None:
    with open_store(tmp_path) as first:
        first.begin(new_session()).append(POINTS)
        assert first.session("latest").state is SessionState.RUNNING
    with open_store(tmp_path, read_only=True) as reader:
        assert reader.session("latest").state is SessionState.INTERRUPTED
    with open_store(tmp_path) as settled:
        assert settled.session("latest").state is SessionState.INTERRUPTED
        assert settled.session("latest").seconds == 3


def test_seconds_are_refused_out_of_order_and_leave_nothing(store: Store) -> None:
    writer = store.begin(new_session())
    writer.append(POINTS[:1])
    for wrong in ([POINTS[0]], [POINTS[2]], [POINTS[1], POINTS[1]]):
        with pytest.raises(ValueError, match="is next"):
            writer.append(wrong)
    assert store.points(writer.session_id) == POINTS[:1]
    writer.append(POINTS[1:])
    assert store.points(writer.session_id) == POINTS


@pytest.mark.parametrize(("minimum", "counts_only"), [(9, False), (1, True)])
def test_shares_of_a_small_group_or_in_counts_only_never_reach_the_disk(
    store: Store, minimum: int, counts_only: bool
) -> None:
    writer = store.begin(new_session(group_minimum=minimum, counts_only=counts_only))
    with pytest.raises(ValueError, match="shares of 8 faces"):
        writer.append([point(0, used=8, mix=shares(0.1, 0.2, 0.7))])
    assert store.points(writer.session_id) == []


def test_sessions_are_found_by_id_latest_and_title(store: Store) -> None:
    optics, waves, numbered = (record(store, title) for title in ("Optics 4", "Waves", "2026 x"))
    assert store.session(optics).title == "Optics 4"
    assert store.session(f" {waves} ").title == "Waves"
    assert store.session("LATEST").session_id == numbered
    assert store.session("opt").session_id == optics
    assert store.session("2026").session_id == numbered
    assert [info.session_id for info in store.list_sessions()] == [numbered, waves, optics]
    whole = record(store, "opt")
    assert store.session("Opt").session_id == whole


@pytest.mark.parametrize("key", ["nothing", "", "4", "9" * 400, "%", "_", 4, -1])
def test_an_unknown_session_is_named_with_the_way_out(store: Store, key: int | str) -> None:
    record(store)
    with pytest.raises(StoreProblem, match="`classroom-monitor sessions`") as caught:
        store.session(key)
    assert str(store.path) in str(caught.value)


def test_an_ambiguous_title_lists_the_ids(store: Store) -> None:
    first, second = record(store, "Optics 4"), record(store, "Optics 5")
    with pytest.raises(StoreProblem, match=rf"\({second}, {first}\)"):
        store.session("optics")


def test_latest_of_an_empty_store_says_so(store: Store) -> None:
    with pytest.raises(StoreProblem, match="no session yet"):
        store.session("latest")


def test_titles_and_markers_are_kept_as_one_clean_line(store: Store) -> None:
    session_id = record(store, "a\nb\x00\u202e\udcff " + "x" * 300)
    title = store.session(session_id).title
    assert title.startswith("a b ? x")
    assert len(title) == 200
    writer = store.begin(new_session())
    marker = writer.add_marker(1.25, "line\r\nline")
    assert store.markers(writer.session_id) == [marker]
    assert (marker.t_s, marker.text) == (1.25, "line line")


def test_a_marker_needs_a_time(store: Store) -> None:
    writer = store.begin(new_session())
    for t_s in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="a time of"):
            writer.add_marker(t_s, "x")
    assert store.markers(writer.session_id) == []


def test_a_deleted_session_leaves_no_trace_in_the_files(store: Store) -> None:
    kept = record(store, "kept title")
    writer = store.begin(new_session("secret title"))
    writer.add_marker(1.0, "secret marker")
    writer.append(POINTS)
    writer.finish()
    gone = writer.session_id
    store.delete(gone)
    assert [info.session_id for info in store.list_sessions()] == [kept]
    assert store.points(kept) == POINTS
    for file in store.path.parent.iterdir():
        assert b"secret" not in file.read_bytes(), file.name
    assert record(store) > gone  # an id never names another session later


def test_a_session_being_recorded_is_not_deleted(store: Store) -> None:
    writer = store.begin(new_session())
    with open_store(store.path.parent) as other, pytest.raises(StoreProblem, match="stop it"):
        other.delete(writer.session_id)
    writer.append(POINTS)
    writer.finish()
    store.delete(writer.session_id)
    assert store.list_sessions() == []


def test_a_read_only_store_refuses_to_write(store: Store) -> None:
    session_id = record(store)
    with open_store(store.path.parent, read_only=True) as reader:
        with pytest.raises(StoreProblem, match="cannot be written"):
            reader.delete(session_id)
        assert reader.session(session_id).title == "Optics 4"


def test_no_lock_files_stay_behind(store: Store) -> None:
    record(store)
    left = {path.name.removeprefix("sessions.sqlite") for path in store.path.parent.iterdir()}
    assert left <= {"", "-wal", "-shm"}


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_the_owner_may_read_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with open_store(folder) as store:
        store.begin(new_session())
        for file in folder.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "sessions.sqlite").chmod(0o644)
    open_store(folder).close()
    assert stat.S_IMODE((folder / "sessions.sqlite").stat().st_mode) == 0o600


def test_every_commit_waits_for_the_disk_and_deleting_overwrites(store: Store) -> None:
    settings = {
        name: store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    }
    full = 2
    assert settings == {
        "journal_mode": "wal",
        "synchronous": full,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


def test_a_long_session_is_read_whole(store: Store) -> None:
    points = [point(t_s, mix=shares(0.2, 0.3, 0.5)) for t_s in range(2 * 3600)]
    writer = store.begin(new_session())
    writer.append(points)
    assert store.session("latest").seconds == 2 * 3600
    assert store.points(writer.session_id) == points
