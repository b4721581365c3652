"""Sessions made without a window: of recordings, as fast as it goes, and of cameras for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace

from classroom_monitor.contracts import SessionWriter, TimelinePoint
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.decoder import Decoder
from classroom_monitor.live.parts import Analysis, SessionParts, SessionPlan, StoreConnection
from classroom_monitor.live.pipeline import Pipeline
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.timeline import TimelineBuilder

FIRST_PICTURE_S = 20.0
"""A live source that gives no picture for this long at the start is a problem, not a gap."""

WARM_UP_S = 10.0
"""An interrupted session goes on from so long before its end, so that by then the faces are found
and followed again and their moods have settled."""

STOP_S = 20.0
_POLL_S = 0.2

Progress = Callable[[float, float | None], None]
"""Called with the seconds done so far, and the length of the whole where it is known."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A stored session of the same recording to go on with: its id and its finished seconds."""

    session_id: int
    seconds: int

    @property
    def from_s(self) -> float:
        """From where on frames are looked at."""
        return max(0.0, self.seconds - WARM_UP_S)


@dataclass(frozen=True, slots=True)
class RecordingRequest:
    """A source to make a session of, and how many frames a second of a recording to look at.

    job tells sessions of the same recording, options and models from others; it is stored with the
    session, so that an interrupted one can be found again and be handed in as interrupted.
    """

    plan: SessionPlan
    parts: SessionParts
    rate_hz: float = 5.0
    job: str = ""
    interrupted: Interrupted | None = None


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

    The session begins with the first analysed frame, so a file without one leaves nothing behind.
    Each second is committed as it is finished; a process that dies, or KeyboardInterrupt, leaves a
    session that opens as interrupted. An interrupted one is gone on with where its stored seconds
    end; tracks and moods are not stored, so those few seconds are looked at again without being
    counted. Raises CameraProblem, BundleProblem or StoreProblem.
    """
    parts, resumed = request.parts, request.interrupted
    from_s = resumed.from_s if resumed else 0.0
    decoder = Decoder(parts.make_camera, request.rate_hz, from_s)
    with closing(Pipeline(decoder, parts)) as pipeline:
        while resumed and not pipeline.ready(_POLL_S):
            progress(decoder.last_at_s, decoder.duration_s)  # decoded, but not looked at
        first = pipeline.next_analysis()
        if first is None and resumed is None:
            raise CameraProblem(f"{request.plan.source} holds no picture: check that it is a video")
        with closing(parts.open_store()) as store:
            run = _begin(request, store, decoder, pipeline)
            run.to_end(first, progress)
            return RecordingResult(
                session=run.writer.session_id,
                source=request.plan.source,
                frames=decoder.frames,
                seconds=run.seconds,
                engine=pipeline.engine,
                mode=request.plan.mode,
            )


def _begin(
    request: RecordingRequest, store: StoreConnection, decoder: Decoder, pipeline: Pipeline
) -> _Run:
    """Start the session, or go on with the interrupted one."""
    plan, resumed = request.plan, request.interrupted
    if resumed is not None:
        stored = store.resume(resumed.session_id, pipeline.engine)
        timeline = TimelineBuilder(
            plan.group_minimum, plan.counts_only, stored.started_at, stored.points
        )
        return _Run(decoder, pipeline, timeline, stored.writer, len(stored.points))
    started_at = request.parts.clocks.now()
    writer = store.begin(replace(plan.begun(started_at, pipeline.engine), job=request.job))
    timeline = TimelineBuilder(plan.group_minimum, plan.counts_only, started_at)
    return _Run(decoder, pipeline, timeline, writer)


def record_live(request: RecordingRequest, progress: Progress, seconds: float) -> RecordingResult:
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


@dataclass(slots=True)
class _Run:
    """One recording's analysis, saved by the calling thread; seconds counts what is stored."""

    decoder: Decoder
    pipeline: Pipeline
    timeline: TimelineBuilder
    writer: SessionWriter
    seconds: int = 0

    def to_end(self, first: Analysis | None, progress: Progress) -> None:
        """Take all analyses and save each finished second."""
        analysis = first
        while analysis is not None:
            self._save(self.timeline.add(analysis.look))
            progress(analysis.look.at_s, self.decoder.duration_s)
            analysis = self.pipeline.next_analysis()
        self._save(self.timeline.finish(self.decoder.last_at_s))
        self.writer.finish()
        progress(self.decoder.last_at_s, self.decoder.duration_s)

    def _save(self, points: list[TimelinePoint]) -> None:
        if points:
            self.writer.append(points)
            self.seconds += len(points)


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
