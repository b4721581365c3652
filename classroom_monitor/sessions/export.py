"""Writes a stored session as CSV with a JSON of metadata beside it, and sums it up for --json.

Only what the store holds is written, so the group minimum holds here too; of excluded seconds
nothing that was measured is written.
"""

from __future__ import annotations

import csv
import io
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from classroom_monitor.contracts import (
    MOODS,
    Annotations,
    Marker,
    Segment,
    SessionInfo,
    TimelinePoint,
)
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.sessions.comparison import ComparedSession
from classroom_monitor.sessions.export_files import encoded, replace_files
from classroom_monitor.sessions.seconds import included

CSV_COLUMNS = (
    "t_s",
    "clock",
    "seen",
    "used",
    *MOODS,
    "coverage",
    *(f"{mood}_{bound}" for mood in MOODS for bound in ("low", "high")),
    "marker",
    "segment",
    "gap",
    "excluded",
)
"""The CSV's header. gap is 1 for a second without a single picture (seen and used are 0 then,
though nobody left the room), excluded for one that the lecturer left out: what was measured in it
is empty. segment is the title of the segment that the second starts in."""

_MEASURED = CSV_COLUMNS.index("marker") - CSV_COLUMNS.index("seen")

COLUMN_MEANINGS = {
    "seen, used": "medians over the pictures of a second: faces seen, and faces large, "
    "sharp and certain enough to count",
    "negative, neutral, positive": "shares of the used faces, sum 1; empty where fewer "
    "faces than group_minimum are used, in counts-only sessions and in gaps. An "
    "expression is not an emotion",
    "coverage": "used faces over those expected from the last three minutes, at most 1",
    "low, high": "bounds of each share at confidence_level (Wilson score interval on an "
    "effective number of faces)",
    "segment": "title of the segment that the second starts in",
    "gap": "1 for a second without a single picture",
    "excluded": "1 for a second that was left out: nothing measured in it is written",
}
"""How the columns are to be read."""

# OWASP, "CSV Injection": a cell that starts so may be run as a formula, and a program set to
# another separator may start a cell after a semicolon or a tab inside this one.
_FORMULA_START = re.compile(r"((?:^|[;\t\r\n])\s*)([=+\-@\uff0b\uff0d\uff1d\uff20])")
_CONTROL_START = re.compile(r"^[\t\r\n]")


def session_summary(session: SessionInfo) -> dict[str, object]:
    """Return what `sessions --json` prints of a session, ready for JSON."""
    return {
        "session": session.session_id,
        "title": session.title,
        "source": session.source,
        "started_at": session.started_at.isoformat(timespec="seconds"),
        "seconds": session.seconds,
        "mode": session.mode,
        "engine": session.engine,
        "model": session.model,
        "group_minimum": session.group_minimum,
        "counts_only": session.counts_only,
        "state": session.state.value,
        "course": session.course,
    }


def session_metadata(info: SessionInfo, annotations: Annotations) -> dict[str, object]:
    """Return what stands in the JSON beside a CSV: the session, and how to read the columns.

    The session's notes are the lecturer's own and stay in the store.
    """
    return {
        **session_summary(info),
        "program_version": info.program_version,
        "confidence_level": info.confidence_level,
        "markers": [{"t_s": each.t_s, "text": each.text} for each in annotations.markers],
        "segments": [{"t_s": each.t_s, "title": each.title} for each in annotations.segments],
        "exclusions": [
            {"start_s": each.start_s, "end_s": each.end_s, "reason": each.reason}
            for each in annotations.exclusions
        ],
        "columns": list(CSV_COLUMNS),
        "meaning": COLUMN_MEANINGS,
    }


def write_csv(stream: TextIO, points: Sequence[TimelinePoint], annotations: Annotations) -> None:
    """Write a session's CSV (RFC 4180, lines end with CR LF) to a text stream, such as stdout.

    A real text stream is set to UTF-8 without translation of line ends, which Windows' stdout
    would otherwise double.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_rows(points, annotations))


def export_csv(path: Path, session: ComparedSession) -> Path:
    """Write a session's CSV to path and its metadata to <name>.json beside it; return the latter.

    Each file appears whole or not at all; existing ones are replaced, or both left as they are.
    Raises EnvironmentProblem where the target cannot be written.
    """
    beside = path.with_suffix(".json")
    if beside == path:
        raise EnvironmentProblem(f"{path}: the metadata gets that name; end the CSV's in .csv")
    text = io.StringIO(newline="")
    write_csv(text, session.points, session.annotations)
    metadata = session_metadata(session.info, session.annotations)
    document = json.dumps(metadata, indent=2, ensure_ascii=False) + "\n"
    replace_files({path: encoded(text.getvalue()), beside: encoded(document)})
    return beside


def _rows(points: Sequence[TimelinePoint], annotations: Annotations) -> Iterator[list[str]]:
    """The CSV's rows as text."""
    for row in csv_rows(points, annotations):
        yield [
            _decimal(cell) if isinstance(cell, float) else neutralised(str(cell)) for cell in row
        ]


def csv_rows(
    points: Sequence[TimelinePoint], annotations: Annotations
) -> Iterator[list[str | int | float]]:
    """Yield one row a second in the order of CSV_COLUMNS, "" where there is nothing.

    Texts are as the lecturer wrote them: whoever writes them to a file neutralises them.
    """
    texts = _marker_texts(annotations.markers, last_s=points[-1].t_s if points else 0)
    titles = segment_titles(points, annotations.segments)
    inside = included(points, annotations.exclusions)
    for point, title, counts in zip(points, titles, inside, strict=True):
        yield [
            point.t_s,
            point.clock.isoformat(timespec="seconds"),
            *(_measured(point) if counts else [""] * _MEASURED),
            texts.get(point.t_s, ""),
            title,
            int(point.gap),
            int(not counts),
        ]


def _measured(point: TimelinePoint) -> list[str | int | float]:
    """The cells from seen to the last bound."""
    mix = point.shares
    coverage = "" if point.coverage is None else point.coverage
    if mix is None:
        return [point.seen, point.used, "", "", "", coverage, *[""] * 6]
    bounds = [value for pair in zip(mix.low, mix.high, strict=True) for value in pair]
    shares = (mix.negative, mix.neutral, mix.positive)
    return [point.seen, point.used, *shares, coverage, *bounds]


def segment_titles(points: Sequence[TimelinePoint], segments: Sequence[Segment]) -> list[str]:
    """Return the title of the segment that each second starts in, "" before the first."""
    ordered = sorted(segments, key=lambda segment: segment.t_s)
    starts = [segment.t_s for segment in ordered]
    titles = ["", *(segment.title for segment in ordered)]
    return [titles[bisect_right(starts, point.t_s)] for point in points]


def _marker_texts(markers: Sequence[Marker], last_s: int) -> dict[int, str]:
    """Texts by second, several joined by "; "; a marker set after the last second goes to it."""
    texts: dict[int, list[str]] = {}
    for marker in sorted(markers, key=lambda marker: marker.t_s):
        texts.setdefault(min(int(marker.t_s), last_s), []).append(marker.text)
    return {t_s: "; ".join(several) for t_s, several in texts.items()}


def _decimal(value: float) -> str:
    return f"{value:.4f}"


def neutralised(text: str) -> str:
    """Return text as a cell that no spreadsheet takes for a formula (with a leading apostrophe)."""
    safe = _FORMULA_START.sub(r"\1'\2", text)
    return f"'{safe}" if _CONTROL_START.match(safe) else safe
