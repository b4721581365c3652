"""Markers, segments and exclusions in the store, and a session's description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_monitor.contracts import Annotation, Annotations, Exclusion, Marker, Segment
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import Store, open_store
from tests.sessions.samples import new_session, point

WELCOME, LENSES = Segment(0, 0.0, "Welcome"), Segment(0, 90.5, "Lenses")
BREAK = Exclusion(0, 60.0, 75.0, "break")
QUESTION = Marker(0, 12.5, "question")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as store:
        yield store


def record(store: Store, title: str = "Optics 4") -> int:
    """Record a complete session of two minutes and return its id."""
    writer = store.begin(new_session(title))
    writer.append([point(t_s) for t_s in range(120)])
    writer.finish()
    return writer.session_id


def annotated(store: Store, *new: Annotation) -> tuple[int, Annotations]:
    """Record a session that has these annotations."""
    session_id = record(store)
    return session_id, store.annotate(session_id, new, [])


def test_new_annotations_get_ids_and_are_read_back_by_time(store: Store) -> None:
    session_id, added = annotated(store, LENSES, QUESTION, WELCOME, BREAK)
    assert [(part.t_s, part.title) for part in added.segments] == [
        (0.0, "Welcome"),
        (90.5, "Lenses"),
    ]
    assert [(mark.t_s, mark.text) for mark in added.markers] == [(12.5, "question")]
    assert [(cut.start_s, cut.end_s, cut.reason) for cut in added.exclusions] == [
        (60.0, 75.0, "break")
    ]
    ids = [part.segment_id for part in added.segments]
    assert 0 not in ids
    assert len(set(ids)) == 2
    with open_store(store.path.parent, read_only=True) as reader:
        assert reader.annotations(session_id) == added


def test_an_annotation_is_replaced_under_its_id(store: Store) -> None:
    session_id, before = annotated(store, QUESTION, WELCOME, BREAK)
    marker, segment, cut = before.markers[0], before.segments[0], before.exclusions[0]
    news: list[Annotation] = [
        replace(marker, t_s=20.0, text="answer"),
        replace(segment, t_s=3.25),
        replace(cut, end_s=80.0),
    ]
    after = store.annotate(session_id, news, [])
    assert [*after.markers, *after.segments, *after.exclusions] == news


def test_what_was_removed_comes_back_under_its_id(store: Store) -> None:
    session_id, before = annotated(store, QUESTION, WELCOME, LENSES, BREAK)
    everything: list[Annotation] = [*before.markers, *before.segments, *before.exclusions]
    assert store.annotate(session_id, [], everything) == Annotations()
    assert store.annotate(session_id, [], everything) == Annotations()
    assert store.annotate(session_id, everything, []) == before


def test_an_id_of_a_removed_annotation_is_not_given_to_a_new_one(store: Store) -> None:
    session_id, before = annotated(store, QUESTION)
    store.annotate(session_id, [], before.markers)
    (newer,) = store.annotate(session_id, [QUESTION], []).markers
    assert newer.marker_id != before.markers[0].marker_id


@pytest.mark.parametrize(
    "wrong",
    [
        Marker(0, -1.0, ""),
        Marker(0, float("nan"), ""),
        Segment(0, float("inf"), ""),
        Segment(0, -0.5, ""),
        Exclusion(0, 5.0, 5.0),
        Exclusion(0, 9.0, 5.0),
        Exclusion(0, -1.0, 5.0),
        Exclusion(0, 0.0, float("inf")),
    ],
)
def test_times_that_cannot_be_meant_change_nothing(store: Store, wrong: Annotation) -> None:
    session_id, before = annotated(store, QUESTION)
    with pytest.raises(ValueError, match=r"a time of|an exclusion from"):
        store.annotate(session_id, [WELCOME, wrong], before.markers)
    assert store.annotations(session_id) == before


def test_one_session_cannot_take_anothers_annotation(store: Store) -> None:
    first, before = annotated(store, QUESTION, WELCOME)
    second = record(store, "Waves")
    with pytest.raises(ValueError, match="is not one of session"):
        store.annotate(second, [replace(before.markers[0], text="stolen")], [])
    store.annotate(second, [], before.segments)
    assert store.annotations(first) == before
    assert store.annotations(second) == Annotations()


def test_texts_are_kept_as_one_clean_line(store: Store) -> None:
    _, added = annotated(
        store, Marker(0, 1.0, "a\nb\x00"), Segment(0, 1.0, "x" * 300), Exclusion(0, 1.0, 2.0, "\t")
    )
    assert added.markers[0].text == "a b"
    assert added.segments[0].title == "x" * 200
    assert added.exclusions[0].reason == ""


def test_a_running_session_takes_annotations_from_elsewhere(store: Store) -> None:
    writer = store.begin(new_session())
    own = writer.add_segment(0.0, "Welcome")
    with open_store(store.path.parent) as other:
        added = other.annotate(writer.session_id, [QUESTION, BREAK], [])
        other.edit(writer.session_id, title="Optics 5")
    writer.append([point(0)])
    later = writer.add_marker(40.0, "experiment")
    writer.finish()
    found = store.annotations(writer.session_id)
    assert found == replace(added, markers=(*added.markers, later), segments=(own,))
    assert store.description(writer.session_id).title == "Optics 5"
    assert store.description(writer.session_id).seconds == 1


def test_a_deleted_session_takes_none(store: Store) -> None:
    session_id, _ = annotated(store, QUESTION)
    with open_store(store.path.parent) as other:
        other.delete(session_id)
    for change in (
        lambda: store.annotate(session_id, [WELCOME], []),
        lambda: store.edit(session_id, notes="too late"),
        lambda: store.points(session_id),
    ):
        with pytest.raises(StoreProblem, match=f"session {session_id} is no longer in .*deleted"):
            change()
    assert store.annotations(session_id) == Annotations()


def test_a_description_is_changed_in_parts(store: Store) -> None:
    writer = store.begin(replace(new_session(), course="Physics\n1"))
    writer.finish()
    session_id = writer.session_id
    assert store.description(session_id).course == "Physics 1"
    store.edit(
        session_id, title="Lenses\tand mirrors", notes="bright room \r\n\r\nbeamer\x07 on\n\n"
    )
    info = store.description(session_id)
    assert (info.title, info.course) == ("Lenses and mirrors", "Physics 1")
    assert info.notes == "bright room\n\nbeamer  on"
    store.edit(session_id, course="", notes="")
    info = store.description(session_id)
    assert (info.title, info.course, info.notes) == ("Lenses and mirrors", "", "")
    store.edit(session_id, notes="n" * 30_000)
    assert len(store.description(session_id).notes) == 20_000


def test_a_deleted_session_takes_all_that_belongs_to_it(store: Store) -> None:
    session_id, _ = annotated(
        store,
        Segment(0, 1.0, "secret segment"),
        Exclusion(0, 1.0, 2.0, "secret reason"),
        Marker(0, 1.0, "secret marker"),
    )
    store.edit(session_id, course="secret course", notes="secret notes")
    store.delete(session_id)
    for file in store.path.parent.iterdir():
        assert b"secret" not in file.read_bytes(), file.name
