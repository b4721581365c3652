"""Capture that survives its camera: a source that fails, hangs or goes is opened again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection

from classroom_monitor.contracts import Camera, CaptureState, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.capture_clock import FrameClock, FrameCounts
from classroom_monitor.live.capture_reader import CaptureReader
from classroom_monitor.live.capture_records import DEVICE_SETTINGS, CaptureSettings, CaptureStatus
from classroom_monitor.live.slot import Slot

logger = logging.getLogger(__name__)

_INTERNAL = (
    "Capture from {source} stopped by a fault in the program; start it again, or see the log"
)
_LATE_S = 0.25  # a recording shown later than this is played on from here instead of hurried


class CaptureSupervisor:
    """Keeps frames coming from one source, whatever its driver does.

    A reader thread makes the blocking calls; a watchdog thread sees when they take too long,
    leaves that reader behind and opens the source anew, again and again, until stop. A source
    that is missing at the start is waited for in the same way. A recording is played in real
    time by its own clock, once; it is never reopened, so its problems are final (fault).

    Each frame is put into the slot, where the newest wins, and never waits for its taker. The
    frames of all openings share one axis of seconds and one count of indices (Frame): an outage
    is missing seconds on it. The slot is closed when the recording has ended, at a fault and
    at stop. All methods may be called from any thread.
    """

    def __init__(
        self,
        camera_factory: Callable[[], Camera],
        slot: Slot[Frame],
        settings: CaptureSettings = DEVICE_SETTINGS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what makes a closed camera (called once an opening, from the reader's thread)."""
        self._camera_factory = camera_factory
        self._slot = slot
        self._settings = settings
        self._clock = clock
        self._changed = threading.Condition()  # guards everything below
        self._watchdog = threading.Thread(target=self._run, name="capture-watchdog", daemon=True)
        self._stopping = False
        self._readers: list[CaptureReader] = []  # unfinished ones; only the last is listened to
        self._state = CaptureState.OPENING
        self._source = ""
        self._message = "Opening the source"
        self._fault: CameraProblem | None = None
        self._latest: Frame | None = None
        self._frame_clock = FrameClock()
        self._counts = FrameCounts()

    def start(self) -> None:
        """Begin to open the source and return at once; a supervisor is started only once."""
        self._watchdog.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Stop capturing, and wait at most timeout_s for the camera to be closed.

        No frame is delivered after this returns. Returns False, and logs it, where a reader was
        still inside its driver and had to be left behind; it closes the camera by itself if
        the driver ever returns. Harmless when repeated.
        """
        deadline_s = time.monotonic() + timeout_s
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
            readers = list(self._readers)
        self._slot.close()
        if self._watchdog.is_alive():
            self._watchdog.join(timeout_s)
        for reader in readers[-1:]:
            reader.join(max(0.0, deadline_s - time.monotonic()))
        left = [reader for reader in readers if not reader.join(0.0)]
        if left:
            logger.warning("Left behind in the driver of %s: %d threads", self._source, len(left))
        return not left and not self._watchdog.is_alive()

    def status(self) -> CaptureStatus:
        """Return how the source is doing right now."""
        with self._changed:
            now_s = self._frame_clock.now_s(self._clock())
            return CaptureStatus(
                state=self._state,
                source=self._source,
                message=self._message,
                fps=0.0 if now_s is None else self._counts.fps(now_s),
                lost=self._counts.lost,
                skipped=self._slot.skipped,
                fault=self._fault,
            )

    def latest_frame(self) -> Frame | None:
        """Return the newest captured frame, taken from the slot or not; None before the first."""
        with self._changed:
            return self._latest

    def now_s(self) -> float | None:
        """Return the present moment on the frames' axis; None before the first frame.

        It goes on while the source is lost. Less a frame's captured_at_s it is the frame's age.
        """
        with self._changed:
            return self._frame_clock.now_s(self._clock())

    def wait_for(self, states: Collection[CaptureState], timeout_s: float) -> bool:
        """Wait until the source is in one of these states; False at timeout, fault or stop."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._state in states or self._fault is not None or self._stopping,
                timeout_s,
            )
            return self._state in states

    # ------------------------------------------------------------------ the reader's reports

    def on_calling(self, reader: CaptureReader) -> None:
        """Note when a call into the driver began (reader's thread)."""
        with self._changed:
            reader.calling_since_s = self._clock()

    def on_frame(self, reader: CaptureReader, frame: Frame) -> bool:
        """Hand on a frame, unless its reader was left behind (reader's thread)."""
        with self._changed:
            reader.calling_since_s = None
            if not self._place_in_time(reader, frame):
                return False
            reader.frames += 1
            self._latest = self._frame_clock.place(frame)
            self._counts.add(self._latest.captured_at_s, is_live=reader.is_live)
            self._slot.put(self._latest)
            self._source = reader.source
            self._set_state(CaptureState.RUNNING, "")
            return True

    def on_finished(self, reader: CaptureReader) -> None:
        """Note that a reader's camera is closed (reader's thread)."""
        with self._changed:
            reader.finished = True
            self._changed.notify_all()

    def _is_heard(self, reader: CaptureReader) -> bool:
        return not self._stopping and self._readers[-1:] == [reader]

    def _place_in_time(self, reader: CaptureReader, frame: Frame) -> bool:
        """Wait until a recording's frame is due; False where nobody wants it any more."""
        if not self._is_heard(reader):
            return False
        if reader.is_live:
            if reader.frames == 0:
                self._frame_clock.begin(frame, self._clock())
            return True
        due_s = self._frame_clock.due_s(frame)
        while due_s is not None and (early_s := due_s - self._clock()) > 0:
            self._changed.wait(early_s)
            if not self._is_heard(reader):
                return False
        if due_s is None or self._clock() > due_s + _LATE_S:
            self._frame_clock.shift_to(frame, self._clock())
        return True

    # ------------------------------------------------------------------ the watchdog

    def _run(self) -> None:
        try:
            with self._changed:
                self._supervise()
        except Exception:
            logger.exception("The watchdog of %s failed", self._source)
            with self._changed:
                self._give_up(CameraProblem(_INTERNAL.format(source=self._source)))
        finally:
            self._slot.close()

    def _supervise(self) -> None:
        pause_s = self._settings.backoff_min_s
        while (reader := self._next_reader()) is not None:
            trouble = self._watch(reader)
            if trouble is None:
                return
            logger.info("%s", trouble)
            self._set_state(CaptureState.LOST, f"{trouble} (trying again)")
            if reader.frames:
                pause_s = self._settings.backoff_min_s
            self._changed.wait_for(lambda: self._stopping, pause_s)
            pause_s = min(2 * pause_s, self._settings.backoff_max_s)

    def _next_reader(self) -> CaptureReader | None:
        """Start a reader as soon as few enough hang in their drivers; None when stopping."""
        self._changed.wait_for(lambda: self._stopping or self._has_room())
        if self._stopping:
            return None
        reader = CaptureReader(self._camera_factory, self)
        self._readers.append(reader)
        reader.start()
        return reader

    def _has_room(self) -> bool:
        self._readers = [reader for reader in self._readers if not reader.finished]
        return len(self._readers) < self._settings.max_readers

    def _watch(self, reader: CaptureReader) -> str | None:
        """Wait until a reader is in trouble and return which; None when there's nothing to do."""
        while not self._stopping:
            self._source = reader.source or self._source
            if reader.finished:
                return self._settle(reader)
            patience_s = self._patience_s(reader)
            if patience_s is not None and patience_s <= 0:
                return f"{reader.source or 'The camera'} does not answer"
            self._changed.wait(patience_s)
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
        self._fault = problem
        self._set_state(CaptureState.LOST, str(problem))

    def _set_state(self, state: CaptureState, message: str) -> None:
        if (state, message) != (self._state, self._message):
            self._state, self._message = state, message
            self._changed.notify_all()
