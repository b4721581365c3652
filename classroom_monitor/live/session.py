"""A running live session: the threads from camera to store, and the snapshot the window draws."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

from classroom_monitor.contracts import (
    CaptureState,
    Frame,
    LiveSnapshot,
    LiveStatus,
    Look,
)
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.analysis import AnalysisWorker
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.capture_records import CaptureStatus
from classroom_monitor.live.parts import SessionParts, SessionPlan
from classroom_monitor.live.recorder import Recorder
from classroom_monitor.live.slot import Slot

logger = logging.getLogger(__name__)

SETTLE_S = 0.5
"""A frame is in its slot this long after its capture at the latest; a second closes after that."""

CAPTURE_STOP_S = 2.0


class LiveSession:
    """Captures, analyses and records until it is stopped, faults, or its recording ends.

    Three owners: the capture thread has the camera, the analysis thread the models, the recorder
    thread the timeline and the store. A session's clock starts with its first captured frame and
    goes on while the camera is lost. It is stored from the moment at which there are a frame and
    loaded models; the seconds that the models took are gaps.

    start, snapshot and mark return at once. Every method may be called from any thread, the on_
    methods by the session's own threads only.
    """

    def __init__(self, plan: SessionPlan, parts: SessionParts) -> None:
        """Take what to record and the makers of what it takes; nothing is opened yet."""
        self._plan = plan
        self._clocks = parts.clocks
        slot: Slot[Frame] = Slot()
        self._capture = CaptureSupervisor(
            parts.make_camera, slot, parts.capture, parts.clocks.monotonic_s
        )
        self._analysis = AnalysisWorker(parts.make_analyser, slot, self._capture.now_s, self)
        self._recorder = Recorder(parts.open_store, self._capture.now_s, self._stop_capture)
        self._stop_lock = threading.Lock()
        self._started = False
        self._stopped_at_s: float | None = None

    @property
    def elapsed_s(self) -> float | None:
        """Seconds since the first captured frame; None before it."""
        return self._capture.now_s()

    @property
    def frames(self) -> int:
        """How many frames have been captured."""
        newest = self._capture.latest_frame()
        return 0 if newest is None else newest.index + 1

    def start(self) -> None:
        """Start the threads; camera, models and store are opened in them."""
        self._started = True
        self._recorder.start()
        self._analysis.start()
        self._capture.start()

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state; cheap enough for every repaint."""
        running = not self._recorder.finished
        capture = self._capture.status()
        fault = self._fault(capture)
        return LiveSnapshot(
            session_id=self._recorder.session_id,
            running=running,
            frame=self._capture.latest_frame(),
            tracks=self._analysis.tracks,
            points=self._recorder.points,
            markers=self._recorder.markers,
            status=self._status(capture, fault, running),
            fault=fault,
        )

    def mark(self, text: str) -> None:
        """Set a marker at the present moment of the session; at its start before that."""
        self._recorder.mark(self.elapsed_s or 0.0, text)

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
            if self._stopped_at_s is None:
                self._stopped_at_s = self._end_s()
            captured = self._capture.stop(min(CAPTURE_STOP_S, timeout_s / 4))
            analysed = self._analysis.join((deadline_s - time.monotonic()) / 2)
            self._recorder.end(self._stopped_at_s)
            recorded = self._recorder.join(max(0.0, deadline_s - time.monotonic()))
        if not recorded:
            logger.warning("the recorder did not end within %.1f s and is left behind", timeout_s)
        return captured and analysed and recorded

    def on_ready(self, engine: str) -> None:
        """Begin the session in the store."""
        started_at = self._clocks.now() - timedelta(seconds=self.elapsed_s or 0.0)
        self._recorder.begin(self._plan.begun(started_at, engine))

    def on_look(self, look: Look) -> None:
        """Record a look."""
        self._recorder.add(look)

    def on_idle(self, now_s: float) -> None:
        """Let seconds pass while the camera gives nothing."""
        self._recorder.advance(now_s - SETTLE_S)

    def on_over(self) -> None:
        """Wind up after the last look, whoever ended the session."""
        at_s = self._end_s()
        if self._stopped_at_s is None:
            self._stop_capture()
        self._recorder.end(at_s)

    def _end_s(self) -> float:
        """When the session ends if it ends now: a recording with its last frame."""
        if self._stopped_at_s is not None:
            return self._stopped_at_s
        newest = self._capture.latest_frame()
        if newest is not None and self._capture.status().state is CaptureState.ENDED:
            return newest.captured_at_s
        return self.elapsed_s or 0.0

    def _stop_capture(self) -> None:
        self._capture.stop(CAPTURE_STOP_S)

    def _fault(self, capture: CaptureStatus) -> EnvironmentProblem | None:
        return self._recorder.fault or self._analysis.fault or capture.fault

    def _status(
        self, capture: CaptureStatus, fault: EnvironmentProblem | None, running: bool
    ) -> LiveStatus:
        now_s = self.elapsed_s or 0.0
        return LiveStatus(
            capture=capture.state if running else CaptureState.ENDED,
            fps_captured=capture.fps,
            fps_analysed=self._analysis.meter.rate(now_s),
            latency_ms=self._analysis.meter.latency_ms(now_s),
            lost=capture.lost,
            skipped=capture.skipped,
            engine=self._analysis.engine,
            finder=self._analysis.finder,
            message=self._message(capture, fault),
        )

    def _message(self, capture: CaptureStatus, fault: EnvironmentProblem | None) -> str:
        if fault is not None:
            return str(fault)
        if problem := self._recorder.store_problem:
            return f"Not saved for now, kept in memory and tried again: {problem}"
        if capture.message:
            return capture.message
        return "" if self._analysis.engine else "Loading the models"
