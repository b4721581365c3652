"""Stored sessions as windows read and change them, several windows at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor import keeping
from classroom_monitor.contracts import Exclusion, Marker, Segment, SessionState, TimelinePoint
from classroom_monitor.errors import StoreProblem
from classroom_monitor.session_archive import SessionArchive
from classroom_monitor.sessions.store import open_store
from tests.sessions.samples import new_session, point, shares

WAIT_S = 60.0


def window(folder: Path) -> SessionArchive:
    """What one window knows of the store in a folder."""
    return SessionArchive(lambda: folder)


def record(folder: Path, points: list[TimelinePoint], title: str = "Optics 4") -> int:
    with open_store(folder) as store:
        writer = store.begin(new_session(title))
        writer.append(points)
        writer.finish()
    return writer.session_id


def at_once(*calls: Callable[[], object]) -> list[StoreProblem]:
    """Make calls in threads that begin together, and return what went wrong."""
    gate = threading.Barrier(len(calls))
    problems: list[StoreProblem] = []

    def make(call: Callable[[], object]) -> None:
        gate.wait(WAIT_S)
        try:
            call()
        except StoreProblem as problem:
            problems.append(problem)

    threads = [threading.Thread(target=make, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
        assert not thread.is_alive()
    return problems


def test_a_session_is_loaded_with_all_that_its_page_shows(tmp_path: Path) -> None:
    points = [point(t_s, mix=shares(0.1, 0.2, 0.7)) for t_s in range(3)]
    session_id = record(tmp_path, points)
    archive = window(tmp_path)
    added = archive.annotate(session_id, [Marker(0, 1.0, "start"), Segment(0, 0.0, "Lenses")], [])
    archive.edit_session(session_id, title="Optics 5", course="Physics", notes="loud")
    stored = archive.session(session_id)
    assert list(archive.sessions()) == [stored.info]
    assert (stored.info.title, stored.info.course, stored.info.notes) == (
        "Optics 5",
        "Physics",
        "loud",
    )
    assert (list(stored.points), stored.annotations) == (points, added)
    assert [marker.text for marker in stored.markers] == ["start"]


def test_an_empty_session_is_like_any_other(tmp_path: Path) -> None:
    session_id = record(tmp_path, [])
    archive = window(tmp_path)
    archive.annotate(session_id, [Marker(0, 0.0, "nobody came")], [])
    stored = archive.session(session_id)
    assert (stored.points, stored.info.seconds, len(stored.markers)) == ((), 0, 1)
    assert np.isnan(archive.outline(session_id, 8)).all()


def test_eight_hours_and_two_hundred_markers_are_loaded_whole(tmp_path: Path) -> None:
    points = [point(t_s, mix=shares(0.1, 0.2, 0.7)) for t_s in range(8 * 3600)]
    session_id = record(tmp_path, points)
    archive = window(tmp_path)
    markers = [Marker(0, 140.0 * place, f"marker {place}") for place in range(200)]
    archive.annotate(session_id, markers, [])
    stored = archive.session(session_id)
    assert list(stored.points) == points
    assert [marker.t_s for marker in stored.markers] == [marker.t_s for marker in markers]
    outline = archive.outline(session_id, 160)
    np.testing.assert_allclose(outline, [[0.1, 0.2, 0.7, 0.8, 10.0]] * 160)


def test_two_windows_annotate_one_session_at_once(tmp_path: Path) -> None:
    session_id = record(tmp_path, [point(0)])
    windows = [window(tmp_path) for _ in range(4)]

    def mark(place: int) -> None:
        for number in range(10):
            text = f"{place}.{number}"
            windows[place].annotate(session_id, [Marker(0, float(number), text)], [])

    problems = at_once(*(lambda place=place: mark(place) for place in range(4)))
    assert problems == []
    texts = {marker.text for marker in windows[0].session(session_id).markers}
    assert texts == {f"{place}.{number}" for place in range(4) for number in range(10)}


def test_a_session_is_annotated_while_another_window_records_it(tmp_path: Path) -> None:
    archive = window(tmp_path)
    with open_store(tmp_path) as store:
        writer = store.begin(new_session())

        def write() -> None:
            for t_s in range(30):
                writer.append([point(t_s)])

        writer.append([])
        assert archive.session(writer.session_id).info.state is SessionState.RUNNING
        done = threading.Event()

        def edit() -> None:
            for number in range(10):
                archive.annotate(writer.session_id, [Exclusion(0, number, number + 0.5)], [])
                archive.edit_session(writer.session_id, notes=f"note {number}")
            done.set()

        editing = threading.Thread(target=edit)
        editing.start()
        write()
        assert done.wait(WAIT_S)
        editing.join(WAIT_S)
        for refused in (archive.trash_session, lambda key: store.delete(key)):
            with pytest.raises(StoreProblem, match="being recorded; stop it"):
                refused(writer.session_id)
        writer.finish()
    stored = archive.session(writer.session_id)
    assert stored.info.state is SessionState.COMPLETE
    assert (stored.info.seconds, stored.info.notes) == (30, "note 9")
    assert len(stored.annotations.exclusions) == 10


def test_a_session_deleted_by_another_window_is_said_to_be(tmp_path: Path) -> None:
    session_id = record(tmp_path, [point(0)])
    here, elsewhere = window(tmp_path), window(tmp_path)
    shown = here.session(session_id)
    elsewhere.trash_session(session_id)
    calls: list[Callable[[], object]] = [
        lambda: here.session(session_id),
        lambda: here.annotate(session_id, [Marker(0, 0.0, "late")], []),
        lambda: here.edit_session(session_id, title="late"),
        lambda: here.outline(session_id, 10),
        lambda: here.trash_session(session_id),
    ]
    for call in calls:
        with pytest.raises(StoreProblem, match="deleted"):
            call()
    here.restore_session(session_id)
    assert here.session(session_id) == shown
    elsewhere.trash_session(session_id)
    elsewhere.purge_trash([session_id])
    with pytest.raises(StoreProblem, match="deleted"):
        here.restore_session(session_id)


def test_a_session_is_deleted_by_two_windows_at_once(tmp_path: Path) -> None:
    session_id = record(tmp_path, [point(0)])
    windows = [window(tmp_path) for _ in range(3)]
    problems = at_once(*(lambda each=each: each.trash_session(session_id) for each in windows))
    assert len(problems) == 2
    assert windows[0].sessions() == []


def test_only_old_trash_is_purged_as_a_window_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session_id = record(tmp_path, [point(0)])
    archive = window(tmp_path)
    archive.trash_session(session_id)
    archive.purge_old_trash()
    archive.restore_session(session_id)
    archive.trash_session(session_id)
    monkeypatch.setattr(keeping, "TRASH_KEPT", timedelta(seconds=-60))
    archive.purge_old_trash()
    with pytest.raises(StoreProblem, match="deleted"):
        archive.restore_session(session_id)


def test_purging_makes_no_store(tmp_path: Path) -> None:
    window(tmp_path / "none").purge_old_trash()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_asked_for_at_each_call(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    record(folders[0], [], "one")
    record(folders[1], [], "two")
    archive = SessionArchive(lambda: folders[0])
    assert [info.title for info in archive.sessions()] == ["one"]
    folders.reverse()
    assert [info.title for info in archive.sessions()] == ["two"]
