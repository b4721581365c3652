"""Sessions whose groups are too small now and then, and everything that is ever told of them."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import (
    Annotation,
    Exclusion,
    Float32Array,
    Look,
    Marker,
    Segment,
    TimelinePoint,
)
from classroom_monitor.exports import export_sessions, report_bytes
from classroom_monitor.gui.plot_export import plot_svg
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.session_archive import stored_session
from classroom_monitor.sessions.export import session_summary
from classroom_monitor.sessions.report_timeline import TimelineDrawing
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.timeline import TimelineBuilder
from tests.sessions.samples import STARTED_AT, new_session

DRAWINGS = {
    "plot": TimelineDrawing(),
    "plot, smoothed lines": TimelineDrawing("lines", smoothing_s=15),
    "plot of a stretch": TimelineDrawing(span_s=(20.0, 60.0)),
}
MINIMUM = 5
LENGTH_S = 900
_LOOKS_HZ = 3
_BREAKS_S = ((200, 230), (610, 612))

_MADE = re.compile(rb"D:\d{14}[^)]*|/ID ?\[[^\]]*\]|uuid:[-0-9a-f]+|[-\d]{10}T[:\d]{8}[-+:Z\d]*")
"""What a PDF says of when it was made."""

Rows = Callable[[int, int, bool], Float32Array]
"""Gives a look's (used, 3) probabilities from its number, its used faces, and whether it is small.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that can be known of a session, by name: the store's rows and every export."""

    session: StoredSession
    texts: Mapping[str, str]


def looks_of(rows: Rows, seed: int = 3) -> list[Look]:
    """Return a session's looks: groups of 0 to 11 faces around the minimum, with two breaks."""
    random = np.random.default_rng(seed)
    level = np.cumsum(random.normal(0, 0.35, LENGTH_S * _LOOKS_HZ))
    sizes = np.clip(np.round(6 + 3 * np.sin(level)), 0, 11).astype(int)
    sizes[: 60 * _LOOKS_HZ] = np.minimum(sizes[: 60 * _LOOKS_HZ], MINIMUM - 1)
    sizes[31 * _LOOKS_HZ : 32 * _LOOKS_HZ] = MINIMUM  # one second alone in a minute
    looks = []
    for number, used in enumerate(sizes.tolist()):
        at_s = (number + 0.5) / _LOOKS_HZ
        if not any(start <= at_s < stop for start, stop in _BREAKS_S):
            looks.append(Look(at_s, used + 2, used, rows(number, used, used < MINIMUM)))
    return looks


def points_of(looks: Sequence[Look]) -> list[TimelinePoint]:
    """Return the looks' seconds."""
    builder = TimelineBuilder(MINIMUM, False, STARTED_AT)
    return [point for look in looks for point in builder.add(look)] + builder.finish(LENGTH_S)


def told(folder: Path, points: Sequence[TimelinePoint]) -> Told:
    """Store a session, annotate it, export it in every way, and return all that came of it."""
    with open_store(folder) as store:
        writer = store.begin(new_session(group_minimum=MINIMUM))
        writer.append(points)
        writer.finish()
        store.annotate(writer.session_id, notes(), ())
        session = stored_session(store, writer.session_id)
        export_sessions(store, [writer.session_id], folder / "table.csv", "csv")
        outline = store.outline(writer.session_id, 90).tobytes().hex()
    texts = dict(_exports(session)) | {
        "outline": outline,
        "csv": (folder / "table.csv").read_text("utf-8"),
        "metadata": (folder / "table.json").read_text("utf-8"),
        "rows": "\n".join(_rows(folder / "sessions.sqlite")),
        "summary": str(session_summary(session.info)),
    }
    return Told(session, texts)


def notes() -> tuple[Annotation, ...]:
    """Segments around the one second in a minute that has shares, a break left out, a marker."""
    return (
        Segment(0, 0.0, "first"),
        Segment(0, 20.0, "one second of it"),
        Segment(0, 60.0, "the rest"),
        Exclusion(0, 400.0, 420.0, "drill"),
        Exclusion(0, 410.0, 431.0, "again"),
        Marker(0, 31.0, "there"),
    )


def _exports(session: StoredSession) -> Iterator[tuple[str, str]]:
    for name, drawing in DRAWINGS.items():
        yield name, plot_svg(session, drawing)
    yield "html", report_bytes(session, "html").decode()
    with zipfile.ZipFile(io.BytesIO(report_bytes(session, "xlsx"))) as book:
        for name in book.namelist():
            if name != "docProps/core.xml":  # when it was made
                yield f"xlsx {name}", book.read(name).decode()
    yield "pdf", _MADE.sub(b"", report_bytes(session, "pdf")).hex()


def _rows(path: Path) -> Iterator[str]:
    """Yield all rows of the store's tables as text; not who wrote them."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE sessions SET writer = ''")
        yield from connection.iterdump()
        connection.rollback()
