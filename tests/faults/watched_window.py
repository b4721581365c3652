"""The window on the built-in lecture, which says what it shows: python -m ... FOLDER.

It says "picture" once it shows the lecture, and after that how many seconds its timeline shows.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from classroom_monitor.cli.window import open_window
from classroom_monitor.contracts import LiveSnapshot
from classroom_monitor.gui.application import WindowOptions
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.settings import Settings

PICTURE = "picture"


class Teller:
    """Says what the live page has just been given to show."""

    def __init__(self) -> None:
        self._said = -1

    def on_first_show(self) -> None:
        """Listen after the live page, which has listened since it was made."""
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow):
                window.live.control.snapshot_taken.connect(self.on_snapshot)

    def on_snapshot(self, snapshot: LiveSnapshot) -> None:
        if self._said < 0 and snapshot.frame is not None:
            self._say(PICTURE, 0)
        if len(snapshot.points) > self._said >= 0:
            self._say(str(len(snapshot.points)), len(snapshot.points))

    def _say(self, text: str, seconds: int) -> None:
        self._said = seconds
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def main(folder: Path) -> None:
    """Open the window and begin the built-in lecture."""
    settings = Settings(store_dir=str(folder), region="other", informed=True)
    request = SessionRequest(DEMO_SOURCE, "", "room", settings.group_minimum)
    open_window(settings, WindowOptions(start=request, on_first_show=Teller().on_first_show))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
