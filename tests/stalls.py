"""Looks for moments in which the window does not answer while a session runs.

    python -m tests.stalls --faces 30 --seconds 20

A heartbeat in the window's thread tells how long it was away; a thread beside it writes down where
it was. Time that other programs took counts as away too: processor time says what was its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from classroom_monitor.app import run_options, session_parts, session_plan
from classroom_monitor.benchmark.cameras import LoopCamera
from classroom_monitor.benchmark.hall import draw_hall
from classroom_monitor.gui.application import WindowOptions, make_application, run_window
from classroom_monitor.gui.services import DEMO_SOURCE, RunningSession, SessionRequest
from classroom_monitor.live.session import LiveSession
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings

BEAT_MS = 5
LOOK_AFTER_S = 0.06
CALLS = 4


@dataclass(frozen=True, slots=True)
class Absence:
    """A while without a heartbeat: since the start, its length, its own part, and where it was."""

    at_s: float
    wall_s: float
    cpu_s: float
    where: str


@dataclass
class Heartbeat:
    """Beats in the window's thread, and notices in another where it is when it does not."""

    absences: list[Absence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._thread_id = threading.get_ident()
        self._begun_s = self._beat_s = time.monotonic()
        self._beat_cpu_s = time.thread_time()
        self._where = ""
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._timer = QTimer(interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.on_beat)

    def start(self) -> None:
        self._begun_s = self._beat_s = time.monotonic()
        self._watcher.start()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._ended.set()
        self._watcher.join()

    def on_beat(self) -> None:
        now_s, cpu_s = time.monotonic(), time.thread_time()
        away_s = now_s - self._beat_s
        at_s = self._beat_s - self._begun_s
        self.absences.append(Absence(at_s, away_s, cpu_s - self._beat_cpu_s, self._where))
        self._beat_s, self._beat_cpu_s, self._where = now_s, cpu_s, ""

    def _watch(self) -> None:
        while not self._ended.wait(0.01):
            if time.monotonic() - self._beat_s > LOOK_AFTER_S and not self._where:
                self._where = _where(self._thread_id)


def _where(thread_id: int) -> str:
    """Return the innermost calls of a thread, without holding on to what they work with."""
    frame = sys._current_frames().get(thread_id)
    calls: list[str] = []
    while frame is not None and len(calls) < CALLS:
        calls.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(calls)


class HallProgram(Program):
    """The program with a session on a drawn hall."""

    def __init__(self, faces: int, store: Path) -> None:
        super().__init__(Settings(store_dir=str(store)), store / "settings.json")
        self._camera = LoopCamera(draw_hall(faces))

    def start(self, request: SessionRequest) -> RunningSession:
        options = run_options(self.settings)
        parts = replace(session_parts(DEMO_SOURCE, options), make_camera=lambda: self._camera)
        session = LiveSession(session_plan(DEMO_SOURCE, "", options), parts)
        session.start()
        return session


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--faces", type=int, default=30)
    arguments.add_argument("--seconds", type=float, default=20.0)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as store:
        program = HallProgram(given.faces, Path(store))
        make_application(sys.argv[:1])
        heartbeat = Heartbeat()
        options = WindowOptions(
            start=SessionRequest(DEMO_SOURCE, "", "room", 1),
            close_after_s=given.seconds,
            on_first_show=heartbeat.start,
        )
        run_window(program, options)
        heartbeat.stop()
    longest = sorted(heartbeat.absences, key=lambda one: one.wall_s, reverse=True)[:12]
    for one in longest:
        sys.stdout.write(
            f"at {one.at_s:6.2f} s away {1000 * one.wall_s:5.0f} ms, "
            f"{1000 * one.cpu_s:4.0f} ms of its own: {one.where}\n"
        )


if __name__ == "__main__":
    main()
