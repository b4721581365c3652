"""Takes a camera away from running sessions at random moments, and measures what they lose.

    python -m tests.faults.outages --times 50 --side-by-side 10

Each session has a real network camera on loopback, capture as it is set for streams, and a store.
What is lost is the time from the camera's return to the first picture, for which the camera was
there and the session was not; and every second of the timeline without a look in which the camera
was there from beginning to end.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from classroom_monitor.contracts import SessionState, TimelinePoint
from classroom_monitor.live.capture_records import STREAM_SETTINGS
from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.stream import StreamCamera
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.mjpeg_server import mjpeg_server
from tests.fakes.network_camera import Behaviour, NetworkCamera
from tests.fakes.rtsp_server import rtsp_server
from tests.live.rig import PATIENCE_S, PLAN, eventually

SERVERS: dict[str, Callable[[], AbstractContextManager[NetworkCamera]]] = {
    "http": partial(mjpeg_server, 0.04),
    "rtsp": partial(rtsp_server, 0.04),
}
OUTAGES = tuple(behaviour for behaviour in Behaviour if behaviour is not Behaviour.SENDING)
_TICK_S = 0.01


@dataclass(frozen=True, slots=True)
class Outage:
    """One to make: how long the camera runs before it, what it does then, and for how long."""

    protocol: str
    behaviour: Behaviour
    after_s: float
    lasts_s: float

    @staticmethod
    def drawn(seed: int, protocol: str, behaviour: Behaviour, most_s: float) -> Outage:
        chance = random.Random(f"{seed} {protocol} {behaviour.name}")
        after_s, lasts_s = chance.uniform(1.0, 3.0), chance.uniform(0.3, most_s)
        return Outage(protocol, behaviour, after_s, lasts_s)


@dataclass(frozen=True, slots=True)
class Loss:
    """What an outage cost: until the first picture, and whole seconds with a camera and no look."""

    outage: Outage
    back_s: float
    lost_points: int


def suffer(outage: Outage, folder: Path) -> Loss:
    """Run a session through an outage; fails unless it is stored, whole, with the gap marked."""
    with SERVERS[outage.protocol]() as server:
        session = LiveSession(PLAN, _parts(server.address, folder))
        session.start()
        try:
            eventually(lambda: len(session.snapshot().points) >= 1)
            threading.Event().wait(outage.after_s)
            gone_s, returned_s, back_s = _interrupt(session, server, outage)
            points_before = len(session.snapshot().points)
            eventually(lambda: len(session.snapshot().points) >= points_before + 2)
            shown = session.snapshot()
            assert shown.fault is None
            assert shown.status.message == ""
        finally:
            session.stop(PATIENCE_S)  # openings that hang are left behind
    points = _stored(folder)
    assert points[: len(shown.points)] == list(shown.points)
    lost = [
        point
        for point in points[:-1]
        if point.gap and (point.t_s + 1 <= gone_s or point.t_s >= returned_s)
    ]
    for point in points:
        was_away = gone_s + 1.0 <= point.t_s and point.t_s + 1 <= returned_s
        assert point.gap or not was_away or outage.behaviour is Behaviour.GARBAGE
    return Loss(outage, back_s, len(lost))


def _interrupt(
    session: LiveSession, server: NetworkCamera, outage: Outage
) -> tuple[float, float, float]:
    """Return when the camera went and came on the session's clock, and how long it then took."""
    gone_s = session.elapsed_s
    server.behave(outage.behaviour)
    threading.Event().wait(outage.lasts_s)
    frames = session.frames
    returned_s = session.elapsed_s
    begun_s = time.monotonic()
    server.behave(Behaviour.SENDING)
    while session.frames == frames:
        assert time.monotonic() < begun_s + PATIENCE_S
        threading.Event().wait(_TICK_S)
    assert gone_s is not None
    assert returned_s is not None
    return gone_s, returned_s, time.monotonic() - begun_s


def _parts(address: str, folder: Path) -> SessionParts:
    analyser = FakeAnalyser()
    return SessionParts(
        make_camera=partial(StreamCamera, address),
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
        open_store=partial(open_store, folder),
        capture=STREAM_SETTINGS,
    )


def _stored(folder: Path) -> list[TimelinePoint]:
    with open_store(folder) as store:
        info = store.session("latest")
        assert info.state is SessionState.COMPLETE
        points = store.points(info.session_id)
    assert [point.t_s for point in points] == list(range(len(points)))
    return points


def _tell(protocol: str, behaviour: Behaviour, losses: list[Loss]) -> None:
    back_s = sorted(loss.back_s for loss in losses)
    points = sorted(loss.lost_points for loss in losses)
    late = back_s[min(len(back_s) - 1, math.floor(0.95 * len(back_s)))]
    sys.stdout.write(
        f"{protocol} {behaviour.name.lower():12} {len(losses):3} times: picture after "
        f"{statistics.median(back_s):.2f} s median, {late:.2f} s 95%, {back_s[-1]:.2f} s worst; "
        f"seconds lost {statistics.median(points):.0f} median, {points[-1]} worst\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--times", type=int, default=50, help="of each kind")
    arguments.add_argument("--side-by-side", type=int, default=10)
    arguments.add_argument("--longest", type=float, default=15.0, help="seconds of an outage")
    given = arguments.parse_args()
    # A process each: OpenCV opens one stream at a time in a process.
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(given.side_by_side, context) as pool,
    ):
        for protocol in SERVERS:
            for behaviour in OUTAGES:
                outages = [
                    Outage.drawn(seed, protocol, behaviour, given.longest)
                    for seed in range(given.times)
                ]
                folders = [
                    Path(folder) / f"{protocol}-{behaviour.name}-{seed}"
                    for seed in range(given.times)
                ]
                _tell(protocol, behaviour, list(pool.map(suffer, outages, folders)))


if __name__ == "__main__":
    main()
