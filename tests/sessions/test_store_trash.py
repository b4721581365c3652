"""A trashed session is out of sight until it is restored or purged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom_monitor.contracts import NewSession, SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import Store, find_interrupted, open_store
from tests.sessions.samples import new_session, point


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as store:
        yield store


def record(store: Store, title: str = "Optics 4") -> int:
    writer = store.begin(new_session(title))
    writer.append([point(0), point(1)])
    writer.add_marker(1.0, "start")
    writer.finish()
    return writer.session_id


def ids(store: Store) -> list[int]:
    return [info.session_id for info in store.list_sessions()]


def test_a_trashed_session_is_nowhere_to_be_seen(store: Store) -> None:
    kept, gone = record(store, "Waves"), record(store)
    store.trash(gone)
    with open_store(store.path.parent, read_only=True) as reader:
        for opened in (store, reader):
            assert ids(opened) == [kept]
            assert opened.session("latest").session_id == kept
            for key in (gone, f"#{gone}", "Optics 4", "opt"):
                with pytest.raises(StoreProblem, match="no session"):
                    opened.session(key)
            for read in (opened.description, opened.points):
                with pytest.raises(StoreProblem, match="deleted"):
                    read(gone)
            with pytest.raises(StoreProblem, match="deleted"):
                opened.outline(gone, 10)
    for change in (store.delete, store.trash, store.edit):
        with pytest.raises(StoreProblem, match="deleted"):
            change(gone)


def test_a_restored_session_is_as_it_was(store: Store) -> None:
    session_id = record(store)
    before = (store.description(session_id), store.points(session_id))
    store.trash(session_id)
    store.restore(session_id)
    store.restore(session_id)
    assert (store.description(session_id), store.points(session_id)) == before
    assert [marker.text for marker in store.markers(session_id)] == ["start"]


def test_purging_takes_only_what_is_trashed_and_leaves_no_trace(store: Store) -> None:
    kept, gone = record(store, "kept title"), record(store, "secret title")
    store.trash(gone)
    store.purge([kept, gone, 99])
    assert ids(store) == [kept]
    with pytest.raises(StoreProblem, match="deleted"):
        store.restore(gone)
    for file in store.path.parent.iterdir():
        assert b"secret" not in file.read_bytes(), file.name
    store.purge([])
    assert record(store) > gone


def test_old_trash_is_purged_and_new_trash_kept(store: Store) -> None:
    kept, gone = record(store, "Waves"), record(store)
    store.trash(gone)
    store.purge_trashed_before(datetime.now(UTC) - timedelta(minutes=10))
    store.restore(gone)
    assert ids(store) == [gone, kept]
    store.trash(gone)
    store.purge_trashed_before(datetime.now(UTC) + timedelta(minutes=10))
    with pytest.raises(StoreProblem, match="deleted"):
        store.restore(gone)
    assert ids(store) == [kept]


def test_a_session_being_recorded_is_not_trashed(store: Store) -> None:
    writer = store.begin(new_session())
    with open_store(store.path.parent) as other:
        with pytest.raises(StoreProblem, match="being recorded; stop it"):
            other.trash(writer.session_id)
        writer.append([point(0)])
        writer.finish()
        assert other.description(writer.session_id).state is SessionState.COMPLETE
        other.trash(writer.session_id)
    assert ids(store) == []


def test_a_trashed_recording_is_begun_anew_instead_of_resumed(store: Store) -> None:
    new: NewSession = replace(new_session(), job="lecture 3")
    with open_store(store.path.parent) as first:
        session_id = first.begin(new).session_id
    (found,) = [find_interrupted(store.path.parent, "lecture 3")]
    assert found is not None
    store.trash(session_id)
    assert find_interrupted(store.path.parent, "lecture 3") is None
    with pytest.raises(StoreProblem, match="deleted"):
        store.resume(session_id, "litert-int8")
    store.restore(session_id)
    assert find_interrupted(store.path.parent, "lecture 3") == found
