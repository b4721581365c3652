"""Exports from a store: every format, one and several, targets that cannot be written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import ExportFormat
from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.exports import export_sessions
from classroom_monitor.sessions.export_files import replace_files
from classroom_monitor.sessions.store import Store, open_store
from tests.sessions.lecture_sample import lecture, store_session

STARTS: dict[ExportFormat, bytes] = {
    "csv": b"t_s,clock,",
    "xlsx": b"PK\x03\x04",
    "html": b"<!DOCTYPE html>",
    "pdf": b"%PDF-",
}
FORMATS = pytest.mark.parametrize("file_format", STARTS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the same lecture twice."""
    with open_store(tmp_path / "store") as opened:
        for _ in range(2):
            store_session(opened, lecture(minutes=3))
        yield opened


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@FORMATS
def test_one_session_is_written_to_the_file_that_was_named(
    qtbot: QtBot, store: Store, out: Path, file_format: ExportFormat
) -> None:
    target = out / "report"
    assert export_sessions(store, [1], target, file_format) == (target,)
    assert target.read_bytes().startswith(STARTS[file_format])
    umask = os.umask(0)
    os.umask(umask)
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o666 & ~umask


@FORMATS
def test_several_sessions_get_files_of_their_own_in_a_new_folder(
    qtbot: QtBot, store: Store, out: Path, file_format: ExportFormat
) -> None:
    written = export_sessions(store, [2, 1], out / "new" / "folder", file_format)
    assert [path.name for path in written] == [
        f"2026-03-02_0915_Optics-lecture-4_{number}.{file_format}" for number in (2, 1)
    ]
    assert all(path.read_bytes().startswith(STARTS[file_format]) for path in written)
    others = {"csv": 2, "xlsx": 0, "html": 1, "pdf": 1}  # descriptions, or an overview
    assert len(list((out / "new" / "folder").iterdir())) == 2 + others[file_format]


def test_the_overview_links_to_the_sessions_pages(store: Store, out: Path) -> None:
    written = export_sessions(store, [1, 2], out / "all", "html")
    page = (out / "all" / "overview.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]+)"', page) == [path.name for path in written]
    assert "<h1>Physics II</h1>" in page


def test_the_description_beside_a_csv_has_the_annotations(store: Store, out: Path) -> None:
    export_sessions(store, [1], out / "lecture.csv", "csv")
    described = json.loads((out / "lecture.json").read_text(encoding="utf-8"))
    assert (described["session"], described["course"]) == (1, "Physics II")
    assert len(described["markers"]) == 3
    assert len(described["segments"]) == 5
    assert described["exclusions"][0]["reason"] == "break"


def test_nothing_is_written_for_a_session_that_is_not_there(store: Store, out: Path) -> None:
    with pytest.raises(StoreProblem, match="42"):
        export_sessions(store, [1, 42], out / "folder", "csv")
    assert list(out.iterdir()) == []


@FORMATS
@pytest.mark.parametrize("target", ["missing/report", "folder", "plain/report"])
def test_a_target_that_cannot_be_written_is_said_in_a_line(
    qtbot: QtBot, store: Store, out: Path, file_format: ExportFormat, target: str
) -> None:
    (out / "folder").mkdir()
    (out / "plain").write_text("not a folder")
    with pytest.raises(EnvironmentProblem, match=target) as caught:
        export_sessions(store, [1], out / target, file_format)
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in out.rglob("*")) == ["folder", "plain"]


def test_several_sessions_cannot_go_to_a_file(store: Store, out: Path) -> None:
    (out / "plain").write_text("not a folder")
    with pytest.raises(EnvironmentProblem, match="plain"):
        export_sessions(store, [1, 2], out / "plain", "html")
    assert (out / "plain").read_text() == "not a folder"


def test_a_full_disk_leaves_the_old_files(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (out / "a").write_text("old a")
    (out / "b").write_text("old b")
    calls = iter((None, OSError(28, "No space left on device")))

    def full(_: int) -> None:
        problem = next(calls)
        if problem is not None:
            raise problem

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem, match="No space left"):
        replace_files({out / "a": b"new a", out / "b": b"new b"})
    assert {path.name: path.read_text() for path in out.iterdir()} == {"a": "old a", "b": "old b"}
