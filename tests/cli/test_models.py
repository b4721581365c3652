"""The command `models`: what it prints, keeps and refuses.

Most commands run in the test's process, which starts dozens of them in the time of a few.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vision.bundles import make_tiny_bundle

SHIPPED = Path(__file__).resolve().parents[2] / "models"
TWO_CLASSES: dict[str, Any] = {
    "classes": ["no", "yes"],
    "groups": {"no": ["sad"], "yes": ["happy"]},
}


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(run_here: Run) -> Run:
    return run_here


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return make_tiny_bundle(tmp_path / "tiny")


def listed(run: Run) -> dict[str, dict[str, Any]]:
    """Return the list's bundles by name."""
    result = run("models", "list", "--json")
    assert result.returncode == 0, result.stderr
    entries = json.loads(result.stdout)
    return {entry["name"]: entry for entry in entries if entry["kind"] == "classifier"}


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a command that refused, without the region's notice."""
    assert result.returncode == 1, result.stderr
    lines = [line for line in result.stderr.splitlines() if not line.startswith("Notice:")]
    (line,) = [line for line in lines if line.startswith("classroom-monitor:")]
    assert "Traceback" not in result.stderr
    return line


def in_use(run: Run) -> list[str]:
    return [name for name, entry in listed(run).items() if entry["in_use"]]


def test_every_shipped_folder_is_listed_and_one_is_in_use(run: Run) -> None:
    entries = listed(run)
    assert set(entries) == {path.name for path in SHIPPED.iterdir() if path.is_dir()}
    (default,) = (entry for entry in entries.values() if entry["in_use"])
    assert default["origin"] == "shipped"
    assert default["for_sessions"] is True
    assert (default["kind"], default["ok"], default["problem"]) == ("classifier", True, None)
    assert default["classes"] == ["negative", "neutral", "positive"]
    assert {"litert-int8", "litert-float32"} <= set(default["engines"])
    assert default["bytes"] > 1_000_000
    assert default["licence"]
    assert default["version"]
    text = run("models")
    assert text.returncode == 0
    assert text.stdout == run("models", "list").stdout
    assert f"* {default['name']} {default['version']}" in text.stdout
    both = [json.loads(run("models", *word, "--json").stdout) for word in ((), ("list",))]
    assert both[0] == both[1]


def test_the_shipped_bundles_pass_the_check(run: Run) -> None:
    result = run("models", "check", "--json")
    assert result.returncode == 0, result.stderr
    reports = {report["name"]: report for report in json.loads(result.stdout)}
    shipped = {path.name for path in SHIPPED.iterdir() if path.is_dir()}
    assert set(reports) >= shipped | {"mediapipe"}
    assert all(report["ok"] for report in reports.values())
    assert all(reports[name]["max_difference"] < 0.25 for name in shipped)


def test_a_bundle_is_added_used_and_removed(run: Run, tiny: Path) -> None:
    default = in_use(run)
    added = run("models", "add", tiny, "--yes")
    assert added.returncode == 0, added.stderr
    assert "Apache-2.0" in added.stderr  # the licence is shown even where it is accepted already
    shutil.rmtree(tiny)  # the copy stands on its own
    entry = listed(run)["tiny"]
    assert (entry["origin"], entry["ok"], entry["in_use"]) == ("added", True, False)
    assert run("models", "use", "tiny").returncode == 0
    assert in_use(run) == ["tiny"]
    assert "tiny 1.0 (added by you)" in run("doctor").stdout
    assert run("models", "use", "default").returncode == 0
    assert in_use(run) == default
    run("models", "use", "tiny")
    removed = run("models", "remove", "tiny", "--yes")
    assert removed.returncode == 0, removed.stderr
    assert in_use(run) == default
    assert "tiny" not in listed(run)
    assert not Path(entry["folder"]).exists()


def test_what_is_used_scores_the_pictures(run: Run, tiny: Path, tmp_path: Path) -> None:
    import numpy as np

    ramp = np.arange(48 * 48, dtype=np.float64).reshape(48, 48) / 9.1
    np.savez(tmp_path / "faces.npz", images=np.stack([ramp, ramp.T]).astype(np.uint8))

    def classify(*options: object) -> str:
        result = run("classify", "--npz", tmp_path / "faces.npz", *options)
        assert result.returncode == 0, result.stderr
        return result.stdout

    shipped, own = classify(), classify("--model", tiny)
    assert shipped != own
    run("models", "add", tiny, "--name", "mine", "--yes")
    assert classify("--model", "mine") == own
    run("models", "use", "mine")
    assert classify() == own
    assert classify("--model", "default") == shipped
    run("models", "use", tiny)
    assert classify() == own
    assert listed(run)["tiny"]["origin"] == "folder"


def test_without_a_terminal_nothing_is_accepted_silently(run: Run, tiny: Path) -> None:
    assert "--yes" in refusal(run("models", "add", tiny))
    assert "tiny" not in listed(run)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("answer", "is_added"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_the_licence_is_asked_about(
    run: Run, environment: dict[str, str], tiny: Path, answer: str, is_added: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "classroom_monitor", "models", "add", str(tiny)],
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        os.write(ours, answer.encode())
        _, said = process.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    assert "Apache-2.0" in said
    assert process.returncode == (0 if is_added else 1)
    assert ("tiny" in listed(run)) is is_added


def test_no_bundle_is_overwritten(run: Run, tiny: Path, tmp_path: Path) -> None:
    assert run("models", "add", tiny, "--yes").returncode == 0
    newer = make_tiny_bundle(tmp_path / "newer", version="2.0")
    assert "already" in refusal(run("models", "add", newer, "--yes"))
    (shipped, *_) = in_use(run)
    assert "already" in refusal(run("models", "add", newer, "--name", shipped, "--yes"))
    assert listed(run)["tiny"]["version"] == "1.0"
    assert "face finder" in refusal(run("models", "add", newer, "--name", "YuNet", "--yes"))
    assert run("models", "add", newer, "--name", "newer", "--yes").returncode == 0
    assert listed(run)["newer"]["version"] == "2.0"


def test_bundles_of_other_classes_are_for_evaluate_and_classify(run: Run, tmp_path: Path) -> None:
    two = make_tiny_bundle(tmp_path / "two", name="two", **TWO_CLASSES)
    assert run("models", "add", two, "--yes").returncode == 0
    assert listed(run)["two"]["for_sessions"] is False
    assert "evaluate and classify only" in run("models").stdout
    assert "negative, neutral, positive" in refusal(run("models", "use", "two"))
    assert run("models", "check", "two").returncode == 0


def test_what_is_wrong_is_one_line_and_is_neither_used_nor_added(
    run: Run, tiny: Path, tmp_path: Path
) -> None:
    damaged = make_tiny_bundle(tmp_path / "damaged")
    (damaged / "int8.tflite").write_bytes(b"x")
    unlabelled = make_tiny_bundle(tmp_path / "unlabelled", classes=[])
    wrong_size = make_tiny_bundle(tmp_path / "size", input={"size_px": 16, "channels": 3})
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(evil, "w") as packed:
        packed.writestr("../bundle.json", "{}")
    for source, said in (
        (damaged, "SHA-256"),
        (unlabelled, "classes"),
        (wrong_size, "3-channel"),
        (tmp_path, "bundle.json"),
        (tmp_path / "gone", "gone"),
        (evil, "leads out"),
    ):
        assert said in refusal(run("models", "add", source, "--yes"))
    for reference, said in ((damaged, "SHA-256"), (wrong_size, "3-channel"), ("nono", "nono")):
        assert said in refusal(run("models", "use", reference))
        assert said in refusal(run("models", "check", reference, tiny))
    assert all(entry["origin"] == "shipped" for entry in listed(run).values())


def test_a_chosen_bundle_that_vanished_is_said_by_every_command_that_needs_it(
    run: Run, tiny: Path, tmp_path: Path, empty_room_clip: Path
) -> None:
    run("models", "use", tiny)
    shutil.rmtree(tiny)
    store = tmp_path / "store"
    for command in (
        ("analyze", empty_room_clip, "--store", store),
        ("demo", "--json", "--seconds", "1", "--store", store),
        ("classify", tmp_path / "x.png"),
    ):
        line = refusal(run(*command))
        assert str(tiny) in line
        assert "models use default" in line
    counted = run("analyze", empty_room_clip, "--store", store, "--counts-only")
    assert counted.returncode == 0, counted.stderr  # counts need no model
    assert run("sessions", "--store", store).returncode == 0
    entry = listed(run)[str(tiny)]
    assert (entry["in_use"], entry["ok"], entry["origin"]) == (True, False, "missing")
    assert str(tiny) in refusal(run("models", "check"))
    doctor = run("doctor")
    assert doctor.returncode == 1
    assert [line[:15] for line in doctor.stdout.splitlines() if "FAIL" in line][:1] == [
        "FAIL  model    "
    ]
    assert run("models", "use", "default").returncode == 0
    assert run("models", "check").returncode == 0


def test_added_bundles_lie_where_the_settings_say(run: Run, tiny: Path, tmp_path: Path) -> None:
    assert run("settings", "models_dir", tmp_path / "own place").returncode == 0
    assert run("models", "add", tiny, "--yes").returncode == 0
    assert (tmp_path / "own place" / "tiny" / "bundle.json").is_file()
    (tmp_path / "a file").write_text("no folder", encoding="utf-8")
    run("settings", "models_dir", tmp_path / "a file")
    assert "a file" in refusal(run("models"))


def test_wrong_usage_exits_with_2(run: Run) -> None:
    assert run("models", "add").returncode == 2
    assert run("models", "use").returncode == 2
    assert run("models", "nonsense").returncode == 2
    assert run("models", "--json", "check").returncode == 2
