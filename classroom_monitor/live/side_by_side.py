"""Analyses several recordings at once, each in a process of its own, and tells how they go."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Generator, Sequence
from multiprocessing.connection import Connection, wait

import psutil

from classroom_monitor.live.recording import RecordingRequest
from classroom_monitor.live.recording_process import Finished, Progressed, RecordingProcess

CORES_EACH = 1.5
"""How many cores a recording's three threads keep busy: 1280x720 took 31.8 s of CPU in 20.7 s. Two
minutes of it took two cores 12.7 s as two recordings at a time, 15.6 s one after the other."""

MEMORY_EACH_BYTES = 1 << 30
"""1280x720 took 0.2 GiB; pictures of 4K video are nine times as large."""

_POLL_S = 0.5  # so that Ctrl+C is heard on Windows


def analyse_side_by_side(
    requests: Sequence[RecordingRequest], workers: int
) -> Generator[Progressed | Finished, None, None]:
    """Analyse recordings, so many at a time, and tell of each how it goes and how it ended.

    The sessions are those that analyse_recording makes one after the other. Closing the generator
    stops all of them; their finished seconds are saved. What a process logs is logged here.
    """
    waiting = deque(enumerate(requests))
    running: dict[Connection, RecordingProcess] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                worker = RecordingProcess(*waiting.popleft())
                running[worker.connection] = worker
            for connection in wait(list(running), timeout=_POLL_S):
                assert isinstance(connection, Connection)
                event = running[connection].event()
                if isinstance(event, Finished):
                    running.pop(connection).end()
                if event is not None:
                    yield event
    finally:
        for worker in running.values():
            worker.stop()
        for worker in running.values():
            worker.end()


def default_workers() -> int:
    """Return how many recordings to analyse at a time on this machine."""
    cores = len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else 0
    by_cores = math.ceil((cores or psutil.cpu_count() or 1) / CORES_EACH)
    by_memory = psutil.virtual_memory().available // MEMORY_EACH_BYTES
    return max(1, min(by_cores, by_memory))
