"""Says which sessions are kept long enough, and deletes them once somebody agreed."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services
from classroom_monitor.keeping import Overdue

logger = logging.getLogger(__name__)

_COURSES_SHOWN = 8


class RetentionNotice(Banner):
    """Asks before the rules are followed for the first time, and tells of it each time."""

    deleted = Signal()
    problem = Signal(object)  # Exception

    def __init__(
        self, services: Services, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background

    def check(self) -> None:
        """Look, in a thread, for sessions that are too old; a store that fails says so elsewhere.

        The window lists sessions too, and says what is wrong with them there.
        """
        self._background.run(
            "look for old sessions",
            self._services.overdue_sessions,
            self.on_found,
            partial(logger.warning, "no old sessions were looked for: %s"),
        )

    def on_found(self, overdue: Overdue) -> None:
        """Ask, or delete what was agreed to."""
        if not overdue.sessions:
            self.clear()
        elif overdue.must_ask:
            text = self.tr("Sessions kept longer than your settings say: {0}.")
            action = (self.tr("Delete them…"), partial(self.ask, overdue.sessions))
            self.say(Tone.INFO, text.format(len(overdue.sessions)), action=action)
        else:
            self.delete(overdue.sessions)

    def ask(self, sessions: Sequence[SessionInfo]) -> None:
        """Say what would go, and delete it if that is wanted."""
        box = QMessageBox(self.window(), textFormat=Qt.TextFormat.PlainText)  # courses' names
        box.setWindowTitle(self.tr("Delete old sessions"))
        box.setText(self.tr("Delete old sessions for good: {0}?").format(len(sessions)))
        box.setInformativeText(
            _by_course(sessions)
            + "\n\n"
            + self.tr(
                "This cannot be undone. Later on, sessions that have become as old as your"
                " settings say are deleted when the window opens."
            )
        )
        go = box.addButton(self.tr("&Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("&Keep them"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        go.clicked.connect(partial(self.delete, sessions))
        box.finished.connect(box.deleteLater)
        box.open()

    def delete(self, sessions: Sequence[SessionInfo]) -> None:
        """Delete sessions in a thread, and say so."""
        self._background.run(
            "delete old sessions",
            partial(self._services.delete_overdue, [info.session_id for info in sessions]),
            lambda _none: self.on_deleted(len(sessions)),
            self.problem.emit,
        )

    def on_deleted(self, count: int) -> None:
        """Say how many went."""
        text = self.tr("Deleted for good, as they were kept as long as your settings say: {0}.")
        self.say(Tone.INFO, text.format(count))
        self.deleted.emit()


def _by_course(sessions: Sequence[SessionInfo]) -> str:
    """Return how many sessions of which course there are, and from when the oldest is."""
    counts = Counter(info.course for info in sessions)
    lines = [f"{course or '-'}: {count}" for course, count in counts.most_common(_COURSES_SHOWN)]
    if len(counts) > _COURSES_SHOWN:
        lines.append("…")
    dates = sorted(info.started_at.date() for info in sessions)
    return "\n".join((f"{dates[0].isoformat()} … {dates[-1].isoformat()}", *lines))
