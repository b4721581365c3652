"""Kills the window, `analyze` and `train` at random moments and says what was lost.

    python -m tests.faults.killing window analyze train --times 50

The figures are of this machine and of what else it does meanwhile.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.killed_analysis import kill_analyses, write_lecture
from tests.faults.killed_window import kill_windows

CLIP_SECONDS, ANALYSIS_LONGEST_S = 30, 8.0
EPOCHS, TRAINING_LONGEST_S = 30, 4.0


def window(times: int, folder: Path, dice: random.Random) -> str:
    """Kill windows; return the figures as a line."""
    kills = kill_windows(times, folder, dice)
    lecture_s = [kill.lecture_s for kill in kills if kill.lecture_s is not None]
    picture_s = [kill.picture_s for kill in kills if kill.picture_s is not None]
    return (
        f"{len(kills)} kills, {len(lecture_s)} of them in a session; seconds that were on screen "
        f"and are not stored: {_spread([kill.lost_s for kill in kills])}; from the last stored "
        f"second to the kill: {_spread(lecture_s)} s; the store opens in "
        f"{_spread([kill.opened_s for kill in kills])} s, the next window shows a lecture after "
        f"{_spread(picture_s)} s"
    )


def analyze(times: int, folder: Path, dice: random.Random) -> str:
    """Kill analyses; return the figures as a line."""
    clip = write_lecture(folder / "lecture.mp4", CLIP_SECONDS)
    kills = kill_analyses(times, clip, folder, dice, ANALYSIS_LONGEST_S)
    return (
        f"{len(kills.lost_s)} kills over {kills.recordings} recordings of {CLIP_SECONDS} s; stored "
        f"seconds lost: {_spread(kills.lost_s)}; seconds missing in the end: {kills.missing_s}; "
        f"largest difference of a share from an unkilled run: {_spread(kills.differences)}"
    )


def train(times: int, folder: Path, dice: random.Random) -> str:
    """Kill trainings; return the figures as a line."""
    from tests.faults.killed_training import Training, kill_trainings

    kills = kill_trainings(times, Training.small(folder, EPOCHS), dice, TRAINING_LONGEST_S)
    return (
        f"{len(kills.lost_epochs)} kills over {kills.runs} runs of {EPOCHS} epochs; epochs told to "
        f"be done and lost: {_spread(kills.lost_epochs)}; runs that ended otherwise than an "
        f"unkilled one: {kills.others}"
    )


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "none"
    return f"median {statistics.median(values):.3g}, worst {max(values):.3g}"


VICTIMS: dict[str, Callable[[int, Path, random.Random], str]] = {
    "window": window,
    "analyze": analyze,
    "train": train,
}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.killing", description=__doc__)
    parser.add_argument("victims", nargs="+", choices=VICTIMS)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name in given.victims:
        with tempfile.TemporaryDirectory() as folder:
            figures = VICTIMS[name](given.times, Path(folder), random.Random(given.seed))
        sys.stdout.write(f"{name}: {figures}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
