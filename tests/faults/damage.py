"""Damages a store's files at random bytes while a lecture is recorded into it.

    python -m tests.faults.damage --times 500

Every second that was on screen must be in the store in the end or, where that can no longer be
read, in the refuge.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from classroom_monitor.contracts import SessionState, TimelinePoint
from classroom_monitor.errors import StoreProblem
from classroom_monitor.live.journal import Journal
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from tests.sessions.samples import look, new_session

SECONDS, EARLIER_SECONDS = 40, 400
SAVED, RESCUED = "in the store", "in the refuge"


def damage(folder: Path, dice: random.Random) -> None:
    """Change some bytes of the store's file, or of its log, or cut one of them short."""
    names = (STORE_NAME, STORE_NAME, f"{STORE_NAME}-wal")
    path = folder / dice.choice(names)
    with path.open("r+b") as handle:
        size = handle.seek(0, 2)
        if size and dice.random() < 0.1:
            handle.truncate(dice.randrange(size))
            return
        for _ in range(dice.choice((1, 20, 400))):
            handle.seek(dice.randrange(max(1, size)))
            handle.write(bytes([dice.randrange(256)]))


def record_and_damage(folder: Path, dice: random.Random) -> str:
    """Record a lecture, damage its store once or twice meanwhile; return where it is whole."""
    _record_earlier(folder)
    moments = {dice.randrange(1, SECONDS) for _ in range(dice.choice((1, 1, 2)))}
    refuge = partial(open_store, folder / "rescued")
    journal = Journal(new_session("this one"), partial(open_store, folder, wait_s=0.0))
    try:
        for t_s in range(SECONDS):
            journal.add(look(t_s + 0.5, used=dice.randrange(5, 30), mood=dice.randrange(3)))
            journal.save()
            if t_s in moments:
                damage(folder, dice)
        journal.end(SECONDS - 0.5)
        place = SAVED if journal.complete() else RESCUED
        if place == RESCUED:
            assert journal.rescue(refuge)
        points = journal.points
    finally:
        _close(journal)
    assert len(points) == SECONDS
    _require(folder if place == SAVED else folder / "rescued", points)
    return place


def _record_earlier(folder: Path) -> None:
    with open_store(folder) as store:
        journal = Journal(new_session("an earlier one"), lambda: store)
        for t_s in range(EARLIER_SECONDS):
            journal.add(look(t_s + 0.5, used=8))
        assert journal.complete()


def _close(journal: Journal) -> None:
    try:
        journal.close()
    except StoreProblem:
        return  # what is left of a damaged store


def _require(folder: Path, points: Sequence[TimelinePoint]) -> None:
    """Read the lecture as a process does that comes later."""
    with open_store(folder) as store:
        info = store.session("this one")
        assert info.state is SessionState.COMPLETE
        assert store.points(info.session_id) == list(points)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.damage", description=__doc__)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    found: Counter[str] = Counter()
    for _ in range(given.times):
        with tempfile.TemporaryDirectory() as folder:
            found[record_and_damage(Path(folder), dice)] += 1
    figures = ", ".join(f"{count} {place}" for place, count in found.items())
    sys.stdout.write(f"{given.times} damaged lectures, all whole: {figures}\n")


if __name__ == "__main__":
    main()
