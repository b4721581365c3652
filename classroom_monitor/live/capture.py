"""Capture that survives its camera: a source that fails, hangs or goes is opened again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection

from classroom_monitor.contracts import Camera, CaptureState, Frame
from classroom_monitor.live.capture_records import DEVICE_SETTINGS, CaptureSettings, CaptureStatus
from classroom_monitor.live.capture_watchdog import CaptureWatchdog
from classroom_monitor.live.slot import Slot
from classroom_monitor.steady_clock import steady_s

logger = logging.getLogger(__name__)


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
        clock: Callable[[], float] = steady_s,
    ) -> None:
        """Take what makes a closed camera (called once an opening, from the reader's thread)."""
        self._slot = slot
        self._clock = clock
        self._watchdog = CaptureWatchdog(camera_factory, slot, settings, clock)
        self._thread = threading.Thread(
            target=self._watchdog.run, name="capture-watchdog", daemon=True
        )

    def start(self) -> None:
        """Begin to open the source and return at once; a supervisor is started only once."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Stop capturing, and wait at most timeout_s for the camera to be closed.

        No frame is delivered after this returns. Returns False, and logs it, where a reader was
        still inside its driver and had to be left behind; it closes the camera by itself if
        the driver ever returns. Harmless when repeated.
        """
        deadline_s = time.monotonic() + timeout_s
        with self._watchdog.changed:
            self._watchdog.stopping = True
            self._watchdog.changed.notify_all()
            readers = list(self._watchdog.readers)
            source = self._watchdog.board.source
        self._slot.close()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        for reader in readers[-1:]:
            reader.join(max(0.0, deadline_s - time.monotonic()))
        left = [reader for reader in readers if not reader.join(0.0)]
        if left:
            logger.warning("%d threads were left inside the driver of %s", len(left), source)
        return not left and not self._thread.is_alive()

    def pause(self) -> None:
        """Close a live source, or hold a recording, until resume; returns at once.

        No frame is delivered after this returns, and latest_frame is None. The frames' axis goes
        on. Harmless when repeated, and before start.
        """
        self._watchdog.pause()

    def resume(self) -> None:
        """Open a paused source again; harmless when it isn't paused."""
        self._watchdog.resume()

    def status(self) -> CaptureStatus:
        """Return how the source is doing right now."""
        with self._watchdog.changed:
            return self._watchdog.board.status(self._clock(), self._slot.skipped)

    def latest_frame(self) -> Frame | None:
        """Return the newest captured frame, taken from the slot or not; None before the first.

        None as well from a pause to the first frame after it.
        """
        with self._watchdog.changed:
            return self._watchdog.board.latest

    @property
    def frames(self) -> int:
        """How many frames have been captured."""
        with self._watchdog.changed:
            return self._watchdog.board.clock.frames

    def now_s(self) -> float | None:
        """Return the present moment on the frames' axis; None before the first frame.

        It goes on while the source is lost. Less a frame's captured_at_s it is the frame's age.
        """
        with self._watchdog.changed:
            return self._watchdog.board.clock.now_s(self._clock())

    def wait_for(self, states: Collection[CaptureState], timeout_s: float) -> bool:
        """Wait until the source is in one of these states; False at timeout, fault or stop."""
        with self._watchdog.changed:
            self._watchdog.changed.wait_for(
                lambda: self._watchdog.board.is_settled(states) or self._watchdog.stopping,
                timeout_s,
            )
            return self._watchdog.board.state in states
