"""Sessions made without a window: of recordings, as fast as it goes, and of cameras for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from classroom_monitor.contracts import Frame, SessionWriter, TimelinePoint
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.decoder import Decoder
from classroom_monitor.live.parts import Analyser, SessionParts, SessionPlan
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.timeline import TimelineBuilder

FIRST_PICTURE_S = 20.0
"""A live source that gives no picture for this long at the start is a problem, not a gap."""

STOP_S = 20.0
_POLL_S = 0.2

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


def analyse_recording(request: RecordingRequest, progress: Progress) -> RecordingResult:
    """Analyse one recording and save its session; returns when it is complete.

    Looks at the first frame at or after each 1 / rate_hz of the recording's own clock, however
    long a look takes, so the same recording gives the same timeline on every machine. Recordings
    carry no trustworthy date (a file's is that of its last copy), so started_at is the moment of
    the analysis.

    The session begins with the first frame, so a file without one leaves nothing behind. Each
    second is committed as it is finished; a process that dies, or KeyboardInterrupt, leaves a
    session that opens as interrupted. Raises CameraProblem, BundleProblem or StoreProblem.
    """
    parts, plan = request.parts, request.plan
    with closing(Decoder(parts.make_camera, request.rate_hz)) as decoder:
        first = decoder.next_frame()
        if first is None:
            raise CameraProblem(f"{plan.source} holds no picture: check that it is a video")
        with closing(parts.make_analyser()) as analyser, closing(parts.open_store()) as store:
            started_at = parts.clocks.now()
            writer = store.begin(plan.begun(started_at, analyser.engine))
            timeline = TimelineBuilder(plan.group_minimum, plan.counts_only, started_at)
            run = _Run(decoder, analyser, timeline, writer)
            seconds = run.to_end(first, progress)
            return RecordingResult(
                session=writer.session_id,
                source=plan.source,
                frames=decoder.frames,
                seconds=seconds,
                engine=analyser.engine,
                mode=plan.mode,
            )


def record_live(request: RecordingRequest, seconds: float, progress: Progress) -> RecordingResult:
    """Run a live session for so many seconds from its first picture, and save it.

    It looks at frames as fast as this machine can: rate_hz is not used. It ends early where its
    source is a recording that ends. KeyboardInterrupt ends and saves it, too, and is raised
    again. Raises CameraProblem where no picture comes, or the problem that ended the session.
    """
    plan, parts = request.plan, request.parts
    session = LiveSession(plan, parts, length_s=seconds)
    session.start()
    try:
        _wait(session, seconds, progress)
    finally:
        session.stop(STOP_S)
    last = session.snapshot()
    if last.fault is not None:
        raise last.fault
    if last.session_id is None:
        raise CameraProblem(f"{plan.source}: nothing could be recorded: {last.status.message}")
    return RecordingResult(
        session=last.session_id,
        source=plan.source,
        frames=session.frames,
        seconds=len(last.points),
        engine=last.status.engine,
        mode=plan.mode,
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """The parts of one recording's analysis, all used by the calling thread."""

    decoder: Decoder
    analyser: Analyser
    timeline: TimelineBuilder
    writer: SessionWriter

    def to_end(self, first: Frame, progress: Progress) -> int:
        """Analyse all frames, save each finished second, and return how many there are."""
        seconds = 0
        frame: Frame | None = first
        while frame is not None:
            look = self.analyser.analyse(frame).look
            seconds += self._save(self.timeline.add(look))
            progress(frame.captured_at_s, self.decoder.duration_s)
            frame = self.decoder.next_frame()
        seconds += self._save(self.timeline.finish(self.decoder.last_at_s))
        self.writer.finish()
        progress(self.decoder.last_at_s, self.decoder.duration_s)
        return seconds

    def _save(self, points: list[TimelinePoint]) -> int:
        if points:
            self.writer.append(points)
        return len(points)


def _wait(session: LiveSession, seconds: float, progress: Progress) -> None:
    """Return when the time is up or the session is over. Raises CameraProblem."""
    asked_s: float | None = None
    while not session.wait(_POLL_S):
        elapsed_s = session.elapsed_s
        if elapsed_s is not None:
            progress(min(elapsed_s, seconds), seconds)
            if elapsed_s >= seconds:
                return
        elif session.loaded:
            asked_s = asked_s or time.monotonic()
            if time.monotonic() - asked_s > FIRST_PICTURE_S:
                message = session.snapshot().status.message
                raise CameraProblem(f"{message} (waited for {FIRST_PICTURE_S:.0f} s)")
