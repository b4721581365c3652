"""Kills `train` again and again, each run going on with what the one before left."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from classroom_monitor.trainer.checkpoint import LAST_CHECKPOINT
from classroom_monitor.trainer.curves import read_history
from classroom_monitor.trainer.train import training_folder
from classroom_monitor.vision.bundle import load_bundle
from tests.faults.victim import Victim
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.runs import TINY, lasting

_EPOCH_DONE = re.compile(r"^\s*epoch (\d+), size_px")


@dataclass(slots=True)
class TrainingKills:
    """What came of the kills.

    lost_epochs has, for each kill, how many epochs were told to be done and are not in the
    checkpoint; runs counts those that came to their end, others those whose history differs from
    that of a run that nobody killed.
    """

    lost_epochs: list[int] = field(default_factory=list)
    runs: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Training:
    """A small run: its faces, its settings, and where everything lies."""

    folder: Path
    settings: Mapping[str, str]

    @classmethod
    def small(cls, folder: Path, epochs: int) -> Training:
        """Return a run of so many short epochs."""
        save_faces(folder / "faces.npz", drawn_faces(90))
        (folder / "home").mkdir()
        settings = {**TINY, "scheme": "valence3", "held_out": "0.2", "epochs": str(epochs)}
        return cls(folder, settings)

    def run(self, out: Path) -> Victim:
        """Start the command, which goes on where an earlier one was killed."""
        changes = [word for key in self.settings for word in ("--set", self._change(key))]
        command = ["-m", "classroom_monitor", "train", "cnn_eight"]
        data = ["--data", str(self.folder / "faces.npz"), "--out", str(out)]
        return Victim([*command, *data, *changes], self.folder / "home")

    def _change(self, key: str) -> str:
        return f"{key}={self.settings[key]}"


def kill_trainings(
    times: int, training: Training, dice: random.Random, longest_s: float, compared: bool = True
) -> TrainingKills:
    """Kill runs until that was done so many times.

    Each is killed up to so many seconds after its first epoch, or while it starts. compared is
    whether one more run, which nobody kills, is made to hold the others against.
    """
    kills = TrainingKills()
    whole = _finish(training, training.folder / "whole") if compared else None
    while len(kills.lost_epochs) < times:
        out = training.folder / f"killed-{kills.runs}"
        while len(kills.lost_epochs) < times and not out.exists():
            run = training.run(out)
            if dice.random() < 0.8:
                run.wait_for(", size_px")
            if run.ends_within(dice.uniform(0.0, longest_s)):
                break
            run.kill()
            assert "Traceback" not in run.output, run.output
            kills.lost_epochs.append(max(0, _told(run) - _saved(out)))
        history = _finish(training, out)
        kills.runs += 1
        kills.others += int(whole is not None and history != whole)
    return kills


def _finish(training: Training, out: Path) -> list[dict[str, float]]:
    """Run to the end, unless that was done; return the run's history."""
    if not out.exists():
        run = training.run(out)
        assert run.ends_within(600.0)
        assert run.code == 0, run.output
    load_bundle(out)
    return lasting(read_history(training_folder(out)))


def _told(run: Victim) -> int:
    """How many epochs the run said were done."""
    done = [_EPOCH_DONE.match(line.text) for line in run.lines]
    return max((int(match[1]) for match in done if match), default=0)


def _saved(out: Path) -> int:
    """How many epochs the next run need not do."""
    if out.exists():  # all are done; the checkpoints are about to go, or gone
        load_bundle(out)
        return len(read_history(training_folder(out)))
    checkpoint = training_folder(out) / LAST_CHECKPOINT
    if not checkpoint.exists():
        return 0
    with np.load(checkpoint, allow_pickle=False) as arrays:
        return int(json.loads(str(arrays["progress"]))["epoch"])
