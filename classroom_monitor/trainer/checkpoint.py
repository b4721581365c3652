"""Checkpoints: everything a training run needs to go on after it was broken off."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.arrays import read_arrays

if TYPE_CHECKING:
    import keras

FORMAT = 1


@dataclass(slots=True)
class Progress:
    """How far a run has come: epoch and step are the next ones to do.

    fingerprint names the recipe and data that it belongs to. history has a record per epoch.
    """

    fingerprint: str
    epoch: int = 0
    step: int = 0
    best_loss: float = float("inf")
    best_epoch: int = -1
    history: list[dict[str, float]] = field(default_factory=list)


def save_checkpoint(path: Path, network: keras.Model, progress: Progress) -> None:
    """Write the network, its optimizer and the progress; an older file is replaced in one go."""
    from keras import ops

    variables = [*network.weights, *network.optimizer.variables]
    arrays = {f"v{index:04d}": ops.convert_to_numpy(v) for index, v in enumerate(variables)}
    record = json.dumps({"format": FORMAT, **asdict(progress)})
    part = path.with_suffix(".part")
    with part.open("wb") as handle:
        np.savez(handle, progress=np.array(record), allow_pickle=False, **arrays)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)


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
    variables = [*network.weights, *network.optimizer.variables]
    for variable, name in zip(variables, sorted(arrays), strict=True):
        variable.assign(arrays[name])
    return Progress(**record)
