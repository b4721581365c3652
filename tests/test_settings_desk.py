"""Settings, statements and diagnostics as the window asks for them."""

import json
import logging
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.program_log import ProgramLog
from classroom_monitor.settings import FREE_TEXTS, Settings, load_settings, save_settings
from classroom_monitor.settings_desk import SettingsDesk

TEXT = "Miller 4711"
logger = logging.getLogger("classroom_monitor.planted")


@pytest.fixture
def desk(tmp_path: Path) -> SettingsDesk:
    """A desk whose files lie in the test's folder."""
    return SettingsDesk(
        Settings(), tmp_path / "settings.json", statements_file=tmp_path / "statements.jsonl"
    )


def test_a_statement_is_on_record_and_in_force(desk: SettingsDesk, tmp_path: Path) -> None:
    desk.save_settings(Settings(region="eu"))
    desk.save_settings(Settings(region="eu", lawful_exception=TEXT))
    assert not desk.settings.counts_only
    assert load_settings(tmp_path / "settings.json") == desk.settings
    assert TEXT in desk.statements()[-2]
    assert '"to": "moods"' in desk.statements()[-1]


def test_without_a_record_the_statement_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    eu = Settings(region="eu")
    save_settings(eu, tmp_path / "settings.json")
    place = tmp_path / "file" / "statements.jsonl"
    desk = SettingsDesk(eu, tmp_path / "settings.json", statements_file=place)
    with pytest.raises(EnvironmentProblem, match="statement"):
        desk.save_settings(replace(eu, lawful_exception=TEXT))
    assert desk.settings.counts_only
    assert load_settings(tmp_path / "settings.json").counts_only


def test_what_cannot_be_kept_is_taken_back_on_record(desk: SettingsDesk, tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(EnvironmentProblem):
        desk.save_settings(Settings(region="eu"))
    assert desk.settings == Settings()
    modes = [json.loads(line)["to"] for line in desk.statements() if '"mode"' in line]
    assert modes == ["counts only", "moods"]


def test_settings_go_to_another_computer_without_their_statements(
    desk: SettingsDesk, tmp_path: Path
) -> None:
    stated = Settings(region="other", informed=True, smoothing_s=40, marker_labels="question")
    desk.export_settings(stated, tmp_path / "mine.json")
    desk.save_settings(Settings(region="eu"))
    taken = desk.import_settings(tmp_path / "mine.json")
    assert taken == Settings(region="eu", smoothing_s=40, marker_labels="question")
    assert desk.settings == Settings(region="eu")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"[1]", "not a settings file"), (b'{"rate_hz": 0}', "rate_hz"), (b"\xff\xfe", "cannot read")],
)
def test_a_file_that_holds_no_settings_is_refused(
    desk: SettingsDesk, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "odd.json").write_bytes(content)
    with pytest.raises(EnvironmentProblem, match=said):
        desk.import_settings(tmp_path / "odd.json")


def test_a_missing_or_huge_file_is_refused(desk: SettingsDesk, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="cannot read"):
        desk.import_settings(tmp_path / "missing.json")
    (tmp_path / "huge.json").write_bytes(b" " * (2**20 + 1))
    with pytest.raises(EnvironmentProblem, match="too large"):
        desk.import_settings(tmp_path / "huge.json")


def test_free_texts_are_the_settings_that_are_not_chosen_from_a_list() -> None:
    texts = {field.name for field in fields(Settings) if field.type == "str"}
    assert texts == FREE_TEXTS


def test_diagnostics_hold_nothing_that_the_user_wrote(tmp_path: Path) -> None:
    spoken = {name: f"{TEXT} {name}" for name in FREE_TEXTS}
    settings = replace(Settings(), region="eu", smoothing_s=33, **spoken)  # type: ignore[arg-type]
    with ProgramLog(tmp_path / "log") as log:
        desk = SettingsDesk(settings, tmp_path / "settings.json", log)
        logger.warning("cannot open %s", TEXT)
        desk.save_diagnostics(tmp_path / "diagnostics.txt")
        assert TEXT in desk.log_lines()[-1]
    text = (tmp_path / "diagnostics.txt").read_text(encoding="utf-8")
    assert "Miller" not in text
    assert "smoothing_s = 33" in text
    assert "title = (set)" in text
    assert "cannot open <str>" in text
    assert "numpy" in text
    assert str(Path.home()) not in text
    assert set(asdict(settings)) <= {line.partition(" = ")[0] for line in text.splitlines()}


def test_diagnostics_that_cannot_be_written_are_said(desk: SettingsDesk, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="another place"):
        desk.save_diagnostics(tmp_path / "missing" / "diagnostics.txt")
