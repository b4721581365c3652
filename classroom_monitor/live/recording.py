"""Recordings to saved sessions, as fast as this machine can."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.parts import SessionParts, SessionPlan

Progress = Callable[[float, float | None], None]
"""Called with the seconds done so far, and the length of the whole where it is known."""


@dataclass(frozen=True, slots=True)
class RecordingRequest:
    """A recording to analyse: the session to make, and how many frames a second to look at."""

    plan: SessionPlan
    parts: SessionParts
    rate_hz: float


@dataclass(frozen=True, slots=True)
class RecordingResult:
    """A saved session and what it took.

    session is its id in the store, frames how many frames were read from the source (those that
    were passed over included), seconds how many points the timeline has.
    """

    session: int
    source: str
    frames: int
    seconds: int
    engine: str
    mode: str


@dataclass(frozen=True, slots=True)
class RecordingProblem:
    """A recording that could not be analysed, and the line that says why."""

    source: str
    problem: EnvironmentProblem


def analyse_recording(request: RecordingRequest, progress: Progress) -> RecordingResult:
    """Analyse one recording and save its session; returns when it is complete.

    Looks at the first frame at or after each 1 / rate_hz of the recording's own clock, so the
    same recording gives the same timeline on every machine. Recordings carry no trustworthy date
    (a file's is that of its last copy), so started_at is the moment of analysis.

    The session begins with the first frame, so a file without one leaves nothing behind. Each
    second is committed as it is finished; a process that dies, or KeyboardInterrupt, leaves a
    session that opens as interrupted. Raises CameraProblem, BundleProblem or StoreProblem.
    """
    raise NotImplementedError


def analyse_recordings(
    requests: Sequence[RecordingRequest], progress_of: Callable[[str], Progress]
) -> tuple[list[RecordingResult], list[RecordingProblem]]:
    """Analyse several recordings, one after the other; a bad one doesn't stop the others.

    progress_of gives the progress callback for a source. StoreProblem is raised, not collected:
    without a store the others would fail as well.
    """
    raise NotImplementedError


def record_live(request: RecordingRequest, seconds: float, progress: Progress) -> RecordingResult:
    """Run a live session from a camera or stream for so many seconds and save it.

    rate_hz is not used: a live session looks at frames as fast as it can. Raises CameraProblem
    where no picture came, or the problem that ended the session.
    """
    raise NotImplementedError
