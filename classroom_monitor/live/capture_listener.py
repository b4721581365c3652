"""Takes what the reader of a source reports, and holds it back while the source is paused."""

from __future__ import annotations

import threading
from collections.abc import Callable

from classroom_monitor.contracts import CaptureState, Frame
from classroom_monitor.live.capture_board import CaptureBoard
from classroom_monitor.live.capture_reader import CaptureReader
from classroom_monitor.live.slot import Slot

_LATE_S = 0.25  # a recording shown later than this is played on from here instead of hurried


class CaptureListener:
    """Hears one reader of a source at a time, and hands its frames on; implements ReaderOwner.

    changed guards everything but the slot, and is notified at each change of state.
    """

    def __init__(self, slot: Slot[Frame], clock: Callable[[], float]) -> None:
        self._slot = slot
        self._clock = clock
        self._heard: CaptureReader | None = None  # what any other reader delivers is dropped
        self._overtaken: list[CaptureReader] = []  # heard again if they are the first with a frame
        self._paused = False
        self.changed = threading.Condition()
        self.board = CaptureBoard()
        self.stopping = False

    def pause(self) -> None:
        """Hear no frame until resume: a live source's reader closes it, a recording's waits."""
        with self.changed:
            if self._paused or self.board.is_over:
                return
            self._paused = True
            if self._heard is not None and self._heard.is_live:
                self._heard = None
            self._overtaken.clear()
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
            self._hear_again(reader)
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
            self._overtaken.clear()
            self._set_state(CaptureState.RUNNING, "")
            return True

    def on_finished(self, reader: CaptureReader) -> None:
        """Note that a reader's camera is closed (reader's thread)."""
        with self.changed:
            reader.finished = True
            self.changed.notify_all()

    def _hear_again(self, reader: CaptureReader) -> None:
        if reader in self._overtaken and not self.stopping:
            self._heard = reader
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

    def _set_state(self, state: CaptureState, message: str) -> None:
        if self.board.set_state(state, message):
            self.changed.notify_all()
