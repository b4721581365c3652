"""A running live session: the threads from camera to store, and the snapshot the window draws."""

from __future__ import annotations

import logging
import math
import threading
import time
from datetime import timedelta

from classroom_monitor.contracts import CaptureState, Frame, LiveSnapshot, Look
from classroom_monitor.live.analysis import AnalysisWorker
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.governor import COUNTING_LEVELS, LEVELS, Governor
from classroom_monitor.live.parts import SessionParts, SessionPlan
from classroom_monitor.live.recorder import Recorder
from classroom_monitor.live.session_status import SessionStatus
from classroom_monitor.live.slot import Slot

logger = logging.getLogger(__name__)

SETTLE_S = 0.5
"""A frame is in its slot this long after its capture at the latest; a second closes after that."""

CAPTURE_STOP_S = 2.0

PAUSED_MARK, RESUMED_MARK = "Paused", "Resumed"
"""The markers at the ends of a pause."""


class LiveSession:
    """Captures, analyses and records until it is stopped, faults, or its recording ends.

    Four owners: the capture thread has the camera, the following and the scoring thread a model
    each, the recorder thread the timeline and the store. The camera is opened once the models are
    loaded, so that a session's first second is looked at like the others. The session's clock
    starts with the first captured frame, when it is begun in the store, and goes on while the
    camera is lost or paused.

    Every method but wait and stop returns at once. Any thread may call any, but the on_ methods
    are for the session's own threads only.
    """

    def __init__(self, plan: SessionPlan, parts: SessionParts, length_s: float = math.inf) -> None:
        """Take what to record and the makers of what it takes; nothing is opened yet.

        Nothing from after length_s is recorded; it is for the caller to stop then.
        """
        self._length_s = length_s
        self._plan = plan
        self._clocks = parts.clocks
        slot: Slot[Frame] = Slot()
        self._capture = CaptureSupervisor(
            parts.make_camera, slot, parts.capture, parts.clocks.monotonic_s
        )
        governor = Governor(COUNTING_LEVELS if plan.counts_only else LEVELS)
        self._analysis = AnalysisWorker(parts, slot, self._capture.now_s, self, governor)
        self._recorder = Recorder(
            parts.open_store, self._capture.now_s, self._stop_capture, parts.refuges
        )
        self._status = SessionStatus(plan, self._capture, self._analysis, self._recorder)
        self._pause_lock = threading.Lock()
        self._paused = False
        self._stop_lock = threading.Lock()
        self._started = False
        self._stopping = False
        self._stopped_at_s = 0.0

    @property
    def elapsed_s(self) -> float | None:
        """Seconds since the first captured frame; None before it."""
        return self._capture.now_s()

    @property
    def loaded(self) -> bool:
        """Whether the models are loaded and the camera is asked for pictures."""
        return self._analysis.loaded

    @property
    def frames(self) -> int:
        """How many frames have been captured."""
        return self._capture.frames

    def start(self) -> None:
        """Start the threads; models, camera and store are opened in them."""
        self._started = True
        self._recorder.start()
        self._analysis.start()

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state; cheap enough for every repaint."""
        running = not self._recorder.finished
        paused = self._paused and running
        recorded = self._recorder.recorded
        return LiveSnapshot(
            session_id=recorded.session_id,
            running=running,
            frame=None if paused else self._capture.latest_frame(),
            tracks=() if paused else self._analysis.tracks,
            points=recorded.points,
            markers=recorded.markers,
            status=self._status.status(running),
            fault=self._status.fault(),
            segments=recorded.segments,
            paused=paused,
        )

    def mark(self, text: str) -> None:
        """Set a marker at the present moment of the session; at its start before that."""
        self._recorder.mark(self.elapsed_s or 0.0, text)

    def start_segment(self, title: str) -> None:
        """Start a segment at the present moment of the session; at its start before that."""
        self._recorder.start_segment(self.elapsed_s or 0.0, title)

    def pause(self) -> None:
        """Look no more until resume, and close the camera; the session's clock goes on.

        A marker says so, once there is a second to mark. Harmless when repeated.
        """
        with self._pause_lock:
            if not self._paused:
                self._paused = True
                self._capture.pause()
                self._note(PAUSED_MARK)

    def resume(self) -> None:
        """Open the camera again and look on; harmless when not paused."""
        with self._pause_lock:
            if self._paused:
                self._note(RESUMED_MARK)
                self._paused = False
                self._capture.resume()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the session is over and saved; False after timeout_s."""
        return self._recorder.wait(timeout_s)

    def stop(self, timeout_s: float) -> bool:
        """End the session and save it; False if a thread had to be left behind.

        Stops producers first: capture, analysis, last write, store. What was recorded is saved
        even where a camera or a model hangs. Harmless when repeated.
        """
        deadline_s = time.monotonic() + timeout_s
        with self._stop_lock:
            if not self._started:
                return True
            if not self._stopping:
                self._stopped_at_s = self._end_s()
                self._stopping = True
            captured = self._capture.stop(min(CAPTURE_STOP_S, timeout_s / 4))
            analysed = self._analysis.join(max(0.0, deadline_s - time.monotonic()) / 2)
            self._recorder.end(self._stopped_at_s)
            recorded = self._recorder.join(max(0.0, deadline_s - time.monotonic()))
        if not recorded:
            logger.warning("the recorder did not end within %.1f s and is left behind", timeout_s)
        return captured and analysed and recorded

    def on_loaded(self) -> None:
        """Open the camera, unless the session was stopped while the models loaded."""
        if not self._stopping:
            self._capture.start()

    def on_first_frame(self, engine: str) -> None:
        """Begin the session in the store."""
        started_at = self._clocks.now() - timedelta(seconds=self.elapsed_s or 0.0)
        self._recorder.begin(self._plan.begun(started_at, engine))

    def on_look(self, look: Look) -> None:
        """Record a look."""
        if look.at_s < self._length_s:
            self._recorder.add(look)

    def on_idle(self, now_s: float) -> None:
        """Let seconds pass while the camera gives nothing."""
        self._recorder.advance(min(now_s - SETTLE_S, self._length_s))

    def on_over(self) -> None:
        """Wind up after the last look, whoever ended the session."""
        at_s = self._stopped_at_s if self._stopping else self._end_s()
        if not self._stopping:
            self._stop_capture()
        self._recorder.end(at_s)

    def _note(self, text: str) -> None:
        if self.elapsed_s is not None:
            self.mark(text)

    def _end_s(self) -> float:
        """When the session ends if it ends now: a recording with its last frame."""
        newest = self._capture.latest_frame()
        if newest is not None and self._capture.status().state is CaptureState.ENDED:
            return newest.captured_at_s
        return min(self.elapsed_s or 0.0, self._length_s)

    def _stop_capture(self) -> None:
        self._capture.stop(CAPTURE_STOP_S)
