"""The import rules of pyproject.toml hold in CI; here planted violations prove that they bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

VIOLATIONS = {
    "vision/planted.py": "from classroom_monitor.sessions import timeline",
    "sessions/planted.py": "from classroom_monitor.vision import crops",
    "live/planted.py": "from classroom_monitor.gui import services",
    "vision/planted_qt.py": "import PySide6.QtCore",
    "gui/planted_sql.py": "import sqlite3",
    "vision/planted_cv.py": "import cv2",
    "vision/planted_finder.py": "def later() -> None:\n    import mediapipe",
    "live/planted_network.py": "def later() -> None:\n    import keras",
    "gui/planted_plot.py": "def later() -> None:\n    import matplotlib",
    "benchmark/planted.py": "from classroom_monitor.gui import services",
    "benchmark/planted_choice.py": "from classroom_monitor import app",
    "live/planted_measure.py": "from classroom_monitor.benchmark import timing",
    "app_planted.py": "from classroom_monitor.trainer import labels",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import rules on the copy of the package in folder."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-P", "-c", command, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied_package(tmp_path: Path) -> Path:
    """A copy of the package and its rules that a test may spoil."""
    shutil.copytree(
        ROOT / "classroom_monitor",
        tmp_path / "classroom_monitor",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_rules_hold_for_the_package_as_it_is(copied_package: Path) -> None:
    result = lint(copied_package)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("place", VIOLATIONS)
def test_a_planted_violation_is_found(copied_package: Path, place: str) -> None:
    planted = copied_package / "classroom_monitor" / place
    planted.write_text(f'"""Planted."""\n\n{VIOLATIONS[place]}\n', encoding="utf-8")
    result = lint(copied_package)
    assert result.returncode == 1
    assert f"classroom_monitor.{place.removesuffix('.py').replace('/', '.')}" in result.stdout
