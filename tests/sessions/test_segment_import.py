"""Segments from a CSV: ways to write one, our own export, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.contracts import ImportedSegment
from classroom_monitor.errors import DataProblem
from classroom_monitor.sessions import segment_import
from classroom_monitor.sessions.export import export_csv
from classroom_monitor.sessions.segment_import import read_segments, time_s
from tests.sessions.lecture_sample import TOPICS, lecture

WANTED = [ImportedSegment(0.0, "Welcome"), ImportedSegment(750.0, "Snell's law, derived")]


@pytest.mark.parametrize(
    "text",
    [
        '0:00,Welcome\n12:30,"Snell\'s law, derived"\n',
        'time,title\r\n0,Welcome\r\n750,"Snell\'s law, derived"\r\n',
        "Topic;Who;Start\nSnell's law, derived;me;12:30\nWelcome;me;0:00:00\n",
        "0:00\tWelcome\n\n0:12:30\tSnell's law, derived\n",
        "0:00;Welcome\n750,0;Snell's law, derived\n",
        '\ufeff0:00,  Welcome \n12:30,"Snell\'s\n law, derived"\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_segments_can_be_written_in_many_ways(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "segments.csv"
    path.write_bytes(text.encode(encoding))
    assert read_segments(path) == WANTED


def test_letters_of_an_older_windows_program_are_read(tmp_path: Path) -> None:
    path = tmp_path / "segments.csv"
    path.write_bytes("0:00,Übung\n".encode("cp1252"))
    assert read_segments(path) == [ImportedSegment(0.0, "Übung")]


def test_titles_may_come_without_times(tmp_path: Path) -> None:
    path = tmp_path / "segments.csv"
    path.write_text("time,title\n,Welcome\n,Refraction\n")
    assert [segment.t_s for segment in read_segments(path)] == [None, None]


def test_the_programs_own_export_gives_its_segments_back(tmp_path: Path) -> None:
    session = lecture(minutes=10)
    export_csv(tmp_path / "lecture.csv", session)
    found = read_segments(tmp_path / "lecture.csv")
    assert [segment.title for segment in found] == list(TOPICS)
    starts = [segment.t_s for segment in session.annotations.segments]
    assert [segment.t_s for segment in found] == pytest.approx(starts, abs=1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no segments"),
        (b"time,title\n", "no segments"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no CSV"),
        (b"0:00,Welcome\nlater,Refraction\n", "line 2: 'later' is no time"),
        (b"0:00,Welcome\n12:30\n", "line 2: a time or a title is missing"),
        (b"-5,Welcome\n", "line 1: '-5' is no time"),
        (b"99:00:00,Welcome\n", "is no time"),
        (b"nan,Welcome\n", "is no time"),
        (b'0:00,"' + b"x" * 200_000 + b'"\n', "line 1: field larger"),
        (b"0:00,x\n" * 2000, "more than 1000 segments"),
    ],
)
def test_what_is_no_csv_of_segments_is_refused_in_one_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "segments.csv"
    path.write_bytes(content)
    with pytest.raises(DataProblem, match=said) as caught:
        read_segments(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(DataProblem, match="cannot be read"):
            read_segments(path)


def test_an_endless_file_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_import, "LARGEST_CSV", 100)
    path = tmp_path / "segments.csv"
    path.write_text("0:00,Welcome\n" * 10)
    with pytest.raises(DataProblem, match="no CSV"):
        read_segments(path)


@given(st.binary(max_size=300))
def test_any_file_gives_segments_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    try:
        segments = read_segments(path)
    except DataProblem:
        return
    assert all(segment.title == " ".join(segment.title.split()) for segment in segments)
    assert segments


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1:02:03", 3723), ("90:00", 5400), ("12:30.5", 750.5), ("750", 750), ("7,5", 7.5)],
)
def test_times_as_people_write_them(text: str, seconds: float) -> None:
    assert time_s(text) == seconds


@pytest.mark.parametrize("text", ["", "1:2", "12:30:", "-1", "1e5", "٣", "inf", "1:00:00:00"])
def test_what_is_no_time(text: str) -> None:
    assert time_s(text) is None
