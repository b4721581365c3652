"""Statements are on record before they hold, in lines that are only ever added."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classroom_monitor.audit import (
    INFORMED_STATEMENT,
    AuditLog,
    read_statements,
    record_changes,
)
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.settings import Settings

EU = Settings(region="eu")
EXCEPTION = "Safety study, decided by the board on 3 March"


def events(path: Path) -> list[dict[str, Any]]:
    """Return the lines' content but for the time and the program's version."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        assert line.pop("at")
        assert line.pop("program")
    return lines


def test_the_eu_begins_in_counts_only_mode(tmp_path: Path) -> None:
    record_changes(Settings(), EU, tmp_path / "new" / "statements.jsonl")
    assert events(tmp_path / "new" / "statements.jsonl") == [
        {"event": "region", "from": "unset", "to": "eu"},
        {"event": "mode", "from": "moods", "to": "counts only"},
    ]


def test_leaving_counts_only_keeps_the_statements_words(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    record_changes(Settings(), EU, path)
    before = path.read_bytes()
    stated = replace(EU, lawful_exception=f" {EXCEPTION} ")
    record_changes(EU, stated, path)
    record_changes(stated, EU, path)
    assert path.read_bytes().startswith(before)
    assert events(path)[2:] == [
        {"event": "statement", "about": "lawful exception", "statement": EXCEPTION},
        {"event": "mode", "from": "counts only", "to": "moods"},
        {"event": "withdrawn", "about": "lawful exception"},
        {"event": "mode", "from": "moods", "to": "counts only"},
    ]


def test_elsewhere_that_people_are_told_is_a_statement(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    record_changes(Settings(), Settings(region="other", informed=True), path)
    assert events(path) == [
        {"event": "region", "from": "unset", "to": "other"},
        {"event": "statement", "about": "informed", "statement": INFORMED_STATEMENT},
    ]


def test_other_settings_are_nobodys_business(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    record_changes(EU, replace(EU, title="Statistics", course="B", source="rtsp://me:pw@x"), path)
    assert not path.exists()


def test_what_is_on_record_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    assert read_statements(path) == ()
    record_changes(Settings(), replace(EU, lawful_exception="ä\nö"), path)
    lines = read_statements(path)
    assert [json.loads(line)["event"] for line in lines] == ["region", "statement"]
    assert json.loads(lines[1])["statement"] == "ä\nö"


def test_of_a_long_file_the_newest_whole_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    for number in range(40):
        words = f"{number} " + "x" * 10_000
        record_changes(EU, replace(EU, lawful_exception=words), path)
    lines = [json.loads(line) for line in read_statements(path)]
    assert 20 < len(lines) < 80
    assert lines[-1]["event"] == "mode"
    assert lines[-2]["statement"].startswith("39 ")


def test_a_file_that_cannot_be_written_stops_the_change(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="nothing was changed"):
        record_changes(Settings(), EU, tmp_path / "file" / "statements.jsonl")


def test_a_disk_that_is_full_stops_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.write", lambda _descriptor, data: len(data) - 1)
    with pytest.raises(EnvironmentProblem, match="nothing was changed"):
        record_changes(Settings(), EU, tmp_path / "statements.jsonl")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_other_users_cannot_read_the_statements(tmp_path: Path) -> None:
    record_changes(Settings(), EU, tmp_path / "statements.jsonl")
    AuditLog(tmp_path / "audit.jsonl").note("export", sessions=1)
    for name in ("statements.jsonl", "audit.jsonl"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
