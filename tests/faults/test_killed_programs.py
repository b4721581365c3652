"""The program, killed as a user would find it: what was on screen is in the store.

Fifty kills of each, which take an hour: python -m tests.faults.killing window analyze train
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.killed_analysis import kill_analyses, write_lecture
from tests.faults.killed_window import kill_windows


def test_a_killed_window_has_stored_what_it_showed(tmp_path: Path) -> None:
    kills = kill_windows(2, tmp_path, random.Random(3))
    assert max(kill.lost_s for kill in kills) == 0
    assert any(kill.shown_s for kill in kills)


def test_a_killed_analysis_goes_on_and_misses_nothing(tmp_path: Path) -> None:
    clip = write_lecture(tmp_path / "lecture.mp4", seconds=4)
    kills = kill_analyses(1, clip, tmp_path, random.Random(1), longest_s=3.0)
    assert max(kills.lost_s) == 0
    assert kills.missing_s == 0


def test_a_killed_training_goes_on(tmp_path: Path) -> None:
    for name in ("keras", "tensorflow", "sklearn"):
        pytest.importorskip(name, reason="needs the train extra")
    from tests.faults.killed_training import Training, kill_trainings

    training = Training.small(tmp_path, epochs=4)
    kills = kill_trainings(1, training, random.Random(2), longest_s=0.5, compared=False)
    assert kills.lost_epochs == [0]
    assert kills.runs == 1
