"""The program, killed as a user would find it: what was on screen is in the store.

Fifty kills of each, which take half an hour: python -m tests.faults.killing window analyze train.
Here no training is killed: tests/trainer/test_fit.py kills one.
"""

from __future__ import annotations

import random
from pathlib import Path

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
