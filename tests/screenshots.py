"""Makes the pictures of the window that the documentation shows, and others for a designer's eye.

`python -m tests.screenshots docs/images` writes one PNG for each page. The window is the real one,
over a store of simulated lectures; what runs is the demo, so nobody is in the pictures. With
--dark, --size and --scale the same pages as they look on another desktop. Works without a screen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from classroom_monitor.contracts import Float32Array, Look, Marker, NewSession, Segment
from classroom_monitor.gui.application import make_application
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.main_window import RECORDINGS, SESSIONS, MainWindow
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.gui.settings_dialog import SettingsDialog
from classroom_monitor.program import Program
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.timeline import TimelineBuilder
from classroom_monitor.settings import Settings
from tests.live.clips import write_clip

LECTURE_S = 50 * 60
FACES = 34
MOOD_S = 25.0
WEEK = timedelta(days=7)
FIRST = datetime(2026, 10, 6, 10, 15, tzinfo=UTC)
TOPICS = ("Recap", "Confidence intervals", "Worked example", "Exercises", "Questions")
LIVE_S = 45
CHECK_S = 8
WAIT_S = 120.0

Shot = Callable[[str, QWidget], None]


def simulated_looks(seed: int) -> Iterator[Look]:
    """Yield a look a second of a made-up lecture whose third quarter is heavier than the rest."""
    random = np.random.default_rng(seed)
    moods = random.choice(3, FACES, p=(0.12, 0.6, 0.28))
    for t_s in range(LECTURE_S):
        heavy = 0.5 < t_s / LECTURE_S < 0.72
        mix = (0.32, 0.53, 0.15) if heavy else (0.12, 0.58, 0.30)
        anew = random.random(FACES) < 1 / MOOD_S
        moods = np.where(anew, random.choice(3, FACES, p=mix), moods)
        used = moods[random.random(FACES) < (0.68 if heavy else 0.85)]
        yield Look(t_s + 0.5, FACES, len(used), _sure(used))


def _sure(moods: np.ndarray) -> Float32Array:
    rows = np.full((len(moods), 3), 0.1, np.float32)
    rows[np.arange(len(moods)), moods] = 0.8
    return rows


def fill_store(folder: Path) -> list[int]:
    """Store a course of four lectures and return their ids."""
    ids = []
    with open_store(folder) as store:
        for week in range(4):
            started_at = FIRST + week * WEEK
            title = f"Statistics, week {week + 1}"
            new = NewSession(
                title, "Lecture hall 2", started_at, "room", "litert-int8", 5, False, "best"
            )
            writer = store.begin(replace(new, course="Statistics"))
            timeline = TimelineBuilder(5, False, started_at)
            for look in simulated_looks(week):
                writer.append(timeline.add(look))
            writer.append(timeline.finish(LECTURE_S))
            writer.finish()
            store.annotate(writer.session_id, _annotations(), ())
            ids.append(writer.session_id)
    return ids


def _annotations() -> list[Marker | Segment]:
    part_s = LECTURE_S / len(TOPICS)
    segments = [Segment(0, number * part_s, topic) for number, topic in enumerate(TOPICS)]
    markers = [Marker(0, 640, "first question"), Marker(0, 1710, "proof of the lemma")]
    return [*segments, *markers]


def until(done: Callable[[], bool], limit_s: float = WAIT_S) -> None:
    """Let the window work until something is so. Raises TimeoutError."""
    deadline = QDeadlineTimer(round(1000 * limit_s))
    while not done():
        if deadline.hasExpired():
            raise TimeoutError("the window did not come so far")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def settle(seconds: float = 0.5) -> None:
    """Let the window work for a while."""
    deadline = QDeadlineTimer(round(1000 * seconds))
    until(deadline.hasExpired)


def shoot_first_start(program: Program, size: tuple[int, int], shot: Shot) -> None:
    """The page before everything else."""
    window = MainWindow(program)
    window.resize(*size)
    window.show()
    settle()
    shot("first-start", window)
    window.close()


def shoot_live(window: MainWindow, shot: Shot) -> None:
    """Setup, room check, the desk while the demo runs, and its small window."""
    shot("setup", window)
    window.live.before.on_toggle()
    settle(CHECK_S)
    shot("room-check", window)
    window.live.start(SessionRequest(DEMO_SOURCE, "Demo lecture", "room", 5))
    until(lambda: len(window.live.timeline.plot.series) >= LIVE_S // 3)
    window.live.control.mark("first question")
    window.live.control.start_segment("Worked example")
    until(lambda: len(window.live.timeline.plot.series) >= LIVE_S)
    shot("live", window)
    window.live.mini.toggle()
    settle()
    small = window.live.mini.view
    assert small is not None
    shot("small-view", small)
    window.live.mini.toggle()
    window.live.control.stop()
    until(lambda: window.live.control.phase is Phase.IDLE)


def shoot_stored(
    window: MainWindow, program: Program, home: Path, ids: list[int], shot: Shot
) -> None:
    """Review, comparison, the queue of recordings."""
    window.show_page(SESSIONS)
    settle(1.0)
    shot("sessions", window)
    window.on_open_session(ids[-1])
    settle(2.0)
    shot("review", window)
    window.sessions.on_compare(ids[-2:])
    settle(2.0)
    shot("compare", window)
    window.sessions.on_course("Statistics")
    settle(2.0)
    shot("course", window)
    window.show_page(RECORDINGS)
    recording = write_clip(home / "Statistics, week 5.mp4", seconds=20)
    notes = home / "notes.txt"
    notes.write_text("no video")
    window.recordings.add([str(recording), str(notes)])
    until(lambda: not program.recordings.busy)
    window.recordings.table.selectRow(0)
    settle()
    shot("recordings", window)


def shoot_settings(window: MainWindow, program: Program, shot: Shot) -> None:
    """The settings dialog."""
    dialog = SettingsDialog(program.settings, window)
    dialog.on_models(program.models())
    dialog.on_finders(program.finders())
    dialog.show()
    settle()
    shot("settings", dialog)
    dialog.close()


def main() -> None:
    """Make all pictures."""
    options = _options()
    if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    application = make_application(sys.argv[:1])
    if options.dark:
        application.setPalette(QPalette(QColor("#34383e"), QColor("#202327")))
    options.folder.mkdir(parents=True, exist_ok=True)

    def shot(name: str, widget: QWidget) -> None:
        path = options.folder / f"{name}{options.suffix}.png"
        if not widget.grab().save(str(path)):
            raise OSError(f"{path} cannot be written")
        print(path)  # noqa: T201

    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        ids = fill_store(home)
        unset = Settings(store_dir=str(home))
        unanswered = Program(unset, home / "unset.json", None, home / "statements")
        shoot_first_start(unanswered, options.size, shot)
        settings = replace(unset, region="other", informed=True, source=DEMO_SOURCE)
        program = Program(settings, home / "settings.json", None, home / "statements")
        window = MainWindow(program)
        window.resize(*options.size)
        window.show()
        settle(1.0)
        shoot_live(window, shot)
        shoot_stored(window, program, home, ids, shot)
        shoot_settings(window, program, shot)
        window.close()
        settle()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--suffix", default="", help="added to each file's name")
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


if __name__ == "__main__":
    main()
