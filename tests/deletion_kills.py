"""Kills a program while it deletes sessions, at random moments, and looks at what is left.

    python -m tests.deletion_kills [TIMES]

Each time a store of six sessions is made, a process begins to delete them one by one, and is killed
(SIGKILL) within its first 60 ms of it. The next who opens the store must find it whole: each
session is there with everything, or gone without a byte in any of the store's files.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from classroom_monitor.contracts import Marker
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_overwrite import PENDING_NAME
from tests.sessions.samples import new_session, point, shares

ROOT = Path(__file__).resolve().parents[1]
SESSIONS, SECONDS, MARKERS = 6, 900, 40
LONGEST_S = 0.06

_DELETE = """
import sys
from pathlib import Path
from classroom_monitor.sessions.store import open_store

with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    for info in store.list_sessions():
        store.delete(info.session_id)
"""


def fill(folder: Path) -> dict[int, bytes]:
    """Make the store, and return what only one session of each number holds."""
    seconds = [point(t_s, mix=shares(0.2, 0.3, 0.5)) for t_s in range(SECONDS)]
    with open_store(folder) as store:
        writers = [store.begin(new_session(f"session{k}x")) for k in range(SESSIONS)]
        for writer in writers:
            writer.append(seconds)
        for place in range(MARKERS):
            for writer in writers:
                text = f"marker{writer.session_id}x" + "m" * (place * 4)
                store.annotate(writer.session_id, [Marker(0, float(place), text)], [])
        for writer in writers:
            writer.finish()
    return {writer.session_id: f"marker{writer.session_id}x".encode() for writer in writers}


def delete_and_kill(folder: Path, after_s: float) -> None:
    """Let a process delete sessions, and kill it so long after it begins."""
    arguments = [sys.executable, "-c", _DELETE, str(folder)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with closing(process.stdout) as said:
            assert said.readline() == "ready\n"
            time.sleep(after_s)
            process.kill()


def look(folder: Path, texts: dict[int, bytes]) -> tuple[int, bool]:
    """Open the store; return how many sessions are left and whether a deletion was cut short.

    Raises AssertionError for a session that is there in part.
    """
    cut_short = (folder / PENDING_NAME).exists()
    with open_store(folder) as store:
        left = [info.session_id for info in store.list_sessions()]
        for session_id in left:
            assert len(store.points(session_id)) == SECONDS
            assert len(store.markers(session_id)) == MARKERS
        assert not store.has_traces
    data = b"".join(file.read_bytes() for file in folder.iterdir())
    found = {session_id for session_id, text in texts.items() if text in data}
    assert found == set(left), f"traces of {found - set(left)}"
    return len(left), cut_short


def run(times: int, seed: int) -> Counter[str]:
    """Kill so often; return how often a deletion was cut short and what was left."""
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            texts = fill(Path(folder))
            delete_and_kill(Path(folder), rng.uniform(0, LONGEST_S))
            left, cut_short = look(Path(folder), texts)
        seen[f"{left} sessions left"] += 1
        seen["deletions cut short"] += cut_short
    return seen


def main() -> None:
    """Run the long form."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    started_s = time.monotonic()
    seen = run(times, seed=1)
    sys.stdout.write(f"{times} kills in {time.monotonic() - started_s:.0f} s\n")
    for what, count in sorted(seen.items()):
        sys.stdout.write(f"{what}: {count}\n")


if __name__ == "__main__":
    main()
