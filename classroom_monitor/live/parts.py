"""What app.py hands to this package: how to make a camera, the models and a store, and clocks.

Factories and not objects, because each is owned by the one thread that makes, uses and closes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from classroom_monitor.contracts import (
    Camera,
    Frame,
    Look,
    NewSession,
    Resolution,
    ResumedSession,
    SessionWriter,
    Track,
)
from classroom_monitor.live.capture_records import DEVICE_SETTINGS, CaptureSettings
from classroom_monitor.steady_clock import steady_s

if TYPE_CHECKING:
    from classroom_monitor.vision.follower import Effort, Followed


class Analysis(Protocol):
    """What one analysed frame gives: the look for the timeline, the tracks for the picture."""

    @property
    def look(self) -> Look:
        """What the frame says about the room."""

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The faces on screen."""


class Follower(Protocol):
    """The first half of an analysis: finds faces, follows them, and cuts those to be scored.

    Not thread safe: one thread makes, uses and closes it. Making one loads models and may take
    seconds; it remembers the faces of the session that it was made for. effort may be replaced
    by any thread; the next frame goes by it.
    """

    effort: Effort

    @property
    def finder(self) -> str:
        """The face finder as the status line names it."""

    def follow(self, frame: Frame) -> Followed:
        """Find and follow the faces of the next frame."""

    def close(self) -> None:
        """Free the models; the follower is not used afterwards."""


class Scorer(Protocol):
    """The second half: scores followed faces. One thread makes, uses and closes it."""

    @property
    def engine(self) -> str:
        """The classifier's engine as status line, store and JSON name it."""

    @property
    def engine_notice(self) -> str:
        """What the user is to know of the engine, or "": that another one failed, say."""

    def score(self, followed: Followed) -> Analysis:
        """Score the faces of the next frame that was followed."""

    def close(self) -> None:
        """Free the models; the scorer is not used afterwards."""


class StoreConnection(Protocol):
    """A connection to the session store; used by the thread that opened it."""

    def begin(self, new: NewSession) -> SessionWriter:
        """Start a session. Raises StoreProblem."""

    def resume(self, session_id: int, engine: str) -> ResumedSession:
        """Go on writing an interrupted session, with this engine. Raises StoreProblem."""

    def close(self) -> None:
        """Close the connection; a session that was not finished then counts as interrupted."""


@dataclass(frozen=True, slots=True)
class Refuge:
    """Another folder whose store takes a session that its own store doesn't."""

    folder: Path
    open_store: Callable[[], StoreConnection]


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as it was asked for, before anything runs; see NewSession for the fields.

    resolution is what is asked of its camera, "auto" for sources of which nothing can be.
    """

    title: str
    source: str
    mode: str
    group_minimum: int
    counts_only: bool
    model: str = ""
    course: str = ""
    resolution: Resolution = "auto"

    def begun(self, started_at: datetime, engine: str) -> NewSession:
        """Return the session to store, once its start and its engine are known."""
        return NewSession(
            title=self.title,
            source=self.source,
            started_at=started_at,
            mode=self.mode,
            engine=engine,
            group_minimum=self.group_minimum,
            counts_only=self.counts_only,
            model=self.model,
            course=self.course,
        )


def _local_now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two clocks: monotonic_s for durations, now (with its offset) for stored stamps."""

    monotonic_s: Callable[[], float] = steady_s
    now: Callable[[], datetime] = _local_now


@dataclass(frozen=True, slots=True)
class SessionParts:
    """Makers of a session's parts; each is called in the thread that will own the part.

    make_camera returns a closed camera, which its reader opens. Every maker may raise an
    EnvironmentProblem.
    """

    make_camera: Callable[[], Camera]
    make_follower: Callable[[], Follower]
    make_scorer: Callable[[], Scorer]
    open_store: Callable[[], StoreConnection]
    refuges: tuple[Refuge, ...] = ()
    capture: CaptureSettings = DEVICE_SETTINGS
    clocks: Clocks = Clocks()
