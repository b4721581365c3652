"""Settings survive a restart, and wrong ones are refused by name."""

import dataclasses
import json
from pathlib import Path

import pytest

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.settings import (
    LIMITS,
    Settings,
    change_setting,
    load_settings,
    save_changes,
    save_settings,
)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    changed = dataclasses.replace(Settings(), region="other", group_minimum=7, moods_on_faces=True)
    save_settings(changed, tmp_path / "new folder" / "settings.json")
    assert load_settings(tmp_path / "new folder" / "settings.json") == changed


def test_a_setting_of_a_later_version_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"region": "eu", "from_the_future": 1}', encoding="utf-8")
    assert load_settings(path) == Settings(region="eu")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("not json", "settings.json"),
        ("[1]", "settings.json"),
        ('{"region": "mars"}', "region"),
        ('{"group_minimum": 0}', "group_minimum"),
        ('{"group_minimum": true}', "group_minimum"),
        ('{"rate_hz": 1000}', "rate_hz"),
        ('{"moods_on_faces": "yes"}', "moods_on_faces"),
        ('{"finder": "eyes"}', "finder"),
        ('{"engine": "abacus"}', "engine"),
    ],
)
def test_a_wrong_file_is_refused_and_kept(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=named):
        load_settings(path)
    assert path.read_text(encoding="utf-8") == content


def test_the_eu_needs_a_statement_for_moods() -> None:
    assert Settings(region="eu").counts_only
    assert Settings(region="eu", lawful_exception="  ").counts_only
    assert not Settings(region="eu", lawful_exception="approved safety study").counts_only
    assert not Settings(region="unset").counts_only


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("region", "eu", "eu"),
        ("group_minimum", "8", 8),
        ("rate_hz", "2.5", 2.5),
        ("moods_on_faces", "true", True),
        ("finder", "yunet", "yunet"),
    ],
)
def test_settings_are_changed_by_text(name: str, text: str, value: object) -> None:
    assert dataclasses.asdict(change_setting(Settings(), name, text))[name] == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("colour", "red"), ("group_minimum", "many"), ("moods_on_faces", "maybe"), ("mode", "far")],
)
def test_wrong_changes_are_refused(name: str, text: str) -> None:
    with pytest.raises(EnvironmentProblem, match=name):
        change_setting(Settings(), name, text)


@pytest.mark.parametrize("name", LIMITS)
def test_numbers_keep_to_their_limits(name: str) -> None:
    for limit, beyond in zip(LIMITS[name], (-0.01, 0.01), strict=True):
        changed = change_setting(Settings(), name, f"{limit:g}")
        assert dataclasses.asdict(changed)[name] == limit
        with pytest.raises(EnvironmentProblem, match=name):
            change_setting(Settings(), name, f"{limit + beyond:g}")


def test_what_is_asked_first_is_answered_by_region_and_statement() -> None:
    assert not Settings().answered
    assert Settings(region="eu").answered
    assert not Settings(region="other").answered
    assert Settings(region="other", informed=True).answered


def test_an_unwritable_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="file"):
        save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_the_file_is_json_a_person_can_read(tmp_path: Path) -> None:
    save_settings(Settings(), tmp_path / "settings.json")
    text = (tmp_path / "settings.json").read_text(encoding="utf-8")
    assert json.loads(text)["region"] == "unset"
    assert text.count("\n") > 5


def test_options_of_one_run_do_not_become_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    save_settings(Settings(mode="room", group_minimum=7), file)
    of_this_run = Settings(mode="near", group_minimum=3, store_dir="elsewhere")
    save_changes(of_this_run, dataclasses.replace(of_this_run, source="camera 1"), file)
    assert load_settings(file) == Settings(mode="room", group_minimum=7, source="camera 1")
