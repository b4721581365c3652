"""One time axis for a session's frames, and what can be counted on it."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from classroom_monitor.contracts import Frame

_RATE_WINDOW_S = 3.0
_INTERVALS = 32  # a camera that slows down in the dark is taken at its new rate after half of these
_FEWEST_INTERVALS = 8
_SETTLING_S = 1.0
_STEP_S = 1e-6  # frames of one moment keep their order


class FrameClock:
    """Puts the frames of one source, opened any number of times, on one axis of seconds.

    The axis starts at 0 with the first frame. A live source's clock starts again with each
    opening, so its frames are placed by the monotonic clock: an outage is as long on the axis
    as it was in the room. A recording keeps its own times; where it is played late, the axis
    is shifted with it, as a player does; where it is paused, it goes on that much later on the
    axis. Not thread safe.
    """

    def __init__(self) -> None:
        self._origin_s: float | None = None  # monotonic time of 0 on the axis
        self._offset_s = 0.0  # of the present opening's times on the axis
        self._next_index = 0
        self._last_at_s = -math.inf

    def now_s(self, monotonic_s: float) -> float | None:
        """Return a monotonic time's place on the axis, None before the first frame."""
        return None if self._origin_s is None else monotonic_s - self._origin_s

    def due_s(self, frame: Frame) -> float | None:
        """Return the monotonic time at which a recording's frame is to be shown; None: now."""
        return None if self._origin_s is None else self._origin_s + self._recorded_s(frame)

    def place_recorded(self, frame: Frame) -> Frame:
        """Return a recording's frame with its index on the axis."""
        return self._place(frame, self._recorded_s(frame))

    def shift_to(self, frame: Frame, monotonic_s: float) -> None:
        """Make this the moment at which a recording's frame is shown."""
        self._origin_s = monotonic_s - self._recorded_s(frame)

    def go_on_at(self, frame: Frame, monotonic_s: float) -> None:
        """Put a recording's frame at this moment of the axis, which has gone on meanwhile."""
        if self._origin_s is not None:
            self._offset_s = monotonic_s - self._origin_s - frame.captured_at_s

    def place_live(self, frame: Frame, monotonic_s: float, *, is_first: bool) -> Frame:
        """Return a live source's frame, delivered at this moment, on the axis.

        The first since the source was opened is put at this moment, the others relative to it,
        though never into the future.
        """
        if self._origin_s is None:
            self._origin_s = monotonic_s
        now_s = monotonic_s - self._origin_s
        if is_first:
            self._offset_s = now_s - frame.captured_at_s
        at_s = min(frame.captured_at_s + self._offset_s, now_s)
        return self._place(frame, max(at_s, self._last_at_s + _STEP_S))

    @property
    def frames(self) -> int:
        """How many frames have been placed."""
        return self._next_index

    def _recorded_s(self, frame: Frame) -> float:
        return frame.captured_at_s + self._offset_s

    def _place(self, frame: Frame, at_s: float) -> Frame:
        self._last_at_s = at_s
        self._next_index += 1
        return Frame(self._next_index - 1, at_s, frame.image_bgr)


class FrameCounts:
    """Counts captured and lost frames from their times on the axis. Not thread safe.

    Lost frames are an estimate, since no driver reports them: a gap counts as the frames that
    would have fitted into it at the median of the last intervals. Frames that follow a gap
    faster than that were late, not lost, and are taken off again.
    """

    def __init__(self) -> None:
        self._times_s: deque[float] = deque()
        self._intervals_s: deque[float] = deque(maxlen=_INTERVALS)
        self._begun_at_s = 0.0
        self._last_at_s: float | None = None
        self._perhaps_late = 0
        self.lost = 0

    def add(self, at_s: float, *, is_live: bool, is_first: bool) -> None:
        """Count a frame captured at this time, the first since its source was opened or not.

        Only a live source can lose frames. Its first second may hold frames that waited inside
        the driver; they say nothing of its rate.
        """
        interval_s = 0.0 if self._last_at_s is None else at_s - self._last_at_s
        if is_live:
            self._estimate_lost(interval_s)
        if is_first:
            self._begun_at_s = at_s
        elif at_s > self._begun_at_s + _SETTLING_S:
            self._intervals_s.append(interval_s)
        self._last_at_s = at_s
        self._times_s.append(at_s)
        self._forget(at_s)

    def rest(self) -> None:
        """Take what comes next for a beginning: what lies between was not to be captured."""
        self._last_at_s = None
        self._perhaps_late = 0

    @property
    def usual_s(self) -> float:
        """The median of the last intervals between frames; 0 while too few are known."""
        few = len(self._intervals_s) < _FEWEST_INTERVALS
        return 0.0 if few else median(self._intervals_s)

    def fps(self, now_s: float) -> float:
        """Return the frames per second over the last seconds before a time on the axis."""
        self._forget(now_s)
        if len(self._times_s) < 2:
            return 0.0
        span_s = max(now_s, self._times_s[-1]) - self._times_s[0]
        return (len(self._times_s) - 1) / span_s if span_s > 0 else 0.0

    def _estimate_lost(self, interval_s: float) -> None:
        usual_s = self.usual_s
        if not usual_s:
            return
        if interval_s < usual_s / 2:
            was_late = min(1, self._perhaps_late)
            self.lost -= was_late
            self._perhaps_late -= was_late
        else:
            self._perhaps_late = max(0, math.floor(interval_s / usual_s + 0.1) - 1)
            self.lost += self._perhaps_late

    def _forget(self, now_s: float) -> None:
        while self._times_s and self._times_s[0] < now_s - _RATE_WINDOW_S:
            self._times_s.popleft()
