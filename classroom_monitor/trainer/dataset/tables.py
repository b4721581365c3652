"""Rows of CSV tables: FER2013's, FER+'s, and tables of file and target."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from math import isqrt
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.entries import Entries, Row, entries_of, one_vote_each
from classroom_monitor.trainer.dataset.names import FER2013_CODES, FER2013_LABELS, LABELS
from classroom_monitor.trainer.dataset.parts import part_of
from classroom_monitor.trainer.dataset.records import Part

FERPLUS_TABLE = "fer2013new.csv"

_FERPLUS_FOLDERS = {
    Part.TRAINING: "FER2013Train",
    Part.VALIDATION: "FER2013Valid",
    Part.TEST: "FER2013Test",
}
_FERPLUS_COLUMNS = ("Usage", "Image name", *LABELS[:-1], "NF")


def read_table(path: Path) -> Entries:
    """Read a CSV table of any of the three kinds, which its header tells apart.

    Raises DataProblem, naming file and row, for a table that can't be read, has none of the
    sets of columns, or holds a value that makes no sense.
    """
    header = _header(path)
    if {"emotion", "pixels"} <= header:
        return _read_fer2013(path)
    if "Image name" in header:
        return _read_ferplus(path)
    if {"file", "target"} <= header:
        return _read_files(path)
    found = ", ".join(sorted(header)) or "none"
    raise DataProblem(
        f"{path} needs a header with the columns file and target (or emotion and pixels, as "
        f"FER2013 has); its columns are: {found[:200]}"
    )


def _header(path: Path) -> set[str]:
    for _, row in _rows(path):
        return set(row)
    raise DataProblem(f"{path} holds no rows: it needs a header and a row for each picture")


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows with their numbers as a spreadsheet counts them: the header is row 1."""
    number = 1
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle, restval="")
            for number, row in enumerate(reader, start=2):
                yield number, {key.strip(): value for key, value in row.items() if key}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataProblem(
            f"{path} is not a readable CSV table (after row {number}): {error}"
        ) from error


def _read_fer2013(path: Path) -> Entries:
    """Read emotion (0 to 6), pixels (greys in rows, separated by blanks) and maybe Usage."""
    pictures: list[UInt8Array] = []
    labels, parts, origins = [], [], []
    for number, row in _rows(path):
        origin = f"{path}, row {number}"
        code = row["emotion"].strip()
        if code not in map(str, range(len(FER2013_CODES))):
            raise DataProblem(f"{origin}: the emotion {code!r} is no number from 0 to 6")
        picture = _parse_pixels(row["pixels"], origin)
        if pictures and picture.shape != pictures[0].shape:
            raise DataProblem(
                f"{origin}: {picture.size} pixels, where the rows above have {pictures[0].size}"
            )
        pictures.append(picture)
        labels.append(FER2013_CODES[int(code)])
        parts.append(part_of(row.get("Usage", ""), origin))
        origins.append(origin)
    votes = one_vote_each(labels, FER2013_LABELS)
    part_array = np.array(parts, dtype=np.int8)
    return Entries(np.stack(pictures), votes, FER2013_LABELS, tuple(origins), part_array)


def _parse_pixels(text: str, origin: str) -> UInt8Array:
    """Return (side, side) uint8; bytes() takes exactly the whole numbers from 0 to 255."""
    try:
        greys = np.frombuffer(bytes(map(int, text.split())), np.uint8)
    except ValueError as error:
        raise DataProblem(f"{origin}: pixels holds more than whole numbers to 255") from error
    side = isqrt(len(greys))
    if not side or side * side != len(greys):
        raise DataProblem(f"{origin}: {len(greys)} pixels make no square picture")
    return greys.reshape(side, side)


def _read_ferplus(path: Path) -> Entries:
    """Read FER+'s table and the names of its pictures in the folders beside it.

    A picture is found by the name column: it is not always "fer<row>.png". Rows without a name
    are pictures that nobody took for a face; FER+ has no file for them.
    """
    root = path.parent
    if not (root / _FERPLUS_FOLDERS[Part.TRAINING]).is_dir() and (root / "data").is_dir():
        root = root / "data"
    pictures, votes, parts, origins = [], [], [], []
    for number, row in _rows(path):
        origin = f"{path}, row {number}"
        missing = [column for column in _FERPLUS_COLUMNS if column not in row]
        if missing:
            raise DataProblem(f"{path} has no column {missing[0]!r}, which FER+'s table has")
        name = row["Image name"].strip()
        if not name:
            continue
        part = part_of(row["Usage"], origin)
        if part == Part.NONE:
            raise DataProblem(f"{origin}: Usage is empty, so there is no telling its folder")
        pictures.append(root / _FERPLUS_FOLDERS[part] / name)
        votes.append(_parse_votes(row, origin))
        parts.append(part)
        origins.append(f"{origin} ({name})")
    if not pictures:
        raise DataProblem(f"{path} names no picture in its column 'Image name'")
    vote_array = np.array(votes, dtype=np.float32)
    return Entries(
        tuple(pictures), vote_array, LABELS, tuple(origins), np.array(parts, dtype=np.int8)
    )


def _parse_votes(row: Mapping[str, str], origin: str) -> list[int]:
    texts = [row[column].strip() for column in _FERPLUS_COLUMNS[2:]]
    bad = [text for text in texts if not text.isdecimal()]
    if bad:
        raise DataProblem(f"{origin}: {bad[0]!r} is no number of votes")
    return [int(text) for text in texts]


def _read_files(path: Path) -> Entries:
    """Read file (relative to the table), target (a label) and maybe part or split."""
    rows = []
    for number, row in _rows(path):
        origin = f"{path}, row {number}"
        file, target = row["file"].strip(), row["target"].strip()
        if not file or not target:
            raise DataProblem(f"{origin}: a row needs a file and a target")
        part = part_of(row.get("part") or row.get("split") or "", origin)
        rows.append(Row(path.parent / file, target, f"{origin} ({file})", part))
    return entries_of(rows, sorted({row.label for row in rows}))
