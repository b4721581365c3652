"""The room check of the real program: with a session's own finder and rule, and nothing kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom_monitor import app
from classroom_monitor.contracts import RoomReport
from classroom_monitor.errors import CameraProblem
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings
from tests.fakes.threads import no_threads_left
from tests.live.rig import PATIENCE_S, eventually

DEMO = SessionRequest(DEMO_SOURCE, "", "room", 5)


def checked(program: Program) -> RoomReport:
    """Return the first report of the demo's room that has its whole audience in it."""
    reports: list[RoomReport] = []

    def whole_audience() -> bool:
        report = preview.snapshot().report
        reports[:] = [report] if report is not None else []
        return report is not None and report.seen >= 8

    with no_threads_left(PATIENCE_S):
        preview = program.check_room(DEMO)
        eventually(whole_audience)
        assert preview.stop(PATIENCE_S)
    return reports[0]


def test_the_demo_is_checked_and_nothing_is_kept(tmp_path: Path) -> None:
    program = Program(Settings(region="other", store_dir=str(tmp_path)), tmp_path / "s.json")
    report = checked(program)
    assert report.min_face_px == 12.0  # of the shipped bundle
    assert report.usable == report.seen
    assert {part.row for part in report.parts if part.seen} == {0, 1, 2}
    assert list(tmp_path.iterdir()) == []


def test_counting_only_no_model_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise AssertionError(f"{folder} was read")

    monkeypatch.setattr(app, "load_for_sessions", refuse)
    program = Program(Settings(region="eu", store_dir=str(tmp_path)), tmp_path / "s.json")
    assert checked(program).min_face_px == 16.0


def test_what_cannot_be_a_source_is_said_at_once(tmp_path: Path) -> None:
    program = Program(Settings(region="other", store_dir=str(tmp_path)), tmp_path / "s.json")
    with pytest.raises(CameraProblem):
        program.check_room(SessionRequest("", "", "room", 5))
