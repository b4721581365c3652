"""Measures how long the store takes for the longest session: 8 hours, 200 markers.

    python -m tests.store_speed --repeats 9

Each call opens the store anew, as the window does. Medians of the wall time, and of the processor
time, which tells more on a busy machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from classroom_monitor.contracts import Annotation, Exclusion, Marker, Segment
from classroom_monitor.session_archive import SessionArchive
from classroom_monitor.sessions.store import open_store
from tests.sessions.samples import gap_point, new_session, point, shares

HOURS, MARKERS = 8, 200
SHORT_SESSIONS = 200
THUMBNAIL_COLUMNS = 160


def fill(folder: Path) -> int:
    """Make a store with many short sessions and a long one; return the long one's id."""
    with open_store(folder) as store:
        for place in range(SHORT_SESSIONS):
            short = store.begin(new_session(f"Lecture {place}"))
            short.append([point(t_s) for t_s in range(60)])
            short.finish()
        writer = store.begin(replace(new_session("A long day"), course="Physics 1"))
        mix = shares(0.2, 0.3, 0.5)
        seconds = range(HOURS * 3600)
        writer.append([point(t_s, mix=mix) if t_s % 600 else gap_point(t_s) for t_s in seconds])
        writer.finish()
        step_s = HOURS * 3600 / MARKERS
        added: list[Annotation] = [Marker(0, step_s * at, f"marker {at}") for at in range(MARKERS)]
        added += [Segment(0, 900.0 * at, f"topic {at}") for at in range(4 * HOURS)]
        added += [Exclusion(0, 3600.0 * at, 3600.0 * at + 300.0) for at in range(HOURS)]
        store.annotate(writer.session_id, added, [])
    return writer.session_id


def measure(call: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Return the medians of wall and processor time of a call in ms."""
    walls, works = [], []
    for _ in range(repeats):
        wall_s, work_s = time.perf_counter(), time.process_time()
        call()
        walls.append(time.perf_counter() - wall_s)
        works.append(time.process_time() - work_s)
    return 1000 * statistics.median(walls), 1000 * statistics.median(works)


def main() -> None:
    """Fill a store and print how long each call takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as folder:
        session_id = fill(Path(folder))
        archive = SessionArchive(lambda: Path(folder))
        moved = [Marker(1, 5.0, "moved")]
        calls: dict[str, Callable[[], object]] = {
            f"load {HOURS} h, {MARKERS} markers": lambda: archive.session(session_id),
            f"thin {HOURS} h to a thumbnail": lambda: archive.outline(
                session_id, THUMBNAIL_COLUMNS
            ),
            f"list {SHORT_SESSIONS + 1} sessions": archive.sessions,
            "move a marker": lambda: archive.annotate(session_id, moved, []),
        }
        for name, call in calls.items():
            wall_ms, work_ms = measure(call, repeats)
            sys.stdout.write(f"{name:<28} {wall_ms:6.0f} ms, of which work {work_ms:6.0f} ms\n")


if __name__ == "__main__":
    main()
