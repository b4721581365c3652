"""The names by which data sets call their parts."""

from __future__ import annotations

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.records import Part

_NAMES = {
    "": Part.NONE,
    "train": Part.TRAINING,
    "training": Part.TRAINING,
    "val": Part.VALIDATION,
    "valid": Part.VALIDATION,
    "validation": Part.VALIDATION,
    "publictest": Part.VALIDATION,
    "test": Part.TEST,
    "testing": Part.TEST,
    "privatetest": Part.TEST,
}


def is_part_name(name: str) -> bool:
    """Tell whether a folder of this name holds a part of a data set, not a class."""
    return bool(name) and name.strip().lower() in _NAMES


def part_of(name: str, where: str) -> Part:
    """Return the part that a data set calls name; "" is no part.

    Raises DataProblem, which begins with where, for a name that is none of them.
    """
    part = _NAMES.get(name.strip().lower())
    if part is None:
        raise DataProblem(
            f"{where}: {name!r} is no part of a data set: use train, validation, test"
        )
    return part
