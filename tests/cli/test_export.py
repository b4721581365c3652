"""The export command: formats, several sessions, a course, no screen."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_monitor.sessions.store import open_store
from tests.cli.conftest import Run
from tests.cli.test_commands import problem_line
from tests.sessions.lecture_sample import lecture, store_session


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with two lectures of one course and one of another."""
    session = lecture(minutes=2)
    with open_store(tmp_path / "store") as opened:
        for title, course in (("Week 1", "Physics II"), ("Week 2", "physics II"), ("Cells", "")):
            named = replace(session, info=replace(session.info, title=title, course=course))
            store_session(opened, named)
    return tmp_path / "store"


def test_a_pdf_needs_no_screen(environment: dict[str, str], store: Path, tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
    bare = {name: value for name, value in environment.items() if name not in screens}
    out = tmp_path / "report.pdf"
    command = [sys.executable, "-m", "classroom_monitor", "export", "Cells"]
    result = subprocess.run(
        [*command, "--store", str(store), "--out", str(out)],
        env=bare,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == f"Wrote {out}.{os.linesep}".replace(os.linesep, "\n")
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_a_report_without_a_name_is_named_after_its_session(
    run_here: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run_here("export", "latest", "--store", store, "--format", kind)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / f"2026-03-02_0915_Cells.{kind}").exists()


def test_a_course_goes_to_a_folder(run_here: Run, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "course"
    result = run_here(
        "export", "--course", "Physics II", "--store", store, "--format", "html", "--out", out
    )
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in out.iterdir()) == [
        "2026-03-02_0915_Week-1.html",
        "2026-03-02_0915_Week-2.html",
        "overview.html",
    ]


def test_several_sessions_can_be_named_in_any_way(
    run_here: Run, store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "several"
    result = run_here("export", "1", "latest", "Week 1", "--store", store, "--out", out)
    assert result.returncode == 0, result.stderr
    assert sorted(path.suffix for path in out.iterdir()) == [".csv", ".csv", ".json", ".json"]


def test_one_session_can_go_to_a_folder(run_here: Run, store: Path, tmp_path: Path) -> None:
    result = run_here("export", "2", "--store", store, "--format", "csv", "--out", tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "2026-03-02_0915_Week-2.csv").exists()


def test_a_course_that_no_session_has_is_said(run_here: Run, store: Path) -> None:
    result = run_here("export", "--course", "Maths", "--store", store)
    assert result.returncode == 1
    assert "Maths" in problem_line(result.stderr)


def test_sessions_and_a_course_at_once_are_wrong_usage(run_here: Run, store: Path) -> None:
    result = run_here("export", "1", "--course", "Physics II", "--store", store)
    assert result.returncode == 2
    assert run_here("export", "--store", store).returncode == 2


def test_a_target_that_cannot_be_written_is_said(
    run_here: Run, store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "missing" / "report.html"
    result = run_here("export", "1", "--store", store, "--out", out)
    assert result.returncode == 1
    assert str(out) in problem_line(result.stderr)
