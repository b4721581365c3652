"""Runs slow calls beside the window and brings their results back to its thread.

Each call has a thread of its own, a daemon, so that a driver that never answers (a camera list, a
network folder) holds up neither the other calls nor the end of the program.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Job(Generic[T]):
    """One call under way; a cancelled job still runs, but nobody hears of its result."""

    def __init__(
        self,
        name: str,
        work: Callable[[], T],
        on_result: Callable[[T], None],
        on_failure: Callable[[Exception], None],
    ) -> None:
        self.name = name
        self.work = work
        self.on_result = on_result
        self.on_failure = on_failure
        self.cancelled = False

    def cancel(self) -> None:
        """Ignore the result, because the user has asked for something else by now."""
        self.cancelled = True


class Background(QObject):
    """Starts jobs; their results and failures arrive in the thread that this object lives in."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finished.connect(self.on_finished)

    def run(
        self,
        name: str,
        work: Callable[[], T],
        on_result: Callable[[T], None],
        on_failure: Callable[[Exception], None],
    ) -> Job[T]:
        """Call work in a thread named name, then on_result or on_failure in this object's one."""
        job = Job(name, work, on_result, on_failure)
        threading.Thread(target=self._execute, args=(job,), name=name, daemon=True).start()
        return job

    def _execute(self, job: Job[T]) -> None:
        deliver: Callable[[], None]
        try:
            deliver = partial(job.on_result, job.work())
        except Exception as error:  # noqa: BLE001 - the outer edge of a thread; shown to the user
            deliver = partial(job.on_failure, error)
        try:
            self._finished.emit(job, deliver)
        except RuntimeError:
            logger.debug("%s finished after the window was gone", job.name)

    @Slot(object, object)
    def on_finished(self, job: Job[T], deliver: Callable[[], None]) -> None:
        """Hand a job's outcome on, unless it was cancelled meanwhile."""
        if not job.cancelled:
            deliver()
