"""Pushes an hour's worth of frames through a live session and watches memory, threads, handles.

    python -m tests.endurance --frames 108000 --looks-hz 5 --window

A drawn hall is the room, and the session's clock goes as fast as the machine: after each frame
that is to be looked at, the camera waits until it has been. All else is as in a lecture: capture,
both stages with their models, timeline, store and, with --window, the window.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import psutil

from classroom_monitor.app import run_options, session_parts, session_plan
from classroom_monitor.benchmark.hall import draw_hall
from classroom_monitor.contracts import EndOfRecording, Frame, UInt8Array
from classroom_monitor.gui.services import DEMO_SOURCE, RunningSession, SessionRequest
from classroom_monitor.live.parts import Analysis, Clocks, Scorer, SessionParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings
from classroom_monitor.vision.follower import Followed

CAMERA_HZ = 30.0
_LOOK_TIMEOUT_S = 120.0
_STOP_S = 30.0


class Pace:
    """The session's clock, moved by its camera, and the look that the camera waits for."""

    def __init__(self) -> None:
        self.s = 0.0
        self.looked = threading.Condition()
        self._looked_to_s = -1.0

    def monotonic_s(self) -> float:
        return self.s

    def note_look(self, at_s: float) -> None:
        """Let a camera that waits for this look go on."""
        with self.looked:
            self._looked_to_s = at_s
            self.looked.notify_all()

    def wait_for_look(self, at_s: float) -> None:
        """Wait until the frame of at_s has been looked at."""
        with self.looked:
            if not self.looked.wait_for(lambda: self._looked_to_s >= at_s, _LOOK_TIMEOUT_S):
                raise TimeoutError(f"no look at {at_s:.1f} s within {_LOOK_TIMEOUT_S:.0f} s")


class PacedCamera:
    """Gives so many frames, each a picture of its own, as fast as they are looked at."""

    name = "drawn hall"
    is_live = True
    duration_s = None

    def __init__(
        self,
        pictures_bgr: Sequence[UInt8Array],
        frames: int,
        frames_a_look: int,
        pace: Pace,
    ) -> None:
        self._pictures_bgr = pictures_bgr
        self._frames = frames
        self._frames_a_look = frames_a_look
        self._pace = pace
        self._next_index = 0

    def open(self) -> None:
        self._next_index = 0

    def read(self) -> Frame:
        index = self._next_index
        if index and index % self._frames_a_look == 0:
            self._pace.wait_for_look((index - 1) / CAMERA_HZ)
        if index >= self._frames:
            raise EndOfRecording
        self._next_index += 1
        self._pace.s = index / CAMERA_HZ
        picture = self._pictures_bgr[index % len(self._pictures_bgr)]
        return Frame(index, index / CAMERA_HZ, picture.copy())

    def close(self) -> None:
        self._next_index = 0


class PacingScorer:
    """A scorer that tells the pace of each look."""

    def __init__(self, scorer: Scorer, pace: Pace) -> None:
        self._scorer = scorer
        self._pace = pace

    @property
    def engine(self) -> str:
        return self._scorer.engine

    @property
    def engine_notice(self) -> str:
        return self._scorer.engine_notice

    def score(self, followed: Followed) -> Analysis:
        analysis = self._scorer.score(followed)
        self._pace.note_look(followed.at_s)
        return analysis

    def close(self) -> None:
        self._scorer.close()


@dataclass(frozen=True, slots=True)
class Footprint:
    """What the process holds at a moment of the session."""

    at_s: float
    rss_mib: float
    threads: int
    handles: int


def footprint(at_s: float) -> Footprint:
    """Measure this process."""
    process = psutil.Process()
    count = "num_handles" if sys.platform == "win32" else "num_fds"
    handles: int = getattr(process, count)()
    rss_mib = process.memory_info().rss / 2**20
    return Footprint(at_s, rss_mib, process.num_threads(), handles)


@dataclass(frozen=True, slots=True)
class Endurance:
    """A long session: its frames, how many of them are looked at, and how often to measure."""

    frames: int
    looks_hz: float = 5.0
    every_s: float = 60.0
    faces: int = 30


class Marathon:
    """A session to be watched: footprints holds what each moment found."""

    def __init__(self, endurance: Endurance, store: Path) -> None:
        options = run_options(Settings(store_dir=str(store)))
        pace = Pace()
        pictures = draw_hall(endurance.faces)
        camera = PacedCamera(
            pictures, endurance.frames, round(CAMERA_HZ / endurance.looks_hz), pace
        )
        parts: SessionParts = session_parts(DEMO_SOURCE, options)
        self.session = LiveSession(
            session_plan(DEMO_SOURCE, "", options),
            replace(
                parts,
                make_camera=lambda: camera,
                make_scorer=lambda: PacingScorer(parts.make_scorer(), pace),
                clocks=Clocks(pace.monotonic_s, lambda: datetime.now().astimezone()),
            ),
            length_s=endurance.frames / CAMERA_HZ,
        )
        self.footprints: list[Footprint] = []
        self._every_s = endurance.every_s
        self._end_s = (endurance.frames - 1) / CAMERA_HZ

    def watch(self) -> bool:
        """Measure if it is time to; False once the camera has given its last frame."""
        at_s = self.session.elapsed_s or 0.0
        if at_s >= len(self.footprints) * self._every_s and self.session.frames:
            self.footprints.append(footprint(at_s))
        return at_s < self._end_s and self.session.snapshot().running


def run(endurance: Endurance, store: Path, told: Callable[[Footprint], None]) -> list[Footprint]:
    """Run a session without a window, and stop it; footprints as time went by."""
    marathon = Marathon(endurance, store)
    marathon.session.start()
    tick = threading.Event()
    known = 0
    while marathon.watch():
        for new in marathon.footprints[known:]:
            told(new)
        known = len(marathon.footprints)
        tick.wait(0.05)
    assert marathon.session.stop(_STOP_S)
    assert marathon.session.snapshot().fault is None
    return marathon.footprints


class MarathonProgram(Program):
    """The program with a marathon for a session."""

    def __init__(self, marathon: Marathon, store: Path) -> None:
        super().__init__(Settings(store_dir=str(store)), store / "settings.json")
        self._marathon = marathon

    def start(self, request: SessionRequest) -> RunningSession:
        self._marathon.session.start()
        return self._marathon.session


def run_in_window(
    endurance: Endurance, store: Path, told: Callable[[Footprint], None]
) -> list[Footprint]:
    """Run a session with the window drawing it, which is closed at the end."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from classroom_monitor.gui.application import WindowOptions, make_application, run_window

    marathon = Marathon(endurance, store)
    make_application(sys.argv[:1])
    timer = QTimer(interval=50)

    def on_timeout() -> None:
        known = len(marathon.footprints)
        going_on = marathon.watch()
        for new in marathon.footprints[known:]:
            told(new)
        if not going_on:
            timer.stop()
            QApplication.closeAllWindows()

    timer.timeout.connect(on_timeout)
    request = SessionRequest(DEMO_SOURCE, "", "room", 1)
    program = MarathonProgram(marathon, store)
    run_window(program, WindowOptions(start=request, on_first_show=timer.start))
    return marathon.footprints


def tell(found: Footprint) -> None:
    """Write a footprint to stdout."""
    sys.stdout.write(
        f"{found.at_s:7.0f} s  {found.rss_mib:7.1f} MiB  {found.threads} threads  "
        f"{found.handles} handles\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--frames", type=int, default=108_000)
    arguments.add_argument("--looks-hz", type=float, default=5.0)
    arguments.add_argument("--every", type=float, default=60.0, help="seconds of the session")
    arguments.add_argument("--window", action="store_true")
    given = arguments.parse_args()
    endurance = Endurance(given.frames, given.looks_hz, given.every)
    begun_s = time.monotonic()
    tell(footprint(0.0))
    runner = run_in_window if given.window else run
    with tempfile.TemporaryDirectory() as store:
        runner(endurance, Path(store), tell)
    gc.collect()
    tell(footprint(given.frames / CAMERA_HZ))
    sys.stdout.write(f"took {time.monotonic() - begun_s:.0f} s\n")


if __name__ == "__main__":
    main()
