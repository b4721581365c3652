"""The commands from outside: output, exit codes, and one clear line for each bad input."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run

REGION_LINE = "Notice: the region isn't set"


def problem_line(stderr: str) -> str:
    """Return the one line on stderr that isn't the region notice."""
    lines = [line for line in stderr.splitlines() if REGION_LINE not in line]
    assert len(lines) == 1, stderr
    return lines[0]


def test_analyze_saves_a_session_that_sessions_and_export_show(
    run: Run, empty_room_clip: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    made = run("analyze", empty_room_clip, "--store", store, "--counts-only", "--json")
    assert made.returncode == 0, made.stderr
    (report,) = json.loads(made.stdout)
    assert set(report) == {"session", "source", "frames", "seconds", "wall_s", "engine", "mode"}
    assert (report["source"], report["frames"], report["seconds"]) == (empty_room_clip.name, 10, 2)
    assert report["mode"] == "room"
    assert 0 < report["wall_s"] < 120

    listed = json.loads(run("sessions", "--store", store, "--json").stdout)
    assert [entry["session"] for entry in listed] == [report["session"]]
    assert listed[0]["counts_only"] is True

    exported = run("export", report["session"], "--store", store)
    rows = list(csv.DictReader(io.StringIO(exported.stdout)))
    assert list(rows[0])[:8] == [
        "t_s",
        "clock",
        "seen",
        "used",
        "negative",
        "neutral",
        "positive",
        "coverage",
    ]
    assert [(row["t_s"], row["seen"], row["neutral"]) for row in rows] == [
        ("0", "0", ""),
        ("1", "0", ""),
    ]


def test_export_to_a_file_puts_the_description_beside_it(
    run: Run, empty_room_clip: Path, tmp_path: Path
) -> None:
    store, out = tmp_path / "store", tmp_path / "out.csv"
    run("analyze", empty_room_clip, "--store", store, "--counts-only")
    assert run("export", "latest", "--store", store, "--out", out).returncode == 0
    assert out.read_bytes().startswith(b"t_s,clock,")
    assert json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))["seconds"] == 2


def test_a_bad_recording_does_not_stop_the_others(
    run: Run, empty_room_clip: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    result = run(
        "analyze", "missing.mp4", empty_room_clip, "--store", store, "--counts-only", "--json"
    )
    assert result.returncode == 1
    assert len(json.loads(result.stdout)) == 1
    assert "missing.mp4" in problem_line(result.stderr)


def test_region_eu_runs_counts_only_and_classifies_nothing(
    run: Run, empty_room_clip: Path, tmp_path: Path
) -> None:
    assert run("settings", "region", "eu").returncode == 0
    store = tmp_path / "store"
    made = run("analyze", empty_room_clip, "--store", store, "--json")
    assert made.returncode == 0
    assert REGION_LINE not in made.stderr
    assert json.loads(run("sessions", "--store", store, "--json").stdout)[0]["counts_only"] is True
    np.savez(tmp_path / "faces.npz", images=np.zeros((1, 48, 48), np.uint8))
    refused = run("classify", "--npz", tmp_path / "faces.npz")
    assert refused.returncode == 1
    assert "counts-only" in problem_line(refused.stderr)


def test_unset_region_is_said_in_one_line(run: Run, empty_room_clip: Path) -> None:
    result = run("analyze", empty_room_clip, "--store", "store", "--counts-only", "--json")
    assert result.stderr.count("\n") == 1
    assert REGION_LINE in result.stderr


def test_delete_removes_a_session(run: Run, empty_room_clip: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("analyze", empty_room_clip, "--store", store, "--counts-only")
    assert run("delete", "latest", "--store", store, "--yes").returncode == 0
    assert json.loads(run("sessions", "--store", store, "--json").stdout) == []


def test_faces_of_a_picture_without_faces_are_none(run: Run, tmp_path: Path) -> None:
    from classroom_monitor.vision.opencv import cv2

    picture = tmp_path / "wall.png"
    cv2.imwrite(str(picture), np.full((200, 300, 3), 128, np.uint8))
    result = run("faces", picture, "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {str(picture): []}


def make_text_file(folder: Path) -> Path:
    path = folder / "notes.mp4"
    path.write_text("not a video", encoding="utf-8")
    return path


def test_each_bad_input_gives_one_line_that_names_it(run: Run, tmp_path: Path) -> None:
    text = make_text_file(tmp_path)
    newer = tmp_path / "newer"
    newer.mkdir()
    run("analyze", "x.mp4", "--store", newer, "--counts-only")
    with sqlite3.connect(newer / "sessions.sqlite") as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    no_store = tmp_path / "no_store"
    no_store.mkdir()
    (no_store / "sessions.sqlite").write_text("not a database " * 100, encoding="utf-8")
    cases: list[tuple[tuple[object, ...], str]] = [
        (("analyze", text, "--store", tmp_path / "s"), "notes.mp4"),
        (("analyze", tmp_path, "--store", tmp_path / "s"), str(tmp_path)),
        (("faces", text, "--json"), "notes.mp4"),
        (("faces", tmp_path / "gone.jpg", "--json"), "gone.jpg"),
        (("classify", "--npz", text), "notes.mp4"),
        (("classify", text, "--model", tmp_path), str(tmp_path)),
        (("sessions", "--store", newer), "newer"),
        (("sessions", "--store", no_store), "sessions.sqlite"),
        (("sessions", "--store", tmp_path / "none"), "none"),
    ]
    for arguments, named in cases:
        result = run(*arguments)
        assert result.returncode == 1, (arguments, result.stderr)
        assert named in problem_line(result.stderr)
        assert result.stdout == ""


def test_evaluating_a_folder_that_is_no_bundle_names_it(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="evaluate needs the train extra")
    result = run("evaluate", tmp_path, "--data", tmp_path / "faces.npz")
    assert result.returncode == 1
    assert str(tmp_path) in problem_line(result.stderr)


def test_unknown_session_is_named(run: Run, empty_room_clip: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("analyze", empty_room_clip, "--store", store, "--counts-only")
    result = run("export", "42", "--store", store)
    assert result.returncode == 1
    assert "42" in problem_line(result.stderr)


@pytest.mark.parametrize("arguments", [["analyze"], ["classify"], ["nonsense"], ["export"]])
def test_wrong_usage_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize(
    "command",
    [
        *("analyze", "cameras", "classify", "delete", "demo", "doctor"),
        *("evaluate", "export", "faces", "models", "sessions", "settings", "train"),
    ],
)
def test_every_command_has_help(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.returncode == 0
    assert command in result.stdout
    assert result.stderr == ""
