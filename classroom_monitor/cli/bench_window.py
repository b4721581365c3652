"""The window, measured: how soon it is there, and how a live session on the drawn hall goes.

Qt is imported where the window is opened: a session can be measured without it, too.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_monitor.app import (
    RunOptions,
    run_options,
    session_parts,
    session_plan,
)
from classroom_monitor.contracts import FinderName, LiveSnapshot, Mode
from classroom_monitor.gui.services import DEMO_SOURCE, RunningSession, SessionRequest
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings, load_settings, settings_path

if TYPE_CHECKING:
    from classroom_monitor.benchmark.live_figures import LiveFigures
    from classroom_monitor.benchmark.live_meter import Span
    from classroom_monitor.benchmark.live_run import HallSession

SETTINGS_FILE = "settings.json"


class StartProgram(Program):
    """The program on its demo, with what a start takes written down, in Unix time."""

    def __init__(self, store: Path) -> None:
        super().__init__(Settings(store_dir=str(store)), store / SETTINGS_FILE)
        self.shown_at_s: float | None = None
        self.faces_at_s: float | None = None
        self._faces_read = False

    def start(self, request: SessionRequest) -> RunningSession:
        """Start a session and listen for its first faces."""
        return StartSession(super().start(request), self)

    def on_first_show(self) -> None:
        """The window is on screen."""
        from classroom_monitor.gui.paint_meter import PaintMeter

        self.shown_at_s = time.time()
        PaintMeter(self.on_painted)

    def on_snapshot(self, snapshot: LiveSnapshot) -> None:
        """A snapshot is about to be drawn."""
        self._faces_read = self._faces_read or bool(snapshot.tracks)

    def on_painted(self) -> None:
        """A snapshot has been drawn; the first one with faces ends it."""
        from classroom_monitor.gui.paint_meter import close_windows

        if self._faces_read and self.faces_at_s is None:
            self.faces_at_s = time.time()
            close_windows()


class StartSession:
    """A running session whose snapshots are shown to a StartProgram."""

    def __init__(self, session: RunningSession, program: StartProgram) -> None:
        self._session = session
        self._program = program

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state."""
        snapshot = self._session.snapshot()
        self._program.on_snapshot(snapshot)
        return snapshot

    def mark(self, text: str) -> None:
        """Set a marker."""
        self._session.mark(text)

    def start_segment(self, title: str) -> None:
        """Start a segment."""
        self._session.start_segment(title)

    def pause(self) -> None:
        """Close the camera until resume."""
        self._session.pause()

    def resume(self) -> None:
        """Open the camera again."""
        self._session.resume()

    def stop(self, timeout_s: float) -> bool:
        """End the session and save it."""
        return self._session.stop(timeout_s)


def time_start(since_s: float, timeout_s: float, store: Path) -> dict[str, float | None]:
    """Open the window on the demo and return the seconds since since_s, a Unix time.

    window_s is when the window is on screen, faces_s when faces are in sight; None for what
    didn't come within timeout_s.
    """
    from classroom_monitor.gui.application import WindowOptions, make_application, run_window

    program = StartProgram(store)
    make_application(sys.argv[:1])
    options = WindowOptions(
        start=SessionRequest(DEMO_SOURCE, "", program.settings.mode, 1),
        close_after_s=timeout_s,
        on_first_show=program.on_first_show,
    )
    run_window(program, options)
    times_s = {"window_s": program.shown_at_s, "faces_s": program.faces_at_s}
    return {name: None if at_s is None else at_s - since_s for name, at_s in times_s.items()}


class HallProgram(Program):
    """The program with a session on the drawn hall, whatever is asked for."""

    def __init__(self, session: HallSession, store: Path) -> None:
        super().__init__(Settings(store_dir=str(store)), store / SETTINGS_FILE)
        self._hall_session = session

    def start(self, request: SessionRequest) -> RunningSession:
        """Start the session."""
        self._hall_session.start()
        return self._hall_session

    def on_first_show(self) -> None:
        """Listen to repaints from now on."""
        from classroom_monitor.gui.paint_meter import PaintMeter

        PaintMeter(self._hall_session.on_painted)


def bench_options(model: Path, finder: FinderName, mode: Mode, store: Path) -> RunOptions:
    """Return how the benchmark's sessions run: by default settings, with these parts.

    The user's own settings say only where an added face model is.
    """
    return RunOptions(
        mode=mode,
        group_minimum=Settings().group_minimum,
        counts_only=False,
        model=model,
        store_dir=store,
        finder=finder,
        face_models_dir=run_options(load_settings(settings_path())).face_models_dir,
    )


def measure_live(
    faces: int, span: Span, options: RunOptions, *, window: bool
) -> LiveFigures | None:
    """Run a session on the hall with so many faces, drawn by the window or only read.

    None where it ended before it could be measured.
    """
    from classroom_monitor.benchmark.hall import draw_hall
    from classroom_monitor.benchmark.live_run import HallSession, run_to_end

    done: list[bool] = []

    def on_done() -> None:
        done.append(True)
        if window:
            from classroom_monitor.gui.paint_meter import close_windows

            close_windows()

    session = HallSession(
        session_plan(DEMO_SOURCE, "", options),
        session_parts(DEMO_SOURCE, options),
        draw_hall(faces),
        span,
        on_done,
    )
    if window:
        _draw(session, options.store_dir)
    else:
        run_to_end(session, lambda: bool(done))
    return session.figures(faces, window)


def _draw(session: HallSession, store: Path) -> None:
    from classroom_monitor.benchmark.live_run import LONGEST_S
    from classroom_monitor.gui.application import WindowOptions, make_application, run_window

    program = HallProgram(session, store)
    make_application(sys.argv[:1])
    options = WindowOptions(
        start=SessionRequest(DEMO_SOURCE, "", program.settings.mode, 1),
        close_after_s=LONGEST_S,
        on_first_show=program.on_first_show,
    )
    run_window(program, options)
