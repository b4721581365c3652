"""Face models on the command line: `models` over them, and --finder."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.vision.demo import DemoCamera
from classroom_monitor.vision.opencv import cv2

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(run_here: Run) -> Run:
    return run_here


@pytest.fixture
def onnx(shared_dir: Path) -> Path:
    return shared_dir / "data" / "face_detection_yunet.onnx"


@pytest.fixture
def lecture(tmp_path: Path) -> Path:
    """A picture of the built-in lecture."""
    camera = DemoCamera(duration_s=1.0)
    camera.open()
    path = tmp_path / "lecture.png"
    cv2.imwrite(str(path), camera.read().image_bgr)
    camera.close()
    return path


def finders(run: Run) -> dict[str, dict[str, Any]]:
    """Return the list's face models by name."""
    result = run("models", "list", "--json")
    assert result.returncode == 0, result.stderr
    return {one["name"]: one for one in json.loads(result.stdout) if one["kind"] == "finder"}


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a command that refused, without the region's notice."""
    assert result.returncode == 1, result.stderr
    lines = [line for line in result.stderr.splitlines() if line.startswith("classroom-monitor:")]
    assert len(lines) == 1
    assert "Traceback" not in result.stderr
    return lines[0]


def count_faces(run: Run, picture: Path, *options: str) -> int:
    result = run("faces", picture, "--json", *options)
    assert result.returncode == 0, result.stderr
    return len(json.loads(result.stdout)[str(picture)])


def test_the_list_shows_what_ships_and_what_could_be_added(run: Run) -> None:
    entries = finders(run)
    mediapipe, yunet = entries["mediapipe"], entries["yunet"]
    assert (mediapipe["origin"], mediapipe["ok"], mediapipe["in_use"]) == ("shipped", True, True)
    assert mediapipe["licence"] == "Apache-2.0"
    assert mediapipe["bytes"] > 500_000
    assert (yunet["origin"], yunet["ok"], yunet["in_use"]) == ("missing", False, False)
    text = run("models").stdout
    assert "* mediapipe" in text
    assert "  yunet  (not there)" in text


def test_without_its_file_yunet_is_one_clear_line(
    run: Run, lecture: Path, empty_room_clip: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    for command in (
        ("models", "use", "yunet"),
        ("models", "check", "yunet"),
        ("faces", lecture, "--finder", "yunet"),
        ("analyze", empty_room_clip, "--finder", "yunet", "--store", store),
        ("demo", "--json", "--seconds", "1", "--finder", "yunet", "--store", store),
        ("classify", lecture, "--find-faces", "--finder", "yunet"),
    ):
        assert "models add" in refusal(run(*command))
    assert run("models", "check").returncode == 0  # what isn't there needn't be
    assert finders(run)["mediapipe"]["in_use"]


def test_a_chosen_finder_that_vanished_tells_the_way_back(run: Run, lecture: Path) -> None:
    assert run("settings", "finder", "yunet").returncode == 0
    assert "models use mediapipe" in refusal(run("faces", lecture))
    assert finders(run)["yunet"]["in_use"]
    assert run("models", "check").returncode == 1
    doctor = run("doctor")
    (line,) = [line for line in doctor.stdout.splitlines() if "  faces  " in line]
    assert line.startswith("FAIL")
    assert count_faces(run, lecture, "--finder", "mediapipe") > 5
    assert run("models", "use", "mediapipe").returncode == 0
    assert count_faces(run, lecture) > 5


def test_what_is_no_face_model_is_refused_and_not_kept(run: Run, tmp_path: Path) -> None:
    junk = tmp_path / "junk.ONNX"
    junk.write_bytes(b"junk" * 1000)
    assert "junk.ONNX is no usable YuNet model" in refusal(run("models", "add", junk))
    assert "gone.onnx" in refusal(run("models", "add", tmp_path / "gone.onnx"))
    assert finders(run)["yunet"]["origin"] == "missing"
    assert run("models", "add", junk, "--name", "mine").returncode == 2
    assert run("faces", junk, "--finder", "nonsense").returncode == 2


def test_yunet_is_added_used_checked_and_removed(run: Run, onnx: Path, lecture: Path) -> None:
    added = run("models", "add", onnx)
    assert added.returncode == 0, added.stderr
    assert "MIT" in added.stderr
    assert "OpenCV Zoo" in added.stderr
    assert "already" in refusal(run("models", "add", onnx))
    entry = finders(run)["yunet"]
    assert (entry["origin"], entry["ok"], entry["in_use"]) == ("added", True, False)
    assert entry["version"] == "2026may"
    assert count_faces(run, lecture, "--finder", "yunet") > 5
    assert run("models", "use", "yunet").returncode == 0
    assert finders(run)["yunet"]["in_use"]
    assert "YuNet near in use" in run("doctor").stdout
    reports = json.loads(run("models", "check", "--json").stdout)
    assert [report["ok"] for report in reports if report["name"] == "yunet"] == [True]
    assert run("models", "remove", "yunet", "--yes").returncode == 0
    entries = finders(run)
    assert entries["mediapipe"]["in_use"]
    assert entries["yunet"]["origin"] == "missing"
    assert "none can be removed" in refusal(run("models", "remove", "yunet", "--yes"))


def test_a_damaged_file_is_not_used(run: Run, onnx: Path, lecture: Path) -> None:
    run("models", "add", onnx)
    run("models", "use", "yunet")
    folder = Path(finders(run)["yunet"]["folder"])
    (model,) = folder.glob("*.onnx")
    content = np.fromfile(model, np.uint8)
    content[5000] ^= 1
    content.tofile(model)
    assert "SHA-256" in refusal(run("faces", lecture))
    assert "SHA-256" in refusal(run("models", "check", "yunet"))
    entry = finders(run)["yunet"]
    assert (entry["ok"], entry["in_use"]) == (False, True)
    assert "SHA-256" in entry["problem"]


def test_a_recording_is_analysed_with_the_finder_of_the_option(
    run: Run, onnx: Path, empty_room_clip: Path, tmp_path: Path
) -> None:
    run("models", "add", onnx)
    done = run("analyze", empty_room_clip, "--finder", "yunet", "--store", tmp_path / "s", "--json")
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(done.stdout)
    assert report["seconds"] == 2
