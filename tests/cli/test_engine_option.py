"""The engine as an option, and what a user sees where it fails."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.app import make_scorer, run_options
from classroom_monitor.settings import Settings
from tests.cli.conftest import Run
from tests.vision.bundles import make_tiny_bundle, replace_weights
from tests.vision.engines.faces import tiny_crops


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A model of the user's, and faces to classify beside it."""
    np.savez(tmp_path / "faces.npz", images=tiny_crops(7).images[..., 0])
    return make_tiny_bundle(tmp_path / "tiny")


def probabilities(table: str) -> list[list[float]]:
    rows = list(csv.reader(io.StringIO(table)))[1:]
    return [[float(value) for value in row[1:]] for row in rows]


def test_engines_can_be_chosen_and_differ_a_little(run: Run, tiny: Path) -> None:
    command = ("classify", "--npz", "faces.npz", "--model", tiny)
    small = run(*command, "--engine", "litert-int8")
    exact = run(*command, "--engine", "litert-float32")
    assert small.returncode == exact.returncode == 0, small.stderr + exact.stderr
    assert small.stdout != exact.stdout
    np.testing.assert_allclose(probabilities(small.stdout), probabilities(exact.stdout), atol=0.03)
    assert run(*command).stdout == small.stdout


def test_a_failing_engine_gives_way_and_is_told(run: Run, tiny: Path) -> None:
    command = ("classify", "--npz", "faces.npz", "--model", tiny)
    exact = run(*command, "--engine", "litert-float32")
    replace_weights(tiny, "int8.tflite", b"no network at all")
    result = run(*command)
    assert result.returncode == 0, result.stderr
    assert result.stdout == exact.stdout
    told = [line for line in result.stderr.splitlines() if "the engine litert-int8 failed" in line]
    assert len(told) == 1
    assert told[0].endswith("scoring goes on with litert-float32")
    assert "Traceback" not in result.stderr


def test_an_unknown_engine_is_wrong_usage(run: Run, tiny: Path) -> None:
    result = run("classify", "--npz", "faces.npz", "--model", tiny, "--engine", "abacus")
    assert result.returncode == 2
    assert "litert-int8" in result.stderr


def test_a_session_is_saved_with_the_engine_that_scored(
    run: Run, tiny: Path, empty_room_clip: Path, tmp_path: Path
) -> None:
    command = ("analyze", empty_room_clip, "--store", tmp_path / "store", "--model", tiny, "--json")
    chosen = run(*command, "--engine", "litert-float32")
    assert [report["engine"] for report in json.loads(chosen.stdout)] == ["litert-float32"]
    replace_weights(tiny, "float32.tflite", b"no network at all")
    fallen_back = run(*command, "--engine", "litert-float32")
    assert [report["engine"] for report in json.loads(fallen_back.stdout)] == ["litert-int8"]
    assert "the engine litert-float32 failed" in fallen_back.stderr


def test_the_setting_reaches_the_scorer(tiny: Path) -> None:
    for engine in ("litert-float32", "litert-int8"):
        settings = Settings(region="other", model=str(tiny), engine=engine)
        scorer = make_scorer(run_options(settings))
        assert scorer.engine == engine
        assert scorer.engine_notice == ""
        scorer.close()
