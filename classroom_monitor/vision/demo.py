"""The demo: a built-in lecture as a camera, for a machine without one.

Nothing of the chain is told what the students feel like: their faces are found and classified
like anybody's. demo_schedule says what they were given to wear, for drawing and for tests.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from classroom_monitor.contracts import EndOfRecording, Float32Array, Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.steady_clock import steady_s
from classroom_monitor.vision.demo_room import STUDENTS, Room

DEMO_TITLE = "Demo lecture"
"""What a session of the demo is called."""

PERIOD_S = 60.0
"""The script of moods in seconds; a longer demo repeats it, a shorter one runs it faster."""

LIVE_RATE_HZ = 15.0
RECORDING_RATE_HZ = 10.0

# Thirds of the script: a relaxed room, a cheerful one, a displeased one.
_PHASE_LEVELS = (0.0, 1.0, -1.0)
# In each phase some students keep a face of their own, so that the mix is never pure.
_OTHERS = ({2: 1.0, 7: -1.0}, {4: 0.0, 9: 0.0}, {1: 0.0, 10: 0.0})
_NOT_OPEN = "The demo lecture is not open: start it again"
_CHANGE = 0.02  # of the script, for one face to change
_SPREAD = 0.03  # of the script, from the first face that changes to the last


def demo_levels(t_s: float, period_s: float = PERIOD_S) -> Float32Array:
    """Return each student's expression at a time, (students,) from -1 (frown) to 1 (smile)."""
    place = (t_s / period_s) % 1.0
    phases = len(_PHASE_LEVELS)
    phase = min(int(place * phases), phases - 1)
    since = place - phase / phases
    starts = _SPREAD * (np.arange(STUDENTS) * 5 % STUDENTS) / STUDENTS
    done = np.clip((since - starts) / _CHANGE, 0, 1)
    if t_s < period_s / phases:
        done[:] = 1.0  # at the start of the lecture nobody comes from an earlier mood
    now, before = _phase_levels(phase), _phase_levels((phase - 1) % phases)
    return np.asarray(before + done * (now - before), np.float32)


def demo_schedule(t_s: float, period_s: float = PERIOD_S) -> tuple[float, float, float]:
    """Return the shares of students who frown, are relaxed and smile at a time."""
    levels = demo_levels(t_s, period_s)
    negative, positive = float((levels < -0.5).mean()), float((levels > 0.5).mean())
    return negative, 1 - negative - positive, positive


def _phase_levels(phase: int) -> Float32Array:
    levels = np.full(STUDENTS, _PHASE_LEVELS[phase], np.float32)
    for student, level in _OTHERS[phase].items():
        levels[student] = level
    return levels


class DemoCamera:
    """A lecture made of pictures that come with the program; implements contracts.Camera.

    Without a duration it is live: frames come by the real clock until it is closed. With one it
    is a recording of that many seconds, read as fast as the machine draws it.
    """

    def __init__(
        self,
        duration_s: float | None = None,
        rate_hz: float | None = None,
        clock: Callable[[], float] = steady_s,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take a duration in seconds for a recording; clock and sleep serve the live lecture."""
        self._duration_s = duration_s
        default_hz = LIVE_RATE_HZ if duration_s is None else RECORDING_RATE_HZ
        self._rate_hz = rate_hz or default_hz
        self._clock = clock
        self._sleep = sleep
        self._room: Room | None = None
        self._next_index = 0
        self._at_s = 0.0
        self._started_s = 0.0
        self._due_s = 0.0

    @property
    def name(self) -> str:
        """What the demo is called."""
        return DEMO_TITLE

    @property
    def is_live(self) -> bool:
        """True without a duration."""
        return self._duration_s is None

    @property
    def duration_s(self) -> float | None:
        """The seconds asked for, None for the live lecture."""
        return self._duration_s

    def open(self) -> None:
        """Draw the room. Raises CameraProblem where the portrait is missing."""
        self._room = Room()
        self._next_index = 0
        self._started_s = self._clock()
        self._due_s = 0.0

    def read(self) -> Frame:
        """Return the next frame. Raises EndOfRecording, or CameraProblem when not open."""
        self.advance()
        return self.current()

    def advance(self) -> float:
        """Go on to the next frame and return its captured_at_s; only current draws it.

        Raises EndOfRecording, or CameraProblem when not open.
        """
        if self._room is None:
            raise CameraProblem(_NOT_OPEN)
        at_s = self._wait() if self._duration_s is None else self._next_index / self._rate_hz
        if self._duration_s is not None and at_s >= self._duration_s:
            raise EndOfRecording
        self._next_index += 1
        self._at_s = at_s
        return at_s

    def current(self) -> Frame:
        """Return the frame that advance went to. Raises CameraProblem when not open."""
        if self._room is None:
            raise CameraProblem(_NOT_OPEN)
        levels = demo_levels(self._at_s, min(PERIOD_S, self._duration_s or PERIOD_S))
        image_bgr = self._room.frame(self._at_s, levels.tolist())
        return Frame(self._next_index - 1, self._at_s, image_bgr)

    def close(self) -> None:
        """Forget the pictures; harmless when it isn't open."""
        self._room = None

    def _wait(self) -> float:
        """Wait until the next frame is due and return its time since the first, in seconds."""
        if self._next_index == 0:
            self._started_s = self._clock()
        wait_s = self._started_s + self._due_s - self._clock()
        if wait_s > 0:
            self._sleep(wait_s)
        at_s = 0.0 if self._next_index == 0 else self._clock() - self._started_s
        interval_s = 1 / self._rate_hz
        self._due_s += interval_s
        if self._due_s < at_s:  # late by more than a frame: no hurrying to catch up
            self._due_s = at_s + interval_s
        return at_s
