"""Cuts the power while a store is worked on, at random moments, and looks at what is left.

    python -m tests.faults.power_cut --times 1000

A real process works on a real store while strace listens; the disk that loses its power is a model
(disk_trace.py), since nothing else can be cut off thousands of times.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions.store import Store, open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from tests.faults import store_work
from tests.faults.disk_trace import PowerCut, power_cuts, trace
from tests.sessions.samples import point

SMALL_LOG = "wal_autocheckpoint = 15"
"""Pages after which the log is emptied into the file: often, as that is when most can go wrong."""

OLD_STORE = Path(__file__).parents[1] / "sessions" / "data" / "store_v1.sql"


@dataclass(frozen=True, slots=True)
class Outage:
    """A power cut: said is how many pieces were said to be saved, lost how many of them are not."""

    said: int
    lost: int


@dataclass(frozen=True, slots=True)
class Work:
    """What is done to a store, what it begins with, and how to judge what is left of it."""

    name: str
    prepare: Callable[[Path], None]
    judge: Callable[[Store, PowerCut], Outage]
    settings: Sequence[str] = (SMALL_LOG,)


@dataclass(slots=True)
class Figures:
    """What came of the power cuts; every store opened, or running would have raised."""

    outages: list[Outage] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """The most that was said to be saved and was not."""
        return max(one.lost for one in self.outages)


def make_empty(folder: Path) -> None:
    """Make a store without sessions."""
    with open_store(folder):
        pass


def make_old(folder: Path) -> None:
    """Make a store of the first version."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / STORE_NAME)) as connection:
        connection.executescript(OLD_STORE.read_text(encoding="utf-8"))


def judge_recording(store: Store, left: PowerCut) -> Outage:
    """All that was said is there, in its order and as it was."""
    sessions = store.list_sessions()
    said = sum(text.isdigit() for text in left.said)
    points = store.points(sessions[0].session_id) if sessions else []
    assert points == [point(t_s, mix=store_work.MIX) for t_s in range(len(points))]
    assert len(points) <= said + 1
    if "complete" in left.said:
        assert sessions[0].state is SessionState.COMPLETE
    return Outage(said, max(0, said - len(points)))


def judge_deletion(store: Store, left: PowerCut) -> Outage:
    """What is kept is whole; what is deleted stays deleted, and leaves nothing behind."""
    titles = {info.title: info for info in store.list_sessions()}
    kept = titles[store_work.KEPT]
    assert len(store.points(kept.session_id)) == kept.seconds == store_work.KEPT_SECONDS
    there = store_work.DELETED in titles
    if there:
        deleted = titles[store_work.DELETED]
        assert len(store.points(deleted.session_id)) == store_work.DELETED_SECONDS
    else:
        assert not store.has_traces
        for path in store.path.parent.iterdir():
            assert store_work.DELETED.encode() not in path.read_bytes(), path
    return Outage(len(left.said), int(there and bool(left.said)))


def judge_migration(store: Store, left: PowerCut) -> Outage:
    """Both sessions are there with what they hold."""
    waves, optics = store.list_sessions()
    assert (waves.seconds, optics.seconds) == (1, 2)
    assert [marker.text for marker in store.markers(optics.session_id)] == ["Übung 2"]
    assert (optics.course, optics.notes) == ("", "")
    return Outage(len(left.said), 0)


WORKS = (
    Work("record", make_empty, judge_recording),
    Work("delete", store_work.prepare_deletion, judge_deletion),
    Work("migrate", make_old, judge_migration),
)


def cut_power(work: Work, times: int, place: Path, seed: int = 1) -> Figures:
    """Do a piece of work once, cut the power so many times meanwhile, and judge each outcome."""
    folder = place / work.name
    work.prepare(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    module = [sys.executable, "-m", "tests.faults.store_work", work.name, str(folder)]
    events = trace([*module, *work.settings], folder, place / f"{work.name}.trace")
    figures = Figures()
    for left in power_cuts(events, before, times, random.Random(seed)):
        remains = place / "remains"
        left.lay_out(remains)
        with open_store(remains) as store:
            figures.outages.append(work.judge(store, left))
        shutil.rmtree(remains)
    return figures


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.power_cut", description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for work in WORKS:
        with tempfile.TemporaryDirectory() as place:
            figures = cut_power(work, given.times, Path(place), given.seed)
        sys.stdout.write(
            f"{work.name}: power cut {len(figures.outages)} times, every store opened, "
            f"at most {figures.lost} lost of what was said to be saved\n"
        )


if __name__ == "__main__":
    main()
