"""How soon a long session is open in the window, and how long the window is away meanwhile.

    xvfb-run -a python -m tests.review_speed --hours 8 --markers 200 --opens 5

The time runs from asking for the session to the first picture of its timeline, its segments in
numbers beside it. Opening goes on with the change points, which are worked out beside the window.
Processor time is the program's own, however busy the machine is with other things.
"""

import argparse
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QGraphicsView

from classroom_monitor.gui.application import WindowOptions, make_application, run_window
from classroom_monitor.gui.main_window import SESSIONS, MainWindow
from classroom_monitor.program import Program
from classroom_monitor.settings import Settings
from tests.long_lecture import Lecture, store_lectures
from tests.stalls import Absence, Heartbeat

TIMEOUT_S = 60


class Opening(QObject):
    """Opens a session in the window's sessions page, and notes when what is there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._page = window.sessions
        self._begun_s = 0.0
        self._begun_cpu_s = 0.0
        self.shown_cpu_s = 0.0
        self._painted = True
        self.shown_s = 0.0
        self.changes_s = 0.0
        self._loop = QEventLoop()
        self._page.opened.loaded.connect(self.on_loaded)
        for canvas in self._page.view.plot.findChildren(QGraphicsView):
            canvas.viewport().installEventFilter(self)
        self._page.opened.changes_found.connect(self.on_changes)

    def open(self, session_id: int) -> None:
        self._begun_s, self._begun_cpu_s = time.perf_counter(), time.process_time()
        self._page.open(session_id)
        QTimer.singleShot(1000 * TIMEOUT_S, self._loop, self._loop.quit)
        self._loop.exec()

    def on_loaded(self) -> None:
        """The page has taken the session: it is shown with the next picture."""
        self._painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        """Wait for the repaint that begins here: the whole page is done when its turn comes."""
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.on_painted)
        return False

    def on_painted(self) -> None:
        self.shown_s = time.perf_counter() - self._begun_s
        self.shown_cpu_s = time.process_time() - self._begun_cpu_s

    def on_changes(self) -> None:
        self.changes_s = time.perf_counter() - self._begun_s
        self._loop.quit()


def rest(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def measure(window: MainWindow, session_id: int, opens: int) -> list[Absence]:
    """Open a session several times and print the times; returns when the window was away."""
    opening = Opening(window)
    absences: list[Absence] = []
    shown_s, shown_cpu_s, changes_s, away_s, own_s = [], [], [], [], []
    for _ in range(opens):
        window.sessions.show_list()
        rest(0.5)
        heartbeat = Heartbeat()
        heartbeat.start()
        opening.open(session_id)
        heartbeat.stop()
        shown_s.append(opening.shown_s)
        shown_cpu_s.append(opening.shown_cpu_s)
        changes_s.append(opening.changes_s)
        away_s.append(max(one.wall_s for one in heartbeat.absences))
        own_s.append(max(one.cpu_s for one in heartbeat.absences))
        absences += heartbeat.absences
    sys.stdout.write(
        f"shown after {median(shown_s):.2f} s (median of {opens}, most {max(shown_s):.2f} s), "
        f"with {median(shown_cpu_s):.2f} s of processor time\n"
        f"change points after {median(changes_s):.2f} s\n"
        f"away at most {1000 * median(away_s):.0f} ms (median), {1000 * max(away_s):.0f} ms; "
        f"its own processor time in a stretch at most {1000 * max(own_s):.0f} ms\n"
    )
    return absences


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hours", type=float, default=8.0)
    arguments.add_argument("--markers", type=int, default=200)
    arguments.add_argument("--segments", type=int, default=16)
    arguments.add_argument("--opens", type=int, default=5)
    given = arguments.parse_args()
    lecture = Lecture(
        seconds=round(3600 * given.hours), markers=given.markers, segments=given.segments
    )
    with tempfile.TemporaryDirectory() as store:
        (session_id,) = store_lectures(Path(store), [lecture])
        make_application(sys.argv[:1])
        settings = Settings(store_dir=store, region="other", informed=True)
        program = Program(settings, Path(store) / "settings.json")
        sys.stdout.write(f"{given.hours:g} hours\n")
        begin = partial(QTimer.singleShot, 0, partial(run, session_id, given.opens))
        run_window(program, WindowOptions(on_first_show=begin))


def run(session_id: int, opens: int) -> None:
    """Measure in the window that is open, close it, and tell where it was away the longest."""
    windows = QApplication.topLevelWidgets()
    window = next(window for window in windows if isinstance(window, MainWindow))
    window.show_page(SESSIONS)
    rest(1.0)
    absences = measure(window, session_id, opens)
    window.close()
    for one in sorted(absences, key=lambda one: one.wall_s, reverse=True)[:6]:
        away_ms, own_ms = 1000 * one.wall_s, 1000 * one.cpu_s
        sys.stdout.write(f"away {away_ms:5.0f} ms, {own_ms:4.0f} ms of its own: {one.where}\n")


if __name__ == "__main__":
    main()
