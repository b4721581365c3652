"""Writes a stored session as CSV with a JSON of metadata beside it, and sums it up for --json.

Only what the store holds is written, so the group minimum holds here too.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from classroom_monitor.contracts import MOODS, Marker, SessionInfo, TimelinePoint
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.files import replace_text

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
)
"""The CSV's header. gap is 1 for a second without a single picture (seen and used are 0 then,
though nobody left the room); segment is empty as long as sessions have no segments."""

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
    }


def session_metadata(session: SessionInfo, markers: Sequence[Marker]) -> dict[str, object]:
    """Return what stands in the JSON beside a CSV: the session, and how to read the columns."""
    return {
        **session_summary(session),
        "program_version": session.program_version,
        "confidence_level": session.confidence_level,
        "markers": [{"t_s": marker.t_s, "text": marker.text} for marker in markers],
        "columns": list(CSV_COLUMNS),
        "meaning": {
            "seen, used": "medians over the pictures of a second: faces seen, and faces large, "
            "sharp and certain enough to count",
            "negative, neutral, positive": "shares of the used faces, sum 1; empty where fewer "
            "faces than group_minimum are used, in counts-only sessions and in gaps. An "
            "expression is not an emotion",
            "coverage": "used faces over those expected from the last three minutes, at most 1",
            "low, high": "bounds of each share at confidence_level (Wilson score interval on an "
            "effective number of faces)",
            "gap": "1 for a second without a single picture",
        },
    }


def write_csv(stream: TextIO, points: Sequence[TimelinePoint], markers: Sequence[Marker]) -> None:
    """Write a session's CSV (RFC 4180, lines end with CR LF) to a text stream, such as stdout.

    A real text stream is set to UTF-8 without translation of line ends, which Windows' stdout
    would otherwise double.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_rows(points, markers))


def export_csv(
    path: Path, session: SessionInfo, points: Sequence[TimelinePoint], markers: Sequence[Marker]
) -> Path:
    """Write a session's CSV to path and its metadata to <name>.json beside it; return the latter.

    Each file appears whole or not at all; existing ones are replaced. Raises EnvironmentProblem
    where the target cannot be written.
    """
    beside = path.with_suffix(".json")
    if beside == path:
        raise EnvironmentProblem(f"{path}: the metadata gets that name; end the CSV's in .csv")
    text = io.StringIO(newline="")
    write_csv(text, points, markers)
    metadata = json.dumps(session_metadata(session, markers), indent=2, ensure_ascii=False)
    try:
        replace_text(path, text.getvalue())
        replace_text(beside, metadata + "\n")
    except OSError as error:
        raise EnvironmentProblem(
            f"{path} cannot be written ({error.strerror}); choose another file (--out)"
        ) from error
    return beside


def _rows(points: Sequence[TimelinePoint], markers: Sequence[Marker]) -> Iterator[list[str | int]]:
    """The CSV's rows, one a second, in the order of CSV_COLUMNS."""
    texts = _marker_texts(markers, last_s=points[-1].t_s if points else 0)
    for point in points:
        shares = [""] * 3
        bounds = [""] * 6
        if point.shares is not None:
            mix = point.shares
            shares = [_decimal(mix.negative), _decimal(mix.neutral), _decimal(mix.positive)]
            pairs = zip(mix.low, mix.high, strict=True)
            bounds = [_decimal(value) for pair in pairs for value in pair]
        yield [
            point.t_s,
            point.clock.isoformat(timespec="seconds"),
            point.seen,
            point.used,
            *shares,
            "" if point.coverage is None else _decimal(point.coverage),
            *bounds,
            neutralised(texts.get(point.t_s, "")),
            "",
            int(point.gap),
        ]


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
