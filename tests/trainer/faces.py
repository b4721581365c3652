"""Drawn faces with votes: three kinds that a tiny network can tell apart in seconds."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.dataset.names import LABELS
from classroom_monitor.trainer.dataset.records import Dataset, Part

VOTE_COLUMN = {0: 3, 1: 0, 2: 1}
"""The vote column that makes a face of each mood: sadness, neutral, happiness."""

SIDE_PX = 48


def drawn_faces(count: int, seed: int = 0) -> Dataset:
    """Return count faces whose mouths bend down, stay straight or bend up, moods in turn."""
    rng = np.random.default_rng(seed)
    moods = np.arange(count) % 3
    votes = np.zeros((count, len(LABELS)), np.float32)
    votes[np.arange(count), [VOTE_COLUMN[int(mood)] for mood in moods]] = 8
    votes[np.arange(count), rng.integers(0, 8, count)] += 2
    return Dataset(
        np.stack([_draw(int(mood), rng) for mood in moods]),
        votes,
        LABELS,
        tuple(f"face {row}" for row in range(count)),
        np.full(count, Part.NONE, np.int8),
    )


def save_faces(path: Path, faces: Dataset) -> Path:
    """Write faces as the trainer reads them."""
    np.savez(path, allow_pickle=False, images=faces.images, votes=faces.votes.astype(np.uint8))
    return path


def _draw(mood: int, rng: np.random.Generator) -> UInt8Array:
    """Draw one before a blotchy wall of its own, so that no two count as nearly the same."""
    blotches = rng.integers(0, 255, (5, 5)).astype(np.uint8)
    picture = cv2.resize(blotches, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    x, y = (int(v) for v in rng.integers(19, 30, 2))
    cv2.ellipse(picture, (x, y), (13, 17), 0, 0, 360, int(rng.integers(150, 220)), -1)
    for side in (-6, 6):
        cv2.circle(picture, (x + side, y - 5), 2, 20, -1)
    mouth_y = y + 9
    if mood == 1:
        cv2.line(picture, (x - 7, mouth_y), (x + 7, mouth_y), 20, 2)
    else:
        start = 20 if mood == 2 else 200
        offset = -5 if mood == 2 else 5
        cv2.ellipse(picture, (x, mouth_y + offset), (7, 6), 0, start, start + 140, 20, 2)
    return np.asarray(picture, np.uint8)
