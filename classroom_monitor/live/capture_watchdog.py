"""The watchdog behind capture: listens to one reader at a time and replaces it when it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable

from classroom_monitor.contracts import Camera, CaptureState, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.capture_listener import CaptureListener
from classroom_monitor.live.capture_reader import CaptureReader
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.leniency import Leniency
from classroom_monitor.live.slot import Slot

logger = logging.getLogger(__name__)

_INTERNAL = (
    "Capture from {source} stopped by a fault in the program; start it again, or see the log"
)
_FAILED = "Capture from {source} failed by a fault in the program, which is in the log"
_OVERSLEPT_S = 0.5
_SLOW = 3.0  # so many of a source's intervals without a picture are no accident
_STILL_ON = "{source} does not answer and may still be on: unplug it to be sure"


class CaptureWatchdog(CaptureListener):
    """What goes on behind a CaptureSupervisor, in its thread (run) and in the readers' (on_...)."""

    def __init__(
        self,
        camera_factory: Callable[[], Camera],
        slot: Slot[Frame],
        settings: CaptureSettings,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(slot, clock)
        self._camera_factory = camera_factory
        self._settings = settings
        self._leniency = Leniency("Capture", clock)
        self.readers: list[CaptureReader] = []

    def run(self) -> None:
        """Keep the source open until stopping, its end or a fault; then close the slot."""
        try:
            with self.changed:
                self._supervise()
        except Exception:
            logger.exception("The watchdog of %s failed", self.board.source)
            with self.changed:
                self._give_up(CameraProblem(_INTERNAL.format(source=self.board.source)))
        finally:
            self._slot.close()

    def _supervise(self) -> None:
        pause_s = self._settings.backoff_min_s
        while (reader := self._next_reader()) is not None:
            trouble = self._watch(reader)
            if trouble is None:
                return
            if not trouble:
                if self._heard is None:
                    self._rest()
                continue
            self._heard = None
            logger.info("%s", trouble)
            self._set_state(CaptureState.LOST, f"{trouble} (trying again)")
            if reader.frames:
                pause_s = self._settings.backoff_min_s
            if reader not in self._overtaken:
                self.changed.wait_for(self._has_news, pause_s)
                pause_s = min(2 * pause_s, self._settings.backoff_max_s)

    def _next_reader(self) -> CaptureReader | None:
        """Start a reader as soon as few enough hang in their drivers; None when stopping.

        Where an earlier one has given a frame meanwhile, it is the next.
        """
        while not self._has_news() and not self._has_room():
            self.changed.wait()
        while self._paused and not self.stopping:
            self._rest()
        if self.stopping:
            return None
        if self._heard is not None:
            return self._heard
        reader = CaptureReader(self._camera_factory, self)
        self.readers.append(reader)
        self._heard = reader
        reader.calling_since_s = self._clock()
        try:
            reader.start()
        except RuntimeError as error:  # no thread to be had: tried again like a lost camera
            reader.problem = CameraProblem(
                f"The source cannot be opened ({error}): close other programs"
            )
            reader.finished = True
        return reader

    def _rest(self) -> None:
        """Wait until a paused source is wanted again, and its readers have closed it.

        One that hangs in its driver is said, because the camera's light stays on then.
        """
        limit_s = self._settings.stall_timeout_s
        self._show_paused("")
        if not self.changed.wait_for(lambda: self._is_closed() or self._goes_on(), limit_s):
            self._show_paused(_STILL_ON.format(source=self.board.source or "The camera"))
        self.changed.wait_for(lambda: self._is_closed() or self._goes_on())
        self._show_paused("")
        self.changed.wait_for(self._goes_on)
        self.changed.wait_for(lambda: self._is_closed() or self._paused or self.stopping, limit_s)

    def _show_paused(self, message: str) -> None:
        if self._paused:
            self._set_state(CaptureState.PAUSED, message)

    def _has_news(self) -> bool:
        """Whether there is something to do other than to open the source again."""
        return self.stopping or self._paused or self._heard is not None

    def _goes_on(self) -> bool:
        return self.stopping or not self._paused

    def _is_closed(self) -> bool:
        return all(reader.finished for reader in self.readers)

    def _has_room(self) -> bool:
        self.readers = [reader for reader in self.readers if not reader.finished]
        return len(self.readers) < self._settings.max_readers

    def _watch(self, reader: CaptureReader) -> str | None:
        """Wait until a reader is in trouble and return which; None when there's nothing to do.

        Returns "" for a reader that is no longer heard: because of a pause, or since one that it
        had overtaken was the first to give a frame.
        """
        while not self.stopping:
            if self._heard is not reader:
                return ""
            if reader.finished:
                return self._settle(reader)
            patience_s = None if self._paused else self._patience_s(reader)
            if patience_s is not None and patience_s <= 0:
                if self._settings.overlap_s is not None:
                    self._overtaken.append(reader)
                return f"{reader.source or 'The camera'} does not answer"
            asked_s = self._clock()
            self.changed.wait(patience_s)
            if patience_s is not None and self._clock() - asked_s > patience_s + _OVERSLEPT_S:
                self._excuse(reader)
        return None

    def _excuse(self, reader: CaptureReader) -> None:
        """Give a reader a little time: the whole program has slept, not only its camera."""
        if reader.calling_since_s is not None:
            logger.info("The program was held up for a while")
            limit_s = self._stall_s if reader.frames else 0.0
            reader.calling_since_s = self._clock() - limit_s

    @property
    def _stall_s(self) -> float:
        """How long a running source may be silent: one that is slow by itself, longer."""
        return max(self._settings.stall_timeout_s, _SLOW * self.board.usual_interval_s)

    def _patience_s(self, reader: CaptureReader) -> float | None:
        """Return how long to wait before looking at a reader again; 0 or less: not any more."""
        settings = self._settings
        if reader.calling_since_s is None:
            return settings.stall_timeout_s  # a frame is being handed on
        silent_s = self._clock() - reader.calling_since_s
        if reader.frames == 0 and reader.is_live:
            return self._opening_s() - silent_s
        limit_s = self._stall_s if reader.frames else settings.open_timeout_s
        if silent_s < limit_s:
            return limit_s - silent_s
        self._set_state(CaptureState.STALLED, f"{reader.source} has stopped giving pictures")
        return limit_s + settings.backoff_min_s - silent_s if reader.is_live else None

    def _opening_s(self) -> float:
        """How long a live source's opening is waited for before the next one begins."""
        overlap_s, ran_before = self._settings.overlap_s, self.board.clock.frames > 0
        return self._settings.open_timeout_s if overlap_s is None or not ran_before else overlap_s

    def _settle(self, reader: CaptureReader) -> str | None:
        """Draw the conclusion from a finished reader: the trouble to mend, or None: all over."""
        if reader.ended:
            self._set_state(CaptureState.ENDED, "")
            return None
        if reader.is_live and reader.problem is not None:
            return str(reader.problem)
        if reader.is_live and reader.bug is not None and self._leniency.forgives(reader.bug):
            return _FAILED.format(source=reader.source or "the camera")
        self._give_up(reader.problem or CameraProblem(_INTERNAL.format(source=reader.source)))
        return None

    def _give_up(self, problem: CameraProblem) -> None:
        self.board.fault = problem
        self._set_state(CaptureState.LOST, str(problem))
