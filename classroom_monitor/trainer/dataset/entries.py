"""What a source of pictures says of each, before any picture file is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.dataset.records import Part

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Entries:
    """Pictures, or the files that hold them, with what people called them.

    pictures is (n, h, w) uint8 grey, or n files. votes, names, origins, parts and licence are as
    in a Dataset.
    """

    pictures: UInt8Array | tuple[Path, ...]
    votes: Float32Array
    names: tuple[str, ...]
    origins: tuple[str, ...]
    parts: NDArray[np.int8]
    licence: str = NOT_STATED

    def __len__(self) -> int:
        return len(self.origins)


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled picture file; origin names it, or its row in a table, in messages."""

    picture: Path
    label: str
    origin: str
    part: Part = Part.NONE


def entries_of(rows: Sequence[Row], names: Sequence[str], licence: str = NOT_STATED) -> Entries:
    """Return rows of one label each as entries; names are the labels in their order."""
    return Entries(
        tuple(row.picture for row in rows),
        one_vote_each([row.label for row in rows], names),
        tuple(names),
        tuple(row.origin for row in rows),
        np.array([row.part for row in rows], dtype=np.int8),
        licence,
    )


def one_vote_each(labels: Sequence[str], names: Sequence[str]) -> Float32Array:
    """Return (n, names) float32 with one vote for each label."""
    column = {name: k for k, name in enumerate(names)}
    votes = np.zeros((len(labels), len(names)), np.float32)
    votes[np.arange(len(labels)), [column[label] for label in labels]] = 1.0
    return votes
