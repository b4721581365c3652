"""A process that works on a store and says what is saved: python -m ... WORK FOLDER [SETTINGS].

It says so only once the store has returned. SETTINGS are SQLite pragmas to work with.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from classroom_monitor.sessions.store import Store, open_store
from tests.sessions.samples import new_session, point, shares

SECONDS = 60
KEPT_SECONDS, DELETED_SECONDS = 30, 90
KEPT, DELETED = "Optics of lenses", "Acoustics to be forgotten"
MIX = shares(0.2, 0.3, 0.5)


def say(text: str) -> None:
    os.write(1, text.encode())


def record(store: Store) -> None:
    """Write a session, a second at a time."""
    writer = store.begin(new_session())
    for t_s in range(SECONDS):
        writer.append([point(t_s, mix=MIX)])
        say(str(t_s))
    writer.finish()
    say("complete")


def record_on(store: Store) -> None:
    """Write a session, a second at a time, until somebody ends the process."""
    writer = store.begin(new_session())
    for t_s in count():
        writer.append([point(t_s, mix=MIX)])
        say(str(t_s))


def prepare_deletion(folder: Path) -> None:
    """Make a store with a session to keep and one to delete."""
    with open_store(folder) as store:
        for title, seconds in ((KEPT, KEPT_SECONDS), (DELETED, DELETED_SECONDS)):
            writer = store.begin(new_session(title))
            writer.append([point(t_s, mix=MIX) for t_s in range(seconds)])
            writer.finish()


def delete(store: Store) -> None:
    """Delete one of two sessions."""
    store.delete(store.session(DELETED).session_id)
    say("deleted")


def bring_up_to_date(store: Store) -> None:
    """Be content with opening, which brings an older store up to date."""
    assert len(store.list_sessions()) == 2
    say("opened")


WORKS: dict[str, Callable[[Store], None]] = {
    "record": record,
    "record on": record_on,
    "delete": delete,
    "migrate": bring_up_to_date,
}


def main(work: str, folder: Path, settings: Sequence[str]) -> None:
    """Do a piece of work on a folder's store."""
    with open_store(folder) as store:
        for setting in settings:
            store._connection.execute(f"PRAGMA {setting}")
        WORKS[work](store)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
