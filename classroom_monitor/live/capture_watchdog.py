"""The watchdog behind capture: listens to one reader at a time and replaces it when it fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from classroom_monitor.contracts import Camera, CaptureState, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.capture_board import CaptureBoard
from classroom_monitor.live.capture_reader import CaptureReader
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.slot import Slot

logger = logging.getLogger(__name__)

_INTERNAL = (
    "Capture from {source} stopped by a fault in the program; start it again, or see the log"
)
_LATE_S = 0.25  # a recording shown later than this is played on from here instead of hurried


class CaptureWatchdog:
    """What goes on behind a CaptureSupervisor, in its thread (run) and in the readers' (on_...).

    changed guards everything but the slot, and is notified at each change of state.
    """

    def __init__(
        self,
        camera_factory: Callable[[], Camera],
        slot: Slot[Frame],
        settings: CaptureSettings,
        clock: Callable[[], float],
    ) -> None:
        self._camera_factory = camera_factory
        self._slot = slot
        self._settings = settings
        self._clock = clock
        self._heard: CaptureReader | None = None  # what any other reader delivers is dropped
        self.changed = threading.Condition()
        self.board = CaptureBoard()
        self.readers: list[CaptureReader] = []
        self.stopping = False
        self._paused = False

    def pause(self) -> None:
        """Hear no frame until resume: a live source's reader closes it, a recording's waits."""
        with self.changed:
            if self._paused or self.board.is_over:
                return
            self._paused = True
            if self._heard is not None and self._heard.is_live:
                self._heard = None
            self.board.rest()
            self._set_state(CaptureState.PAUSED, "")
            self.changed.notify_all()

    def resume(self) -> None:
        """Open the source again, or let the recording go on."""
        with self.changed:
            if self._paused:
                self._paused = False
                self._set_state(CaptureState.OPENING, "Opening the source")
                self.changed.notify_all()

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
            self._heard = None
            if not trouble:
                self._rest()
                continue
            logger.info("%s", trouble)
            self._set_state(CaptureState.LOST, f"{trouble} (trying again)")
            if reader.frames:
                pause_s = self._settings.backoff_min_s
            self.changed.wait_for(lambda: self.stopping or self._paused, pause_s)
            pause_s = min(2 * pause_s, self._settings.backoff_max_s)

    def _next_reader(self) -> CaptureReader | None:
        """Start a reader as soon as few enough hang in their drivers; None when stopping."""
        while not self.stopping and (self._paused or not self._has_room()):
            if self._paused:
                self._rest()
            else:
                self.changed.wait()
        if self.stopping:
            return None
        reader = CaptureReader(self._camera_factory, self)
        self.readers.append(reader)
        self._heard = reader
        reader.calling_since_s = self._clock()
        reader.start()
        return reader

    def _rest(self) -> None:
        """Wait until a paused source is wanted again, and its last reader has closed it."""
        if self._paused:
            self._set_state(CaptureState.PAUSED, "")
        self.changed.wait_for(lambda: self.stopping or not self._paused)
        self.changed.wait_for(
            lambda: self.stopping or self._paused or all(r.finished for r in self.readers),
            self._settings.stall_timeout_s,
        )

    def _has_room(self) -> bool:
        self.readers = [reader for reader in self.readers if not reader.finished]
        return len(self.readers) < self._settings.max_readers

    def _watch(self, reader: CaptureReader) -> str | None:
        """Wait until a reader is in trouble and return which; None when there's nothing to do.

        Returns "" for a reader that is no longer heard, because of a pause.
        """
        while not self.stopping:
            if self._heard is not reader:
                return ""
            if reader.finished:
                return self._settle(reader)
            patience_s = None if self._paused else self._patience_s(reader)
            if patience_s is not None and patience_s <= 0:
                return f"{reader.source or 'The camera'} does not answer"
            self.changed.wait(patience_s)
        return None

    def _patience_s(self, reader: CaptureReader) -> float | None:
        """Return how long to wait before looking at a reader again; 0 or less: not any more."""
        settings = self._settings
        if reader.calling_since_s is None:
            return settings.stall_timeout_s  # a frame is being handed on
        silent_s = self._clock() - reader.calling_since_s
        if reader.frames == 0 and reader.is_live:
            return settings.open_timeout_s - silent_s
        limit_s = settings.stall_timeout_s if reader.frames else settings.open_timeout_s
        if silent_s < limit_s:
            return limit_s - silent_s
        self._set_state(CaptureState.STALLED, f"{reader.source} has stopped giving pictures")
        return limit_s + settings.backoff_min_s - silent_s if reader.is_live else None

    def _settle(self, reader: CaptureReader) -> str | None:
        """Draw the conclusion from a finished reader: the trouble to mend, or None: all over."""
        if reader.ended:
            self._set_state(CaptureState.ENDED, "")
            return None
        if reader.problem is not None and reader.is_live:
            return str(reader.problem)
        self._give_up(reader.problem or CameraProblem(_INTERNAL.format(source=reader.source)))
        return None

    def _give_up(self, problem: CameraProblem) -> None:
        self.board.fault = problem
        self._set_state(CaptureState.LOST, str(problem))

    def _set_state(self, state: CaptureState, message: str) -> None:
        if self.board.set_state(state, message):
            self.changed.notify_all()

    # ------------------------------------------------------------------ the reader's reports

    def on_calling(self, reader: CaptureReader) -> None:
        """Note when a call into the driver began (reader's thread)."""
        with self.changed:
            reader.calling_since_s = self._clock()
            if reader.source and self._is_heard(reader):
                self.board.source = reader.source

    def on_frame(self, reader: CaptureReader, frame: Frame) -> bool:
        """Hand on a frame, unless its reader was left behind (reader's thread)."""
        with self.changed:
            reader.calling_since_s = None
            is_first = reader.frames == 0
            if not self._is_wanted(reader, frame):
                return False
            self.board.source = reader.source
            if reader.is_live:
                placed = self.board.clock.place_live(frame, self._clock(), is_first=is_first)
            else:
                placed = self.board.clock.place_recorded(frame)
            self.board.keep_frame(placed, is_live=reader.is_live, is_first=is_first)
            self._slot.put(placed)
            reader.frames += 1
            self._set_state(CaptureState.RUNNING, "")
            return True

    def on_finished(self, reader: CaptureReader) -> None:
        """Note that a reader's camera is closed (reader's thread)."""
        with self.changed:
            reader.finished = True
            self.changed.notify_all()

    def _is_heard(self, reader: CaptureReader) -> bool:
        return not self.stopping and self._heard is reader

    def _is_wanted(self, reader: CaptureReader, frame: Frame) -> bool:
        """Tell whether anybody listens to a reader; waits until a recording's frame is due."""
        if reader.is_live or not self._is_heard(reader):
            return self._is_heard(reader)
        due_s = self._due_s(reader, frame)
        while due_s is not None and (early_s := due_s - self._clock()) > 0:
            self.changed.wait(early_s)
            if not self._is_heard(reader):
                return False
            due_s = self._due_s(reader, frame)
        if due_s is None or self._clock() > due_s + _LATE_S:
            self.board.clock.shift_to(frame, self._clock())
        return self._is_heard(reader)

    def _due_s(self, reader: CaptureReader, frame: Frame) -> float | None:
        """When a recording's frame is due; where it is paused, the moment at which it goes on."""
        if self._paused:
            self.changed.wait_for(lambda: not (self._paused and self._is_heard(reader)))
            self.board.clock.go_on_at(frame, self._clock())
        return self.board.clock.due_s(frame)
