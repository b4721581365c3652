"""The thread that owns a live session's models."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from classroom_monitor.contracts import Frame, Look, Track
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.meters import WorkMeter
from classroom_monitor.live.parts import Analyser
from classroom_monitor.live.slot import Slot, SlotClosed

logger = logging.getLogger(__name__)

IDLE_S = 0.25
"""How long the thread waits for a frame before it says that none has come."""


class AnalysisOwner(Protocol):
    """Who an analysis worker reports to; every call comes from the worker's thread."""

    def on_loaded(self) -> None:
        """The models are loaded: frames are wanted now."""

    def on_first_frame(self, engine: str) -> None:
        """The first frame has been captured: the session begins."""

    def on_look(self, look: Look) -> None:
        """A frame was analysed."""

    def on_idle(self, now_s: float) -> None:
        """No frame was waiting at this moment on the session's clock."""

    def on_over(self) -> None:
        """No look will come any more: the frames ended, or there is a fault."""


class AnalysisWorker:
    """Analyses the newest frame again and again, as fast as it goes.

    The attributes may be read by any thread: engine and finder are "" until the models are
    loaded, tracks belong to the frame that was analysed last, and fault is set where an error
    ended the analysis.
    """

    def __init__(
        self,
        make_analyser: Callable[[], Analyser],
        slot: Slot[Frame],
        now_s: Callable[[], float | None],
        owner: AnalysisOwner,
    ) -> None:
        """Take the maker of the models, the frames, and the clock on which frames are dated."""
        self.engine = ""
        self.finder = ""
        self.tracks: tuple[Track, ...] = ()
        self.fault: EnvironmentProblem | None = None
        self.meter = WorkMeter()
        self._make_analyser = make_analyser
        self._slot = slot
        self._now_s = now_s
        self._owner = owner
        self._thread = threading.Thread(target=self._run, name="analysis", daemon=True)

    def start(self) -> None:
        """Start the thread; the models load in it."""
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Wait until the models are closed; False after timeout_s, with a line in the log.

        The thread ends by itself once its slot is closed, after the call it is in.
        """
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            logger.warning("analysis did not end within %.1f s and is left behind", timeout_s)
            return False
        return True

    def _run(self) -> None:
        try:
            self._analyse()
        except EnvironmentProblem as problem:
            logger.warning("analysis stopped: %s", problem)
            self.fault = problem
        except Exception as error:
            logger.exception("analysis stopped")
            self.fault = EnvironmentProblem(
                f"analysis stopped by an error in the program ({type(error).__name__}: {error}): "
                "the session up to here is saved; start a new one to go on"
            )
        finally:
            self.tracks = ()
            self._owner.on_over()

    def _analyse(self) -> None:
        analyser = self._make_analyser()
        try:
            self.engine, self.finder = analyser.engine, analyser.finder
            self._owner.on_loaded()
            self._look_until_closed(analyser)
        finally:
            analyser.close()

    def _look_until_closed(self, analyser: Analyser) -> None:
        begun = False
        while True:
            now_s = self._now_s()
            if now_s is not None and not begun:
                begun = True
                self._owner.on_first_frame(analyser.engine)
            try:
                frame = self._slot.take(IDLE_S)
            except SlotClosed:
                return
            if frame is not None:
                self._look_at(frame, analyser)
            elif now_s is not None:
                self._owner.on_idle(now_s)

    def _look_at(self, frame: Frame, analyser: Analyser) -> None:
        analysis = analyser.analyse(frame)
        done_s = self._now_s()
        if done_s is not None:
            self.meter.count(done_s, done_s - frame.captured_at_s)
        self.tracks = analysis.tracks
        self._owner.on_look(analysis.look)
