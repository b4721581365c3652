"""The commands about keeping sessions, on a store that was filled for them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom_monitor.cli import doctor
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import Settings
from tests.cli.conftest import Run
from tests.cli.test_commands import problem_line
from tests.sessions.samples import new_session, point

WORDS = "four words are enough"
SECRET = "Miller 4711"

pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a session of today, one of 400 days ago, and one in the trash."""
    folder = tmp_path / "store"
    for days, title in ((400, "Old"), (0, "New"), (0, "Thrown away")):
        began = datetime.now(UTC) - timedelta(days=days)
        new = replace(new_session(f"{title} {SECRET}"), started_at=began, course=SECRET)
        with open_store(folder) as opened:
            writer = opened.begin(new)
            writer.append([point(0)])
            writer.finish()
            if title == "Thrown away":
                opened.trash(writer.session_id)
    return folder


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    (tmp_path / "words.txt").write_text(f"{WORDS}\nmore\n", encoding="utf-8")
    return tmp_path / "words.txt"


def titles(run: Run, store: Path) -> list[str]:
    listed = json.loads(run("sessions", "--store", store, "--json").stdout)
    return [info["title"].removesuffix(f" {SECRET}") for info in listed]


def test_purge_empties_the_trash_and_keeps_what_no_rule_lets_go(run_here: Run, store: Path) -> None:
    refused = run_here("purge", "--store", store)
    assert refused.returncode == 1
    assert "give --yes" in refused.stderr
    assert run_here("purge", "--store", store, "--yes").returncode == 0
    with open_store(store) as opened:
        assert opened.trashed() == []
    assert titles(run_here, store) == ["New", "Old"]
    again = run_here("purge", "--store", store, "--yes")
    assert again.stderr == "There is nothing to delete.\n"


def test_purge_deletes_what_was_kept_long_enough(run_here: Run, store: Path) -> None:
    assert run_here("settings", "retention_days", "365").returncode == 0
    seen = run_here("purge", "--store", store, "--dry-run")
    assert "Kept long enough: 1" in seen.stderr
    assert "In the trash: 1" in seen.stderr
    assert titles(run_here, store) == ["New", "Old"]
    assert "Deleted for good: 2." in run_here("purge", "--store", store, "--yes").stderr
    assert titles(run_here, store) == ["New"]
    for file in store.iterdir():
        assert b"Old" not in file.read_bytes()


def test_a_course_has_its_own_age(run_here: Run, store: Path) -> None:
    run_here("settings", "retention_days", "365")
    assert run_here("settings", "retention_by_course", f"{SECRET}: 500").returncode == 0
    assert "Kept" not in run_here("purge", "--store", store, "--dry-run").stderr
    wrong = run_here("settings", "retention_by_course", "Physics")
    assert wrong.returncode == 1
    assert "Course: days" in problem_line(wrong.stderr)


def test_purge_makes_no_store(run_here: Run, tmp_path: Path) -> None:
    assert run_here("purge", "--store", tmp_path / "none", "--yes").returncode == 0
    assert not (tmp_path / "none").exists()


def test_a_backup_comes_back(run_here: Run, store: Path, words: Path, tmp_path: Path) -> None:
    target, new = tmp_path / "mine.cmbackup", tmp_path / "new"
    arguments = ("backup", target, "--store", store, "--passphrase-file", words)
    assert "sessions: 2." in run_here(*arguments).stderr
    refused = run_here(*arguments)
    assert refused.returncode == 1
    assert "--force" in problem_line(refused.stderr)
    assert run_here(*arguments, "--force").returncode == 0
    restored = run_here("restore", target, "--store", new, "--passphrase-file", words)
    assert restored.stderr == "Sessions added: 2, already there: 0.\n"
    assert titles(run_here, new) == ["New", "Old"]


def test_nobody_is_asked_where_nobody_is(run_here: Run, store: Path, tmp_path: Path) -> None:
    refused = run_here("backup", tmp_path / "mine.cmbackup", "--store", store)
    assert refused.returncode == 1
    assert "--passphrase-file" in problem_line(refused.stderr)


def test_wrong_words_are_said(run_here: Run, store: Path, words: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.cmbackup"
    run_here("backup", target, "--store", store, "--passphrase-file", words)
    words.write_text("other words", encoding="utf-8")
    wrong = run_here("restore", target, "--store", store, "--passphrase-file", words)
    assert wrong.returncode == 1
    assert "the passphrase is wrong" in problem_line(wrong.stderr)
    words.write_text("short", encoding="utf-8")
    short = run_here("backup", tmp_path / "b", "--store", store, "--passphrase-file", words)
    assert "too short" in problem_line(short.stderr)


def test_what_was_done_is_in_the_audit_log_without_a_name(
    run_here: Run, store: Path, words: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    secret = ("--store", store)
    run_here("settings", "group_minimum", "8")
    run_here("settings", "region", "eu")
    run_here("settings", "lawful_exception", SECRET)
    run_here("settings", "retention_by_course", f"{SECRET}: 500")
    run_here("export", "latest", *secret)
    run_here("export", "latest", *secret, "--out", tmp_path / f"{SECRET}.html")
    run_here("backup", tmp_path / f"{SECRET}.cm", *secret, "--passphrase-file", words)
    run_here("restore", tmp_path / f"{SECRET}.cm", *secret, "--passphrase-file", words)
    run_here("delete", "latest", *secret, "--yes")
    run_here("purge", *secret, "--yes")
    shown = run_here("audit", "--json").stdout
    events = [
        {name: value for name, value in event.items() if name not in ("at", "program")}
        for event in json.loads(shown)
    ]
    assert events == [
        {"event": "group minimum", "before": 5, "after": 8},
        {"event": "mode", "before": "moods", "after": "counts only"},
        {"event": "mode", "before": "counts only", "after": "moods"},
        {"event": "days kept by course"},
        {"event": "export", "sessions": 1, "format": "csv"},
        {"event": "export", "sessions": 1, "format": "html"},
        {"event": "backup", "sessions": 2},
        {"event": "restore", "sessions": 0},
        {"event": "deletion", "sessions": 1, "because": "asked for"},
        {"event": "deletion", "sessions": 1, "because": "asked for"},
    ]
    (log,) = Path(environment["HOME"]).rglob("audit.jsonl")
    kept = log.read_text(encoding="utf-8")
    for word in ("Miller", "4711", "Old", "New", str(tmp_path), "room.mp4", WORDS):
        assert word not in kept


def test_doctor_says_how_long_sessions_are_kept(store: Path) -> None:
    rules = Settings(retention_days=365, retention_by_course=f"{SECRET}: 30")
    assert doctor._keeping(Settings(), store) == (
        "until you delete them; 0 too old, 1 in the trash: 'purge' deletes them"
    )
    assert doctor._keeping(rules, store) == (
        "365 days; courses with days of their own: 1; 1 too old, 1 in the trash: 'purge' deletes"
        " them"
    )


def test_analysing_empties_what_a_window_left_in_the_trash(
    run_here: Run, store: Path, empty_room_clip: Path
) -> None:
    with open_store(store) as opened:
        opened._connection.execute(
            "UPDATE sessions SET trashed_at = '2026-01-01T00:00:00+00:00'"
            " WHERE trashed_at IS NOT NULL"
        )
    done = run_here("analyze", empty_room_clip, "--store", store, "--counts-only")
    assert done.returncode == 0
    with open_store(store) as opened:
        assert opened.trashed() == []
    events = [json.loads(line)["event"] for line in run_here("audit").stdout.splitlines()]
    assert events == ["recording", "deletion"]
