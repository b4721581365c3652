"""Faces in .npz files: images with FER+ votes, FER2013's labels, or both."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.arrays import read_arrays
from classroom_monitor.trainer.dataset.entries import Entries
from classroom_monitor.trainer.dataset.names import FER2013_CODES, FER2013_LABELS, LABELS
from classroom_monitor.trainer.dataset.records import Part

logger = logging.getLogger(__name__)

ANNOTATIONS = ("votes", "fer2013")

_KEYS = frozenset({"images", *ANNOTATIONS})


def read_archive(path: Path, annotation: str) -> Entries:
    """Read images, (n, h, w) uint8, and votes, (n, 10) uint8, or fer2013, (n,) 0 to 6.

    annotation chooses between the two where a file has both; further keys are ignored. Raises
    DataProblem for a file that is missing, damaged, or not of these shapes.
    """
    arrays = read_arrays(path, wanted=_KEYS.__contains__)
    kinds = [kind for kind in ANNOTATIONS if kind in arrays]
    if "images" not in arrays or not kinds:
        missing = [key for key in ("images", "votes") if key not in arrays]
        raise DataProblem(
            f"{path} has no {' and no '.join(missing)}: it needs images (n, h, w) and "
            f"votes (n, {len(LABELS)}), both uint8, or fer2013 (n,)"
        )
    if annotation not in kinds:
        logger.info("%s has no %s: its %s are used", path, annotation, kinds[0])
        annotation = kinds[0]
    images = _checked_images(path, arrays["images"])
    if annotation == "votes":
        names, votes = LABELS, _checked_votes(path, arrays["votes"], len(images))
    else:
        names, votes = FER2013_LABELS, _votes_of_codes(path, arrays["fer2013"], len(images))
    origins = tuple(f"{path}, row {row}" for row in range(len(images)))
    return Entries(images, votes, names, origins, np.full(len(images), Part.NONE, np.int8))


def _checked_images(path: Path, images: NDArray[Any]) -> UInt8Array:
    if images.dtype != np.uint8 or images.ndim != 3 or min(images.shape) < 1:
        raise DataProblem(
            f"{path}: images must be (n, h, w) uint8 grey pictures, they are "
            f"{images.shape} {images.dtype}"
        )
    return images


def _checked_votes(path: Path, votes: NDArray[Any], count: int) -> Float32Array:
    if votes.dtype != np.uint8 or votes.shape != (count, len(LABELS)):
        raise DataProblem(
            f"{path}: votes must be ({count}, {len(LABELS)}) uint8, a row per picture, "
            f"they are {votes.shape} {votes.dtype}"
        )
    return votes.astype(np.float32)


def _votes_of_codes(path: Path, codes: NDArray[Any], count: int) -> Float32Array:
    """Return (n, 7) float32, one vote for the label that each number stands for."""
    if codes.shape != (count,) or not np.issubdtype(codes.dtype, np.integer):
        raise DataProblem(
            f"{path}: fer2013 must be ({count},) whole numbers, a label per picture, they are "
            f"{codes.shape} {codes.dtype}"
        )
    outside = np.flatnonzero((codes < 0) | (codes >= len(FER2013_CODES)))
    if outside.size:
        row = int(outside[0])
        raise DataProblem(f"{path}, row {row}: fer2013 is {codes[row]}, no number from 0 to 6")
    columns = np.array([FER2013_LABELS.index(label) for label in FER2013_CODES])[codes]
    votes = np.zeros((count, len(FER2013_LABELS)), np.float32)
    votes[np.arange(count), columns] = 1.0
    return votes
