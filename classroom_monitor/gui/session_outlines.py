"""Reads the outlines of the sessions in sight, one after the other, and keeps them."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.background import Background, Job
from classroom_monitor.gui.services import Services

OUTLINE_COLUMNS = 90
_MOST_KEPT = 2000
_MOST_WANTED = 40
"""More than a window shows at once."""

logger = logging.getLogger(__name__)

Outline = NDArray[np.float64]


class Outlines(QObject):
    """Answers at once with what it has; what it lacks is read beside the window, in the order
    asked for; of what was scrolled past long ago, nothing is read.

    An outline is (columns, 5): negative, neutral, positive, coverage, seen; NaN where missing.
    """

    ready = Signal(int)  # a session's id

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._kept: dict[int, tuple[int, Outline | None]] = {}
        self._wanted: dict[int, int] = {}
        self._reading: Job[Any] | None = None
        self._read_id = 0

    def get(self, info: SessionInfo) -> Outline | None:
        """Return a session's outline, or None while it isn't there: ready tells when it is.

        A session that has grown since is read again; its older outline is shown meanwhile.
        """
        seconds, outline = self._kept.get(info.session_id, (-1, None))
        if seconds != info.seconds and not (self._reading and self._read_id == info.session_id):
            while len(self._wanted) >= _MOST_WANTED:
                self._wanted.pop(next(iter(self._wanted)))
            self._wanted[info.session_id] = info.seconds
            self._read_next()
        return outline

    def forget(self, session_id: int) -> None:
        """Read an outline again when it is wanted, because seconds were left out, say."""
        if session_id in self._kept:
            self._kept[session_id] = (-1, self._kept[session_id][1])
            self.ready.emit(session_id)

    def on_read(self, session_id: int, seconds: int, outline: Outline) -> None:
        """Keep an outline."""
        self._reading = None
        while len(self._kept) >= _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[session_id] = (seconds, outline)
        self.ready.emit(session_id)
        self._read_next()

    def on_failed(self, session_id: int, seconds: int, error: Exception) -> None:
        """Go on without this outline; opening the session tells what is wrong with it."""
        logger.info("no outline of session %d: %s", session_id, error)
        self._reading = None
        self._kept[session_id] = (seconds, None)
        self._read_next()

    def _read_next(self) -> None:
        if self._reading is not None or not self._wanted:
            return
        session_id = self._read_id = next(iter(self._wanted))
        seconds = self._wanted.pop(session_id)
        self._reading = self._background.run(
            "outline",
            partial(self._services.outline, session_id, OUTLINE_COLUMNS),
            partial(self.on_read, session_id, seconds),
            partial(self.on_failed, session_id, seconds),
        )
