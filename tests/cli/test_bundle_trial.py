"""A bundle whose weights crash the native code costs the process that tries it, and no other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from classroom_monitor.cli import bundle_trial
from classroom_monitor.cli.bundle_trial import BundleCrash, require_no_crash, try_bundle
from classroom_monitor.errors import BundleProblem
from tests.cli.conftest import Run
from tests.vision.bundles import make_tiny_bundle, poison, replace_weights

ABORT = [sys.executable, "-c", "import os; os.abort()"]
WAIT = [sys.executable, "-c", "import sys; sys.stdin.read(); import time; time.sleep(60)"]


def crashing_bundle(folder: Path) -> Path:
    """A bundle that brings LiteRT 2.3 down, by one byte of its int8 network that fuzzing found."""
    weights = bytearray((make_tiny_bundle(folder) / "int8.tflite").read_bytes())
    weights[1730] = 191
    replace_weights(folder, "int8.tflite", bytes(weights))
    return folder


def test_a_sound_bundle_passes_with_its_engines(tmp_path: Path) -> None:
    checked = try_bundle(make_tiny_bundle(tmp_path / "tiny"))
    assert checked.engines == ("litert-int8", "litert-float32")
    assert checked.max_difference is not None
    require_no_crash(tmp_path / "tiny")


def test_what_is_wrong_comes_back_as_a_line(tmp_path: Path) -> None:
    poison(make_tiny_bundle(tmp_path / "tiny"))
    with pytest.raises(BundleProblem, match="aren't finite") as told:
        try_bundle(tmp_path / "tiny")
    assert not isinstance(told.value, BundleCrash)
    assert "\n" not in str(told.value)
    require_no_crash(tmp_path / "tiny")


@pytest.mark.parametrize(("command", "limit_s"), [(ABORT, 60.0), (WAIT, 0.5)])
def test_a_trial_that_dies_or_hangs_is_a_problem_of_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], limit_s: float
) -> None:
    monkeypatch.setattr(bundle_trial, "module_command", lambda module: command)
    monkeypatch.setattr(bundle_trial, "TIMEOUT_S", limit_s)
    with pytest.raises(BundleCrash, match="tiny"):
        require_no_crash(make_tiny_bundle(tmp_path / "tiny"))


@pytest.mark.parametrize("words", [("models", "add", "--yes"), ("models", "use")])
def test_commands_survive_weights_that_crash(
    run_here: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = run_here(*words, crashing_bundle(tmp_path / "bad"))
    assert done.returncode == 1
    assert "model bundle" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_named_with_model_is_tried_before_it_is_used(
    run_here: Run, tmp_path: Path
) -> None:
    bad = crashing_bundle(tmp_path / "bad")
    done = run_here("classify", "--model", bad, tmp_path / "missing.png")
    assert done.returncode == 1
    assert "model bundle" in done.stderr
