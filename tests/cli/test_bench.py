"""The bench command and the parts that it runs in processes of their own."""

import json
import sys
import time
from pathlib import Path

import pytest

from classroom_monitor.benchmark.engines import GpuTimes
from classroom_monitor.benchmark.live_figures import LiveFigures
from classroom_monitor.cli import bench_processes
from classroom_monitor.resources import models_dir
from classroom_monitor.vision.opencv import cv2
from tests.cli.conftest import Run

BEST = models_dir() / "best"


def test_the_rate_of_one_thread_is_measured(run: Run) -> None:
    done = run("bench-part", "matrix", "--budget", 0)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) > 0.1


@pytest.mark.parametrize("window", ["--window", "--no-window"])
def test_a_live_session_on_the_hall_is_measured(run: Run, window: str) -> None:
    done = run(
        *("bench-part", "live", "--faces", 2, "--settle", 0.5, "--seconds", 1.5),
        *("--model", BEST, "--finder", "mediapipe", "--mode", "near", window),
    )
    assert done.returncode == 0, done.stderr
    figures = bench_processes.live_figures(json.loads(done.stdout))
    assert isinstance(figures, LiveFigures)
    assert (figures.faces, figures.window) == (2, window == "--window")
    assert figures.engine == "litert-int8"
    assert figures.seconds >= 1.5
    assert figures.capture_fps > 0
    assert figures.result_ms is not None
    assert figures.plot_ms is not None
    assert figures.plot_ms.runs > 0
    assert figures.pictures_mib > 50


def test_the_programs_start_is_timed_and_changes_no_settings(
    run: Run, tmp_path: Path, environment: dict[str, str]
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    done = run(*("bench-part", "start", "--since", time.time(), "--timeout", 60, "--store", store))
    assert done.returncode == 0, done.stderr
    times = json.loads(done.stdout)
    assert 0 < times["window_s"] < times["faces_s"]
    assert not list(Path(environment["HOME"]).rglob("settings.json"))


@pytest.mark.skipif(sys.platform == "darwin", reason="Macs have no NVIDIA GPU to look for")
def test_a_machine_without_a_gpu_says_so() -> None:
    times = bench_processes.gpu_times(BEST, (1, 64), 0.0)
    if not times.device:
        assert times == GpuTimes("", None, {}, times.reason)
        assert "GPU" in times.reason


def test_a_part_that_fails_is_a_problem_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(bench_processes.PartProblem, match="bench cannot measure the part 'keras'"):
        bench_processes.run_part("keras", "--model", tmp_path, "--batch", 1, "--budget", 0)


def test_parts_are_no_commands_of_the_users(run: Run) -> None:
    listed = run("--help").stdout
    assert "\n  bench " in listed
    assert "bench-part" not in listed


def test_recall_is_printed_for_every_finder_and_mode(run: Run, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "wall.png"), _wall())
    boxes = {"wall.png": [[20, 20, 40, 40]]}
    (tmp_path / "boxes.json").write_text(json.dumps(boxes), encoding="utf-8")
    done = run("bench", "--faces", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert set(document) == {"mediapipe near", "mediapipe room"}
    assert all(recall["pictures"] == 1 for recall in document.values())
    table = run("bench", "--faces", tmp_path, "--mode", "near").stdout
    assert "finder" in table
    rows = [line for line in table.splitlines() if line.startswith("mediapipe")]
    assert rows[0].split()[:3] == ["mediapipe", "near", "default"]
    assert not any("room" in row for row in rows)


def test_a_folder_without_boxes_is_told(run: Run, tmp_path: Path) -> None:
    done = run("bench", "--faces", tmp_path)
    assert done.returncode == 1
    assert "boxes.json" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def _wall() -> "cv2.typing.MatLike":
    import numpy as np

    return np.full((120, 160, 3), 90, np.uint8)
