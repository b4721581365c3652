"""File names of exports: safe on every system, different in one folder."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.sessions.export_names import export_name, export_names
from tests.sessions.lecture_sample import lecture

INFO = lecture(minutes=1).info


def test_names_are_safe_everywhere() -> None:
    info = replace(INFO, title="Ünit 3: a/b\\c?")
    assert export_name(info, "pdf") == "2026-03-02_0915_Ünit-3-a-b-c.pdf"
    assert export_name(replace(INFO, title="/.."), "csv") == "2026-03-02_0915_session.csv"


def test_a_session_without_a_title_is_called_after_its_source() -> None:
    assert export_name(replace(INFO, title=""), "csv") == (
        "2026-03-02_0915_Lecture-hall-camera.csv"
    )


def test_different_titles_stand_alone() -> None:
    infos = [replace(INFO, session_id=n, title=f"Week {n}") for n in (1, 2)]
    assert [name[16:] for name in export_names(infos, "html")] == ["Week-1.html", "Week-2.html"]


@given(st.lists(st.sampled_from(["A", "a", "A_1", "A_2", "A_1_2", "", "?"]), min_size=2))
def test_no_two_files_share_a_name(titles: list[str]) -> None:
    infos = [replace(INFO, session_id=n, title=title) for n, title in enumerate(titles)]
    names = export_names(infos, "csv")
    assert len({name.casefold() for name in names}) == len(titles)


def test_a_title_of_any_letters_fits_a_file_system() -> None:
    name = export_name(replace(INFO, title="𒀀" * 60), "csv")
    assert name.startswith("2026-03-02_0915_𒀀𒀀")
    assert len(name.encode()) < 200
