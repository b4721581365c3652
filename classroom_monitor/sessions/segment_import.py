"""Reads the segments of a session from a CSV or from a slide deck's titles."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from classroom_monitor.contracts import ImportedSegment
from classroom_monitor.errors import DataProblem
from classroom_monitor.sessions.slides import read_slides
from classroom_monitor.sessions.timeline import LONGEST_SESSION_S

LARGEST_CSV = 16 * 1024**2
"""An eight-hour session's own CSV is 4 MB."""

MOST_SEGMENTS = 1000
LONGEST_TITLE = 200

_ZIPS, _OLD_OFFICE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
_TIME_NAMES = frozenset(("t_s", "time", "start", "start_s", "at", "seconds", "from"))
_TITLE_NAMES = frozenset(("segment", "title", "topic", "name", "text"))
_OWN = frozenset(("t_s", "clock", "segment"))
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})(?:[.,]([0-9]+))?")
_SECONDS = re.compile(r"[0-9]{1,6}(?:[.,][0-9]+)?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_NEUTRALISED = re.compile(r"^'(?=[=+\-@\uff0b\uff0d\uff1d\uff20])")


def read_segments(path: Path) -> Sequence[ImportedSegment]:
    """Return a file's segments, in order.

    A CSV has a time (12:30, 1:02:03 or seconds; it may be left empty) and a title in each line,
    in this order or as its header says; separators are commas, semicolons or tabs. The program's
    own CSV export is read too. Raises DataProblem for everything else.
    """
    try:
        with path.open("rb") as file:
            if not path.is_file():
                raise DataProblem(f"{path} is not a file: choose a CSV or a .pptx")
            data = file.read(LARGEST_CSV + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataProblem(f"{path} cannot be read ({reason}): choose another file") from error
    if data.startswith(_ZIPS):
        segments = read_slides(path)
    elif data.startswith(_OLD_OFFICE):
        raise DataProblem(
            f"{path} is in an old format or has a password: save it as .pptx without one"
        )
    else:
        segments = _from_csv(path, data)
    if len(segments) > MOST_SEGMENTS:
        raise DataProblem(f"{path} has more than {MOST_SEGMENTS} segments: choose another file")
    return [replace(each, title=_plain(each.title)) for each in segments]


def time_s(text: str) -> float | None:
    """Return the seconds of a time such as 12:30, 1:02:03 or 750, None for anything else."""
    if clock := _CLOCK.fullmatch(text.strip()):
        hours, minutes, seconds, fraction = clock.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        value = whole + float(f"0.{fraction or 0}")
    elif _SECONDS.fullmatch(text.strip()):
        value = float(text.strip().replace(",", "."))
    else:
        return None
    return value if math.isfinite(value) and value < LONGEST_SESSION_S else None


def _from_csv(path: Path, data: bytes) -> list[ImportedSegment]:
    """Return a CSV's segments, by time where each has one. Raises DataProblem."""
    text = _decoded(data).removeprefix("\ufeff")
    if len(data) > LARGEST_CSV or "\x00" in text:
        raise DataProblem(f"{path} is no CSV of segments: choose a CSV or a .pptx")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    segments: list[ImportedSegment] = []
    columns: _Columns | None = None
    try:
        for row in reader:
            if columns is None and any(row):
                columns = _columns(row)
                if columns.header:
                    continue
            if columns is not None and any(row):
                _add(segments, _segment(row, columns), columns.every_second)
    except (csv.Error, ValueError) as error:
        reason = " ".join(str(error).split())[:100]
        raise DataProblem(
            f"{path}, line {reader.line_num}: {reason}; a line is a time such as 12:30, a comma "
            "and a title"
        ) from error
    if not segments:
        raise DataProblem(f"{path} holds no segments: a line is a time, a comma and a title")
    if all(segment.t_s is not None for segment in segments):
        segments.sort(key=lambda segment: segment.t_s or 0.0)
    return segments


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a CSV has times and titles, whether its first line says so, and if it is our own."""

    time: int = 0
    title: int = 1
    header: bool = False
    every_second: bool = False


def _decoded(data: bytes) -> str:
    """Return a text in UTF-8, in UTF-16 with its mark, or else in what Windows programs write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """Return what separates the cells: what leaves a time or a known name in the first one."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for separator in ("\t", ";"):
        cells = [cell.strip(' "').lower() for cell in first.split(separator)]
        if len(cells) > 1 and (time_s(cells[0]) is not None or _TIME_NAMES & {*cells}):
            return separator
    return ","


def _columns(row: Sequence[str]) -> _Columns:
    """Return where the first line says that times and titles are, or the first two columns."""
    names = [cell.strip().lower() for cell in row]
    time = next((place for place, name in enumerate(names) if name in _TIME_NAMES), None)
    title = next((place for place, name in enumerate(names) if name in _TITLE_NAMES), None)
    if time is None or title is None:
        return _Columns()
    return _Columns(time, title, header=True, every_second={*names} >= _OWN)


def _segment(row: Sequence[str], columns: _Columns) -> ImportedSegment:
    """Return a line's segment. Raises ValueError for a line that has none."""
    if len(row) <= max(columns.time, columns.title):
        raise ValueError("a time or a title is missing")
    said = row[columns.time].strip()
    at_s = time_s(said)
    if at_s is None and said:
        raise ValueError(f"{said[:40]!r} is no time")
    return ImportedSegment(at_s, _NEUTRALISED.sub("", row[columns.title]))


def _add(segments: list[ImportedSegment], segment: ImportedSegment, every_second: bool) -> None:
    """Add a segment that has a title; where every second has one, at its first second only."""
    if not _plain(segment.title):
        return
    if every_second and segments and segments[-1].title == segment.title:
        return
    segments.append(segment)


def _plain(title: str) -> str:
    """Return a title on one line, cut to a length that can be shown."""
    return " ".join(_CONTROLS.sub(" ", title).split())[:LONGEST_TITLE]
