"""Stops the process of a session for a while, and lets it go on, at random moments.

    python -m tests.faults.held_up --times 20 --side-by-side 4

The process is stopped (SIGSTOP) as one that is suspended, or starved by others; its camera, a
server in this process, goes on. The session has to go on by itself within two seconds (SIGCONT).
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from classroom_monitor.contracts import SessionState
from classroom_monitor.live.capture_records import STREAM_SETTINGS
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.stream import StreamCamera
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.mjpeg_server import mjpeg_server
from tests.live.rig import PATIENCE_S, PLAN

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Hold:
    """How long a session runs before it is stopped, and for how long it is."""

    after_s: float
    lasts_s: float


@dataclass(frozen=True, slots=True)
class Held:
    """How long it took from going on to the next look, and which seconds have none."""

    back_s: float
    gaps: int
    seconds: int


def hold(how: Hold, folder: Path) -> Held:
    """Run a session in a process, stop it, let it go on, and end it."""
    with mjpeg_server(0.04) as server:
        command = [sys.executable, "-m", "tests.faults.held_up", "--run", server.address, folder]
        with subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            process.stdout.readline()  # the first look
            threading.Event().wait(how.after_s)
            process.send_signal(signal.SIGSTOP)
            threading.Event().wait(how.lasts_s)
            begun_s = time.monotonic()
            process.send_signal(signal.SIGCONT)
            back_s = _look_after(process.stdout, begun_s)
            threading.Event().wait(1.5)
            process.stdin.close()
            for _ in process.stdout:
                continue
        assert process.returncode == 0
    with open_store(folder) as store:
        info = store.session("latest")
        points = store.points(info.session_id)
    assert info.state is SessionState.COMPLETE
    assert [point.t_s for point in points] == list(range(len(points)))
    return Held(back_s, sum(point.gap for point in points), len(points))


def _look_after(lines: object, begun_s: float) -> float:
    for line in lines:  # type: ignore[attr-defined]
        looked_s = float(json.loads(line))
        if looked_s > begun_s:
            return looked_s - begun_s
    raise AssertionError("no look after it went on")


def run(address: str, folder: Path) -> None:
    """Run a session until stdin ends, and write when each look was, on the machine's clock."""
    analyser = FakeAnalyser()
    analyser.while_scoring = lambda _: _tell()
    session = LiveSession(
        PLAN,
        SessionParts(
            make_camera=partial(StreamCamera, address),
            make_follower=analyser.make_follower,
            make_scorer=analyser.make_scorer,
            open_store=partial(open_store, folder),
            capture=STREAM_SETTINGS,
        ),
    )
    session.start()
    sys.stdin.read()
    session.stop(PATIENCE_S)
    assert session.snapshot().fault is None


def _tell() -> None:
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--times", type=int, default=20)
    arguments.add_argument("--side-by-side", type=int, default=4)
    arguments.add_argument("--run", nargs=2, help="for the process that is stopped")
    given = arguments.parse_args()
    if given.run:
        run(given.run[0], Path(given.run[1]))
        return
    chance = random.Random(0)
    holds = [Hold(chance.uniform(0.0, 3.0), chance.uniform(0.3, 12.0)) for _ in range(given.times)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.side_by_side) as pool:
        folders = [Path(folder) / str(number) for number in range(given.times)]
        found = list(pool.map(hold, holds, folders))
    back_s = sorted(one.back_s for one in found)
    lost = [one.gaps - int(how.lasts_s) for one, how in zip(found, holds, strict=True)]
    sys.stdout.write(
        f"stopped {len(found)} times: looks after {statistics.median(back_s):.2f} s median, "
        f"{back_s[-1]:.2f} s worst; gaps beyond the stop {max(lost)} s at most\n"
    )


if __name__ == "__main__":
    main()
