"""The records that a data set goes through the trainer in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.labels import BoolArray, IntArray


class Part(IntEnum):
    """The part of a data set that its makers put a picture into; NONE where they made no parts."""

    NONE = -1
    TRAINING = 0
    VALIDATION = 1
    TEST = 2


@dataclass(frozen=True, slots=True)
class Dataset:
    """Pictures of faces with what people called them.

    images is (n, side, side) uint8 grey. votes is (n, k) float32: how many people gave a picture
    each of the k labels in names; a single label is one vote. origins says, for messages, where
    each picture came from ("fer2013.csv, row 12"; "happy/0001.png"). parts is (n,) int8 of Part.
    licence is what is known of the terms, "not stated" otherwise. unreadable names the pictures
    that could not be read and were left out, each with its reason.
    """

    images: UInt8Array
    votes: Float32Array
    names: tuple[str, ...]
    origins: tuple[str, ...]
    parts: NDArray[np.int8]
    licence: str = "not stated"
    unreadable: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.images)

    def select(self, chosen: BoolArray | IntArray) -> Dataset:
        """Return the pictures that an (n,) bool mask or an array of indices chooses."""
        rows = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        return Dataset(
            self.images[rows],
            self.votes[rows],
            self.names,
            tuple(self.origins[row] for row in rows),
            self.parts[rows],
            self.licence,
            self.unreadable,
        )


@dataclass(frozen=True, slots=True)
class LabelScheme:
    """Which labels make up each class that a network is to tell.

    classes maps a class's name to its labels, in the network's order; none at all stands for the
    labels that the data has. A label in no class counts as "other": a picture has a class when
    that class got strictly more votes than every other class and, with others "together", than
    the others together; with "apart", than each of the others, but no fewer than unknown and
    not-a-face. annotation says which labels of a data set that has several kinds are meant:
    "votes" (FER+'s ten columns) or "fer2013" (its single label). ignored are labels that the data
    may have besides the usual ten and that are in no class.
    """

    name: str
    classes: dict[str, tuple[str, ...]]
    annotation: str = "votes"
    others: Literal["together", "apart"] = "together"
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A data set in three parts without a picture, or one nearly the same, in two of them.

    test may be empty where the recipe tests on a set of its own.
    """

    training: Dataset
    validation: Dataset
    test: Dataset


@dataclass(frozen=True, slots=True)
class DataReport:
    """What is to be known of a data set before anybody trains on it.

    counts holds, for the whole set ("all") and each part of the split, the pictures of each class.
    imbalance is the largest class's pictures in training over the smallest's, None where one has
    none. unreadable, blank (of one grey) and rejected (unknown or no face, by the votes) name
    pictures that don't train. exact counts pictures equal to an earlier one, near those nearly the
    same as an earlier one. contradictory holds groups of the same picture with different classes,
    as (origin, class) pairs; in_two_parts the pictures that (nearly) also stand in a later own
    part. not_in_split counts the pictures in no part of the split: unusable, of no class, beyond
    a limit, or near duplicates of a later part's. problems are what forbids training. examples
    are (k, side, side) uint8 pictures of each class.
    """

    classes: tuple[str, ...]
    pictures: int
    without_class: int
    licence: str
    counts: dict[str, dict[str, int]]
    imbalance: float | None
    unreadable: tuple[str, ...]
    blank: tuple[str, ...]
    rejected: tuple[str, ...]
    exact: int
    near: int
    contradictory: tuple[tuple[tuple[str, str], ...], ...]
    in_two_parts: tuple[str, ...]
    not_in_split: int
    problems: tuple[str, ...]
    examples: tuple[UInt8Array, ...]
