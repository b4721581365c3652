"""Faces with their votes: reading them from disk, and handing them out in augmented batches."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.arrays import read_arrays
from classroom_monitor.trainer.labels import BoolArray

logger = logging.getLogger(__name__)

VOTE_COLUMNS = 10

_KEYS = ("images", "votes")


@dataclass(frozen=True, slots=True)
class VotedFaces:
    """Faces, (n, height, width) uint8 grey, and their FER+ votes, (n, 10) uint8."""

    images: UInt8Array
    votes: UInt8Array

    def __len__(self) -> int:
        return len(self.images)

    def select(self, chosen: BoolArray) -> VotedFaces:
        """Return the faces that an (n,) bool mask chooses."""
        return VotedFaces(self.images[chosen], self.votes[chosen])


def load_voted_faces(paths: Sequence[Path]) -> VotedFaces:
    """Read and join .npz files with the keys images and votes; further keys are ignored.

    Raises DataProblem for a file that is missing, damaged, or not of these shapes.
    """
    if not paths:
        raise DataProblem("No training data was named: give at least one .npz file of faces")
    parts = [_load_npz(path) for path in paths]
    sides = {part.images.shape[1:] for part in parts}
    if len(sides) > 1:
        raise DataProblem(f"The data files hold faces of different sizes: {sorted(sides)}")
    return VotedFaces(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.votes for part in parts]),
    )


def _load_npz(path: Path) -> VotedFaces:
    """Read one file and check it where it enters."""
    arrays = read_arrays(path, wanted=_KEYS.__contains__)
    missing = [key for key in _KEYS if key not in arrays]
    if missing:
        raise DataProblem(
            f"{path} has no {' and no '.join(missing)}: it needs images (n, h, w) and "
            f"votes (n, {VOTE_COLUMNS}), both uint8"
        )
    images, votes = arrays["images"], arrays["votes"]
    _check(path, images, votes)
    logger.info("read %d faces from %s", len(images), path)
    return VotedFaces(images, votes)


def _check(path: Path, images: UInt8Array, votes: UInt8Array) -> None:
    if images.dtype != np.uint8 or images.ndim != 3 or min(images.shape) < 1:
        raise DataProblem(
            f"{path}: images must be (n, h, w) uint8 grey pictures, they are "
            f"{images.shape} {images.dtype}"
        )
    if votes.dtype != np.uint8 or votes.shape != (len(images), VOTE_COLUMNS):
        raise DataProblem(
            f"{path}: votes must be ({len(images)}, {VOTE_COLUMNS}) uint8, a row per picture, "
            f"they are {votes.shape} {votes.dtype}"
        )
