"""What a running session tells of itself: its status, its fault, and one line for the user."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_monitor.contracts import CaptureState, Frame, LiveStatus
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.analysis import AnalysisWorker
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.capture_records import CaptureStatus
from classroom_monitor.live.parts import SessionPlan
from classroom_monitor.live.recorder import Recorder


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """Reads a session's parts; any thread may call any method."""

    plan: SessionPlan
    capture: CaptureSupervisor
    analysis: AnalysisWorker
    recorder: Recorder

    def fault(self) -> EnvironmentProblem | None:
        """Return what ended the session, if a problem did."""
        return self.recorder.fault or self.analysis.fault or self.capture.status().fault

    def status(self, running: bool) -> LiveStatus:
        """Return how the session is doing right now."""
        capture, now_s = self.capture.status(), self.capture.now_s() or 0.0
        return LiveStatus(
            capture=capture.state if running else CaptureState.ENDED,
            fps_captured=capture.fps,
            fps_analysed=self.analysis.meter.rate(now_s),
            latency_ms=self.analysis.meter.latency_ms(now_s),
            lost=capture.lost,
            skipped=capture.skipped + self.analysis.skipped,
            engine=self.analysis.engine,
            finder=self.analysis.finder,
            message=self._message(capture, running),
            model=self.plan.model,
            scored_hz=self.analysis.meter.scored_hz(now_s),
            effort=self.analysis.effort,
        )

    def _message(self, capture: CaptureStatus, running: bool) -> str:
        if fault := self.fault():
            return str(fault)
        if running and not self.analysis.loaded:
            return "Loading the models"
        if problem := self.recorder.recorded.problem:
            return f"Not saved for now, kept in memory and tried again: {problem}"
        if not running:
            return ""
        trouble = self.analysis.trouble or self.recorder.trouble
        return capture.message or trouble or self.analysis.engine_notice or self._size_notice()

    def _size_notice(self) -> str:
        """Say that the camera doesn't have the resolution that it was asked for."""
        asked, frame = self.plan.resolution, self.capture.latest_frame()
        if asked == "auto" or frame is None or _size(frame) == asked:
            return ""
        return (
            f"{self.plan.source} gives {_size(frame)} pixels instead of {asked}: it doesn't have "
            "that resolution, or another program holds it at this one"
        )


def _size(frame: Frame) -> str:
    height_px, width_px = frame.image_bgr.shape[:2]
    return f"{width_px}x{height_px}"
