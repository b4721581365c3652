"""What the window needs from the rest of the program; app.py provides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from classroom_monitor.contracts import (
    CameraInfo,
    LiveSnapshot,
    Marker,
    Mode,
    SessionInfo,
    TimelinePoint,
)
from classroom_monitor.settings import Settings

DEMO_SOURCE = "demo"
"""The source that stands for the built-in lecture, in requests and in settings."""


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What the lecturer chose before pressing start.

    source is a camera's name or number, a path, a stream's address, or DEMO_SOURCE.
    """

    source: str
    title: str
    mode: Mode
    group_minimum: int


@dataclass(frozen=True, slots=True)
class ModelOption:
    """A model as the settings offer it.

    setting is what choosing it puts into Settings.model, "" for the default one. version is ""
    where it cannot be read. problem says why sessions cannot use it, "" if they can.
    """

    setting: str
    name: str
    version: str
    problem: str


class RunningSession(Protocol):
    """A live session as the window drives it. Every call returns at once, except stop."""

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state; cheap enough for every repaint."""

    def mark(self, text: str) -> None:
        """Set a marker at the present moment of the session."""

    def stop(self, timeout_s: float) -> bool:
        """End the session and save it; False if a thread had to be left behind.

        May take up to timeout_s: the window calls it off its own thread.
        """


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A saved session with all that its page shows."""

    info: SessionInfo
    points: tuple[TimelinePoint, ...]
    markers: tuple[Marker, ...]


class Services(Protocol):
    """The program behind the window. Calls that may take long say so; those run off its thread."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""

    def save_settings(self, settings: Settings) -> None:
        """Keep changed settings. Raises EnvironmentProblem."""

    def cameras(self) -> Sequence[CameraInfo]:
        """List this machine's cameras; may take seconds."""

    def models(self) -> Sequence[ModelOption]:
        """List the models there are, the default one first; reads all of them.

        Raises BundleProblem where a folder of models cannot be listed.
        """

    def check_model(self) -> str:
        """Return why sessions use the default model instead of the chosen one, or "".

        Reads the whole model.
        """

    def finders(self) -> Sequence[ModelOption]:
        """List what can find faces, the default first; reads the model that was added."""

    def check_finder(self) -> str:
        """Return why sessions use MediaPipe instead of the chosen finder, or "". Reads it."""

    def start(self, request: SessionRequest) -> RunningSession:
        """Begin a session. Returns at once: models and camera load in its own threads.

        A chosen model is verified first (20 MB take 20 ms), and the default one used in its place
        where it is missing or damaged.

        Raises EnvironmentProblem for what is known to be wrong before anything starts.
        """

    def sessions(self) -> Sequence[SessionInfo]:
        """List stored sessions, newest first; reads the disk. Raises StoreProblem."""

    def session(self, session_id: int) -> StoredSession:
        """Load a session; reads the disk. Raises StoreProblem."""

    def export_csv(self, session_id: int, path: Path) -> None:
        """Write a session's CSV and the JSON beside it. Raises EnvironmentProblem."""
