"""A process that writes sessions until it is killed: python -m ... FOLDER.

It says which second it is about to write and which one it has written, one line each.
"""

from __future__ import annotations

import sys
from pathlib import Path

from classroom_monitor.sessions.store import open_store
from tests.sessions.samples import new_session, point, shares


def main(folder: Path) -> None:
    """Write one session's seconds, as fast as they can be committed."""
    with open_store(folder) as store:
        writer = store.begin(new_session())
        for t_s in range(1_000_000):
            writer.append([point(t_s, mix=shares(0.2, 0.3, 0.5))])
            sys.stdout.write(f"{t_s}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
