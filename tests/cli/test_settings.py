"""The settings command keeps statements on record, as the window does."""

import json
from pathlib import Path

from tests.cli.conftest import Run


def statements(tmp_path: Path) -> list[dict[str, str]]:
    """Return what is on record in the test's home."""
    files = list((tmp_path / "home").rglob("statements.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def test_a_statement_made_by_command_is_on_record(run_here: Run, tmp_path: Path) -> None:
    assert run_here("settings", "region", "eu").returncode == 0
    assert run_here("settings", "lawful_exception", "safety study, the board").returncode == 0
    events = [
        (line["event"], line.get("to", line.get("statement"))) for line in statements(tmp_path)
    ]
    assert events == [
        ("region", "eu"),
        ("mode", "counts only"),
        ("statement", "safety study, the board"),
        ("mode", "moods"),
    ]


def test_other_settings_leave_no_trace(run_here: Run, tmp_path: Path) -> None:
    assert run_here("settings", "smoothing_s", "30").returncode == 0
    assert run_here("settings", "title", "Statistics").returncode == 0
    assert statements(tmp_path) == []


def test_a_statement_that_cannot_be_kept_changes_nothing(run_here: Run, tmp_path: Path) -> None:
    assert run_here("settings", "region", "eu").returncode == 0
    (file,) = (tmp_path / "home").rglob("statements.jsonl")
    file.unlink()
    file.mkdir()
    refused = run_here("settings", "lawful_exception", "safety study")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "nothing was changed" in refused.stderr
    assert json.loads(run_here("settings", "--json").stdout)["lawful_exception"] == ""


def test_what_is_refused_is_not_stated(run_here: Run, tmp_path: Path) -> None:
    assert run_here("settings", "region", "mars").returncode == 1
    assert statements(tmp_path) == []
