"""Old sessions go by the user's rules, and never without a word the first time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom_monitor import keeping
from classroom_monitor.audit import AuditLog
from classroom_monitor.errors import StoreProblem
from classroom_monitor.keeping import agreement, delete_overdue, find_overdue, purge_old_trash
from classroom_monitor.session_keeper import SessionKeeper
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import Settings, load_settings, save_settings
from tests.sessions.samples import new_session, point

NOW = datetime.now(UTC)
YEAR = Settings(region="other", informed=True, retention_days=365)


def record(folder: Path, days_ago: float, course: str = "") -> int:
    """Store a session that began so long ago."""
    new = replace(new_session(), started_at=NOW - timedelta(days=days_ago), course=course)
    with open_store(folder) as store:
        writer = store.begin(new)
        writer.append([point(0)])
        writer.finish()
    return writer.session_id


def ids(folder: Path) -> list[int]:
    with open_store(folder) as store:
        return [info.session_id for info in store.list_sessions()]


def overdue(settings: Settings, folder: Path) -> list[int]:
    return [info.session_id for info in find_overdue(settings, folder).sessions]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def keeper(folder: Path, tmp_path: Path, quick_key: None) -> SessionKeeper:
    """What the window asks, with a year's limit, its files in the test's folder."""
    settings = replace(YEAR, store_dir=str(folder))
    save_settings(settings, tmp_path / "settings.json")
    audit = AuditLog(tmp_path / "audit.jsonl")
    return SessionKeeper(settings, tmp_path / "settings.json", None, tmp_path / "s", audit)


def test_nothing_is_looked_for_without_rules_or_store(folder: Path) -> None:
    assert find_overdue(YEAR, folder).sessions == ()
    assert not folder.exists()
    record(folder, 5000)
    assert find_overdue(Settings(), folder).sessions == ()


def test_what_is_too_old_is_asked_about_until_somebody_agrees(
    keeper: SessionKeeper, folder: Path, tmp_path: Path
) -> None:
    old, new = record(folder, 400), record(folder, 10)
    found = keeper.overdue_sessions()
    assert ([info.session_id for info in found.sessions], found.must_ask) == ([old], True)
    assert ids(folder) == [new, old]
    keeper.delete_overdue([old])
    assert ids(folder) == [new]
    assert load_settings(tmp_path / "settings.json") == keeper.settings
    older = record(folder, 370)
    found = keeper.overdue_sessions()
    assert ([info.session_id for info in found.sessions], found.must_ask) == ([older], False)


@pytest.mark.parametrize(
    "change",
    [{"retention_days": 300}, {"retention_by_course": "Physics: 30"}, {"store_dir": "other"}],
)
def test_other_rules_and_another_store_are_agreed_to_anew(
    folder: Path, tmp_path: Path, change: dict[str, str]
) -> None:
    for place in (folder, tmp_path / "other"):
        record(place, 400)
        record(place, 10)
    agreed = replace(YEAR, retention_agreed=agreement(YEAR, folder))
    assert not find_overdue(agreed, folder).must_ask
    changed = replace(agreed, **change)  # type: ignore[arg-type]
    place = tmp_path / changed.store_dir if changed.store_dir else folder
    assert find_overdue(changed, place).must_ask


def test_where_nothing_would_be_left_somebody_is_asked(folder: Path) -> None:
    """As where the computer's clock has jumped years ahead."""
    agreed = replace(YEAR, retention_agreed=agreement(YEAR, folder))
    record(folder, 10), record(folder, 20)
    found = find_overdue(agreed, folder, NOW + timedelta(days=20_000))
    assert (len(found.sessions), found.must_ask) == (2, True)


def test_sessions_that_a_backup_brought_back_are_asked_about(
    keeper: SessionKeeper, folder: Path, tmp_path: Path
) -> None:
    old, _ = record(folder, 400), record(folder, 10)
    keeper.back_up(tmp_path / "b.cmbackup", "four words are enough")
    keeper.delete_overdue([old])
    assert keeper.restore_backup(tmp_path / "b.cmbackup", "four words are enough").added == 1
    assert keeper.overdue_sessions().must_ask


def test_a_session_that_goes_on_keeps_all_others(keeper: SessionKeeper, folder: Path) -> None:
    old = record(folder, 400)
    with open_store(folder) as store:
        running = store.begin(new_session()).session_id
        with pytest.raises(StoreProblem, match="being recorded"):
            keeper.delete_overdue([old, running])
        assert ids(folder) == [running, old]
    assert keeper.settings.retention_agreed == ""


def test_courses_go_by_their_own_age(folder: Path) -> None:
    rules = replace(YEAR, retention_by_course="Physics: 30; Law: 0")
    physics, law, other = (record(folder, 100, course) for course in ("Physics", "law", "Art"))
    assert overdue(rules, folder) == [physics]
    assert overdue(replace(rules, retention_days=90), folder) == [other, physics]
    assert law in ids(folder)


def test_deletions_are_noted_with_numbers_only(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = AuditLog(tmp_path / "audit.jsonl")
    first, second = record(folder, 400, "Miller"), record(folder, 10, "Miller")
    delete_overdue(folder, [first], audit)
    with open_store(folder) as store:
        store.trash(second)
    purge_old_trash(folder, audit)
    monkeypatch.setattr(keeping, "TRASH_KEPT", timedelta(seconds=-60))
    purge_old_trash(folder, audit)
    purge_old_trash(folder, audit)
    events = [json.loads(line) for line in audit.lines()]
    assert [(event["event"], event["sessions"], event["because"]) for event in events] == [
        ("deletion", 1, "kept long enough"),
        ("deletion", 1, "in the trash"),
    ]
    assert all(set(event) == {"at", "program", "event", "sessions", "because"} for event in events)
