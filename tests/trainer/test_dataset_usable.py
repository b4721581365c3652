"""Which pictures are worth training on."""

from __future__ import annotations

import numpy as np

from classroom_monitor.trainer.dataset.names import LABELS
from classroom_monitor.trainer.dataset.records import Dataset, Part
from classroom_monitor.trainer.dataset.usable import is_blank, is_rejected, is_usable
from tests.trainer.sources import picture


def dataset_of(votes: list[list[float]], names: tuple[str, ...]) -> Dataset:
    count = len(votes)
    return Dataset(
        np.stack([picture(number) for number in range(count)]),
        np.array(votes, np.float32),
        names,
        tuple(f"row {row}" for row in range(count)),
        np.full(count, Part.NONE, np.int8),
    )


def test_half_of_the_votes_for_no_face_are_too_many() -> None:
    votes = np.zeros((4, 10))
    votes[:, LABELS.index("fear")] = [6, 5, 5, 0]
    votes[:, LABELS.index("unknown")] = [4, 5, 2, 0]
    votes[:, LABELS.index("not-a-face")] = [0, 0, 3, 0]
    assert is_rejected(dataset_of(votes.tolist(), LABELS)).tolist() == [False, True, True, True]
    own = dataset_of([[1, 0], [0, 1]], ("bored", "NF"))
    assert is_rejected(own).tolist() == [False, True]


def test_black_and_flat_pictures_are_blank() -> None:
    images = np.stack([picture(number) for number in range(1500)])
    images[[3, 1400]] = 0
    images[7] = 200
    images[7, 0, 0] = 190
    images[8] //= 16  # dark, but a face can be seen
    assert np.flatnonzero(is_blank(images)).tolist() == [3, 7, 1400]


def test_usable_pictures_are_neither() -> None:
    dataset = dataset_of([[1, 0], [0, 1], [1, 0]], ("bored", "unknown"))
    dataset.images[2] = 0
    assert is_usable(dataset).tolist() == [True, False, False]
