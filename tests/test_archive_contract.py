"""What holds for stored sessions behind the window, real or fake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from classroom_monitor.contracts import (
    Annotation,
    Annotations,
    Exclusion,
    Marker,
    Segment,
    SessionInfo,
)
from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.session_archive import SessionArchive
from classroom_monitor.sessions.store import open_store
from tests.fakes.services import FakeServices, stored_session
from tests.sessions.samples import new_session, point

TITLES = ("Waves", "Optics", "Heat")


class Archive(Protocol):
    """The part of Services that both implement."""

    def sessions(self) -> Sequence[SessionInfo]: ...
    def session(self, session_id: int) -> StoredSession: ...
    def outline(self, session_id: int, columns: int) -> NDArray[np.float64]: ...
    def edit_session(
        self,
        session_id: int,
        title: str | None = None,
        course: str | None = None,
        notes: str | None = None,
    ) -> None: ...
    def annotate(
        self, session_id: int, put: Sequence[Annotation], remove: Sequence[Annotation]
    ) -> Annotations: ...
    def trash_session(self, session_id: int) -> None: ...
    def restore_session(self, session_id: int) -> None: ...
    def purge_trash(self, session_ids: Sequence[int]) -> None: ...


def fake(_: Path) -> Archive:
    """The window tests' program, with a session of each title."""
    services = FakeServices()
    for number, title in enumerate(TITLES, start=1):
        services.stored[number] = replace(stored_session(number, title), annotations=Annotations())
    return services


def real(folder: Path) -> Archive:
    """The store's archive, with a session of each title."""
    with open_store(folder) as store:
        for title in TITLES:
            writer = store.begin(new_session(title))
            writer.append([point(t_s) for t_s in range(10)])
            writer.finish()
    return SessionArchive(lambda: folder)


@pytest.fixture(params=[fake, real])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """One archive, and the other."""
    make: Callable[[Path], Archive] = request.param
    return make(tmp_path)


def newest(archive: Archive) -> int:
    return archive.sessions()[0].session_id


def titles(archive: Archive) -> list[str]:
    return [info.title for info in archive.sessions()]


def test_sessions_are_listed_newest_first(archive: Archive) -> None:
    assert titles(archive) == ["Heat", "Optics", "Waves"]
    stored = archive.session(newest(archive))
    assert stored.info.title == "Heat"
    assert stored.info.seconds == len(stored.points) == 10


def test_a_description_is_changed_in_parts(archive: Archive) -> None:
    session_id = newest(archive)
    archive.edit_session(session_id, course="Physics", notes="loud")
    archive.edit_session(session_id, title="Warmth")
    archive.edit_session(session_id, notes="")
    info = archive.session(session_id).info
    assert (info.title, info.course, info.notes) == ("Warmth", "Physics", "")
    assert info in archive.sessions()


def test_annotations_are_kept_by_time_under_ids_of_their_own(archive: Archive) -> None:
    session_id = newest(archive)
    put: list[Annotation] = [
        Marker(0, 7.0, "later"),
        Marker(0, 2.0, "sooner"),
        Segment(0, 0.0, "Ice"),
        Exclusion(0, 1.0, 3.0, "break"),
    ]
    added = archive.annotate(session_id, put, [])
    assert [marker.text for marker in added.markers] == ["sooner", "later"]
    assert len({marker.marker_id for marker in added.markers} - {0}) == 2
    assert archive.session(session_id).annotations == added
    moved = replace(added.segments[0], t_s=4.0)
    assert archive.annotate(session_id, [moved], []).segments == (moved,)


def test_removed_annotations_come_back_as_they_were(archive: Archive) -> None:
    session_id = newest(archive)
    before = archive.annotate(session_id, [Marker(0, 2.0, "a"), Segment(0, 0.0, "b")], [])
    everything: list[Annotation] = [*before.markers, *before.segments]
    assert archive.annotate(session_id, [], everything) == Annotations()
    (newer,) = archive.annotate(session_id, [Marker(0, 3.0, "c")], []).markers
    assert newer.marker_id != before.markers[0].marker_id
    archive.annotate(session_id, [], [newer])
    assert archive.annotate(session_id, everything, []) == before


def test_a_trashed_session_is_gone_until_it_is_restored(archive: Archive) -> None:
    session_id = newest(archive)
    before = archive.session(session_id)
    archive.trash_session(session_id)
    assert titles(archive) == ["Optics", "Waves"]
    refused: list[Callable[[], object]] = [
        lambda: archive.session(session_id),
        lambda: archive.outline(session_id, 4),
        lambda: archive.edit_session(session_id, title="x"),
        lambda: archive.annotate(session_id, [Marker(0, 0.0, "x")], []),
        lambda: archive.trash_session(session_id),
    ]
    for call in refused:
        with pytest.raises(StoreProblem):
            call()
    archive.restore_session(session_id)
    archive.restore_session(session_id)
    assert archive.session(session_id) == before


def test_only_the_trashed_are_purged(archive: Archive) -> None:
    first, second, third = (info.session_id for info in archive.sessions())
    archive.trash_session(first)
    archive.purge_trash([first, second, 99])
    with pytest.raises(StoreProblem):
        archive.restore_session(first)
    assert [info.session_id for info in archive.sessions()] == [second, third]


def test_an_outline_has_a_row_for_each_column(archive: Archive) -> None:
    for columns in (1, 5, 200):
        outline = archive.outline(newest(archive), columns)
        assert outline.shape == (columns, 5)
        assert outline.dtype == np.float64
