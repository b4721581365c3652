"""Checkpoints: everything a training run needs to go on after it was broken off."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.arrays import read_arrays

if TYPE_CHECKING:
    import keras

FORMAT = 2

LAST_CHECKPOINT = "last.npz"
BEST_CHECKPOINT = "best.npz"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Where a run keeps its checkpoints; the fingerprint names its recipe and data."""

    path: Path
    fingerprint: str

    @property
    def last(self) -> Path:
        """The checkpoint to go on from."""
        return self.path / LAST_CHECKPOINT

    @property
    def best(self) -> Path:
        """The checkpoint of the epoch that did best on the held-out faces."""
        return self.path / BEST_CHECKPOINT


@dataclass(slots=True)
class Progress:
    """How far a run has come: epoch and step are the next ones to do.

    fingerprint names the recipe and data that it belongs to. loss_sum and accuracy_sum are over
    the epoch's steps so far, waited_s and spent_s the seconds that those waited for faces and
    took. best_score is the monitored figure, higher is better, of best_epoch; plateau_from is the
    epoch that a plateau is counted from. history has a record per epoch.
    """

    fingerprint: str
    epoch: int = 0
    step: int = 0
    loss_sum: float = 0.0
    accuracy_sum: float = 0.0
    waited_s: float = 0.0
    spent_s: float = 0.0
    best_score: float = float("-inf")
    best_epoch: int = -1
    plateau_from: int = -1
    history: list[dict[str, float]] = field(default_factory=list)


def save_checkpoint(path: Path, network: keras.Model, progress: Progress) -> None:
    """Write the network, its optimizer and the progress; an older file is replaced in one go.

    Raises DataProblem where it can't be written; the older file stays.
    """
    from keras import ops

    arrays = {
        f"v{index:04d}": ops.convert_to_numpy(variable)
        for index, variable in enumerate(_variables(network))
    }
    record = json.dumps({"format": FORMAT, **asdict(progress)})
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as handle:
            np.savez(handle, progress=np.array(record), allow_pickle=False, **arrays)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DataProblem(
            f"The checkpoint {path} can't be written ({error.strerror}): make room there, then "
            "give the same command again, it goes on from the checkpoint before"
        ) from error


def load_checkpoint(path: Path, network: keras.Model, fingerprint: str) -> Progress:
    """Put a checkpoint's weights and optimizer state into the network; return its progress.

    Raises DataProblem where the file is damaged or was written by another recipe or data.
    """
    arrays = read_arrays(path)
    try:
        record: dict[str, Any] = json.loads(str(arrays.pop("progress")))
    except (KeyError, ValueError) as error:
        raise DataProblem(
            f"The checkpoint {path} is damaged ({error}): delete it to start again"
        ) from error
    if record.pop("format", None) != FORMAT or record.get("fingerprint") != fingerprint:
        raise DataProblem(
            f"The checkpoint {path} belongs to other settings or data: delete it to start "
            "again, or name another output folder"
        )
    variables = _variables(network)
    if [a.shape for _, a in sorted(arrays.items())] != [tuple(v.shape) for v in variables]:
        raise DataProblem(
            f"The checkpoint {path} holds another network, made by another version of Keras or of "
            "this program: delete it to start again"
        )
    for variable, name in zip(variables, sorted(arrays), strict=True):
        variable.assign(arrays[name])
    return Progress(**record)


def require_space(folder: Path, network: keras.Model, further_bytes: int = 0) -> None:
    """Raise DataProblem unless a compiled network's checkpoints and bundle fit on the disk.

    That is the last checkpoint, the best one and the one being written, and a bundle of about
    the size of one.
    """
    one = sum(int(np.prod(v.shape)) * 4 for v in _variables(network))
    needed = 4 * one + further_bytes
    there = sum(path.stat().st_size for path in folder.glob("*.npz"))
    free = shutil.disk_usage(folder).free
    if free + there < needed:
        raise DataProblem(
            f"{folder} needs {needed / 1e6:.0f} MB for checkpoints and the bundle, "
            f"{free / 1e6:.0f} MB are free: make room, or name a folder on another disk"
        )


def _variables(network: keras.Model) -> list[Any]:
    """Return what decides how a network goes on learning, in an order that stays."""
    return [*network.weights, *network.optimizer.variables]
