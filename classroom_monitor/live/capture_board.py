"""What is known of a source while it is captured."""

from __future__ import annotations

from collections.abc import Collection

from classroom_monitor.contracts import CaptureState, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.capture_clock import FrameClock, FrameCounts
from classroom_monitor.live.capture_records import CaptureStatus


class CaptureBoard:
    """State, message, newest frame, time axis and counts of one source.

    Not thread safe: whoever has it holds a lock around every use.
    """

    def __init__(self) -> None:
        self.state = CaptureState.OPENING
        self.message = "Opening the source"
        self.source = ""
        self.fault: CameraProblem | None = None
        self.latest: Frame | None = None
        self.clock = FrameClock()
        self._counts = FrameCounts()

    def set_state(self, state: CaptureState, message: str) -> bool:
        """Take over a state and its message; False where they are the present ones."""
        if (state, message) == (self.state, self.message):
            return False
        self.state, self.message = state, message
        return True

    @property
    def is_over(self) -> bool:
        """Whether no frame will come any more: the recording ended, or there is a fault."""
        return self.state is CaptureState.ENDED or self.fault is not None

    def is_settled(self, states: Collection[CaptureState]) -> bool:
        """Tell whether the state is one of these, or can't become one any more."""
        return self.state in states or self.fault is not None

    def keep_frame(self, placed: Frame, *, is_live: bool, is_first: bool) -> None:
        """Count a frame that the clock has placed, and keep it as the newest.

        is_first tells the first frame since the source was opened.
        """
        self.latest = placed
        self._counts.add(placed.captured_at_s, is_live=is_live, is_first=is_first)

    @property
    def usual_interval_s(self) -> float:
        """The usual time between two frames; 0 while it isn't known."""
        return self._counts.usual_s

    def rest(self) -> None:
        """Forget the newest frame, and don't count those as lost that a pause leaves out."""
        self.latest = None
        self._counts.rest()

    def status(self, monotonic_s: float, skipped: int) -> CaptureStatus:
        """Return all that is known, at this time of the monotonic clock."""
        now_s = self.clock.now_s(monotonic_s)
        return CaptureStatus(
            state=self.state,
            source=self.source,
            message=self.message,
            fps=0.0 if now_s is None else self._counts.fps(now_s),
            lost=self._counts.lost,
            skipped=skipped,
            fault=self.fault,
        )
