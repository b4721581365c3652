"""A camera or stream recorded for a given time, without a window."""

from __future__ import annotations

from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.parts import SessionParts, SessionPlan
from classroom_monitor.live.recording import Progress, RecordingResult
from classroom_monitor.live.session import LiveSession

FIRST_PICTURE_S = 20.0
"""A source that gives no picture for this long at the start is a problem, not a gap."""

STOP_S = 20.0
_POLL_S = 0.2


def record_live(
    plan: SessionPlan, parts: SessionParts, seconds: float, progress: Progress
) -> RecordingResult:
    """Run a live session for so many seconds from its first picture, and save it.

    It looks at frames as fast as this machine can, and ends early where its source is a
    recording that ends. KeyboardInterrupt ends and saves it, too, and is raised again. Raises
    CameraProblem where no picture comes, or the problem that ended the session.
    """
    session = LiveSession(plan, parts)
    session.start()
    try:
        _wait(session, parts, seconds, progress)
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


def _wait(session: LiveSession, parts: SessionParts, seconds: float, progress: Progress) -> None:
    """Return when the time is up or the session is over. Raises CameraProblem."""
    started_s = parts.clocks.monotonic_s()
    while not session.wait(_POLL_S):
        elapsed_s = session.elapsed_s
        if elapsed_s is not None:
            progress(min(elapsed_s, seconds), seconds)
            if elapsed_s >= seconds:
                return
        elif parts.clocks.monotonic_s() - started_s > FIRST_PICTURE_S:
            message = session.snapshot().status.message or "no picture came"
            raise CameraProblem(f"{message} (waited for {FIRST_PICTURE_S:.0f} s)")
