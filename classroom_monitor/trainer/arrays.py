"""Reads arrays from .npz files, without pickle, and says plainly when one can't be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.errors import DataProblem
from classroom_monitor.files import ARCHIVE_ERRORS


def read_arrays(
    path: Path, wanted: Callable[[str], bool] = lambda _: True
) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file whose names are wanted; others are not even decoded.

    Raises DataProblem where the file is missing or damaged.
    """
    if not path.is_file():
        raise DataProblem(f"There is no file {path}")
    try:
        # Opened here, because np.load leaves a file open that it finds to be damaged.
        with path.open("rb") as handle, np.load(handle, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files if wanted(name)}
    except (OSError, *ARCHIVE_ERRORS) as error:
        reason = " ".join(str(error).split())[:200]
        raise DataProblem(f"{path} is not a readable .npz file ({reason})") from error
    except MemoryError as error:
        raise DataProblem(f"{path} holds more than fits into memory: make it smaller") from error
