"""The commands over saved sessions, on a store that was filled for them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_monitor.sessions.store import open_store
from tests.cli.conftest import Run
from tests.cli.test_commands import problem_line
from tests.sessions.samples import new_session, point


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a session of a course, one without, and one in the trash."""
    folder = tmp_path / "store"
    with open_store(folder) as opened:
        for title, course in (("Optics 4", "Physics 1"), ("Waves", ""), ("Thrown away", "")):
            writer = opened.begin(replace(new_session(title), course=course))
            writer.append([point(0)])
            writer.finish()
        opened.trash(writer.session_id)
    return folder


def test_sessions_lists_courses_and_leaves_out_the_trash(run: Run, store: Path) -> None:
    listed = json.loads(run("sessions", "--store", store, "--json").stdout)
    assert [(info["title"], info["course"]) for info in listed] == [
        ("Waves", ""),
        ("Optics 4", "Physics 1"),
    ]
    waves, optics = run("sessions", "--store", store).stdout.splitlines()
    assert waves.endswith("  Waves")
    assert optics.endswith("  Physics 1: Optics 4")


def test_a_trashed_session_cannot_be_named(run: Run, store: Path) -> None:
    for command in (("export", "Thrown away"), ("delete", "3", "--yes")):
        result = run(*command, "--store", store)
        assert result.returncode == 1
        assert "no session" in problem_line(result.stderr)
    assert len(json.loads(run("sessions", "--store", store, "--json").stdout)) == 2


def test_a_session_being_recorded_is_not_deleted(run: Run, store: Path) -> None:
    with open_store(store) as opened:
        writer = opened.begin(new_session("Now"))
        writer.append([point(0)])
        refused = run("delete", "Now", "--store", store, "--yes")
        assert refused.returncode == 1
        assert "being recorded" in problem_line(refused.stderr)
        writer.append([point(1)])
        assert opened.description(writer.session_id).seconds == 2
