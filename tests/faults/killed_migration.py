"""Brings old stores up to date in processes that are killed: python -m ... STORE FOLDER.

The first is killed before the first statement, the next before the second, until one comes to the
end. FOLDER/0, FOLDER/1 and so on hold what each of them left behind.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path

from classroom_monitor.sessions import store_schema
from classroom_monitor.sessions.store_connection import STORE_NAME


def migrate_and_die(path: Path, before_statement: int) -> None:
    """Bring a store up to date, and kill this process before its so-maniest statement."""
    done = 0

    def on_statement(statement: str) -> None:
        nonlocal done
        if done == before_statement:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.set_trace_callback(on_statement)
    store_schema.migrate(connection)
    connection.set_trace_callback(None)
    connection.close()


def main(old_store: Path, folder: Path) -> None:
    """Kill one process after the other."""
    for statement in count():
        place = folder / str(statement)
        place.mkdir()
        path = Path(shutil.copy(old_store, place / STORE_NAME))
        child = os.fork()
        if child == 0:
            migrate_and_die(path, statement)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != -signal.SIGKILL:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
