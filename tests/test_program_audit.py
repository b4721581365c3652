"""What the window's program does with sessions is noted, without a word about anybody."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classroom_monitor import program as module
from classroom_monitor.audit import AuditLog
from classroom_monitor.gui.services import RecordingChoices, SessionRequest
from classroom_monitor.program import Program
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import Settings
from tests.sessions.samples import new_session, point

SECRET = "Miller 4711"
WORDS = "four words are enough"

pytestmark = pytest.mark.usefixtures("quick_key")


class NoSession:
    """Stands in for a live session: what is noted is noted before its threads begin."""

    def __init__(self, *_parts: object) -> None: ...

    def start(self) -> None:
        """Begin nothing."""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(module, "LiveSession", NoSession)
    settings = Settings(region="other", informed=True, store_dir=str(tmp_path / SECRET))
    audit = AuditLog(tmp_path / "audit.jsonl")
    return Program(settings, tmp_path / "settings.json", None, tmp_path / "statements", audit)


def noted(program: Program) -> list[dict[str, Any]]:
    """Return the events but for their times and the program's version."""
    events = [json.loads(line) for line in program.audit_lines()]
    for event in events:
        assert event.pop("at")
        assert event.pop("program")
    return events


def record(program: Program) -> int:
    """Store a session whose every text is a secret."""
    new = replace(new_session(SECRET), source=SECRET, course=SECRET)
    with open_store(Path(program.settings.store_dir)) as store:
        writer = store.begin(new)
        writer.append([point(0)])
        writer.add_marker(0.0, SECRET)
        writer.finish()
    return writer.session_id


def test_everything_that_is_done_is_noted_without_a_name(program: Program, tmp_path: Path) -> None:
    first, second = record(program), record(program)
    program.start(SessionRequest("demo", SECRET, "room", 6, course=SECRET))
    (tmp_path / f"{SECRET}.mp4").touch()
    program._recording(tmp_path / f"{SECRET}.mp4", RecordingChoices("near", 7, 5.0, SECRET))
    program.export([first, second], tmp_path / f"{SECRET} csv", "csv")
    program.note_picture("clipboard", 3)
    program.edit_session(first, notes=SECRET)
    program.trash_session(first)
    program.purge_trash([first])
    program.back_up(tmp_path / f"{SECRET}.cmbackup", WORDS)
    program.delete_overdue([second])
    program.restore_backup(tmp_path / f"{SECRET}.cmbackup", WORDS)
    program.save_settings(replace(program.settings, group_minimum=9, title=SECRET, region="eu"))
    assert noted(program) == [
        {"event": "session", "mode": "moods", "faces": "room", "minimum": 6},
        {"event": "recording", "mode": "moods", "faces": "near", "minimum": 7},
        {"event": "export", "sessions": 2, "format": "csv"},
        {"event": "export", "sessions": 3, "format": "clipboard"},
        {"event": "deletion", "sessions": 1, "because": "asked for"},
        {"event": "backup", "sessions": 1},
        {"event": "deletion", "sessions": 1, "because": "kept long enough"},
        {"event": "restore", "sessions": 1},
        {"event": "group minimum", "before": 5, "after": 9},
        {"event": "mode", "before": "moods", "after": "counts only"},
    ]
    kept = (tmp_path / "audit.jsonl").read_text(encoding="utf-8")
    assert all(word not in kept for word in ("Miller", "4711", str(tmp_path), WORDS))


def test_an_audit_log_that_cannot_be_written_stops_nothing(
    program: Program, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "audit.jsonl").mkdir()
    program.start(SessionRequest("demo", SECRET, "room", 6))
    program.trash_session(session_id := record(program))
    program.purge_trash([session_id])
    assert caplog.text.count("cannot be noted in the audit log") == 2
    assert program.sessions() == []


def test_without_an_audit_log_nothing_is_written(tmp_path: Path) -> None:
    AuditLog().note("export", sessions=1)
    assert AuditLog().lines() == ()
    assert AuditLog(tmp_path / "none.jsonl").lines() == ()
    assert list(tmp_path.iterdir()) == []
