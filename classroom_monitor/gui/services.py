"""What the window needs from the rest of the program; app.py provides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import (
    Annotation,
    Annotations,
    CameraInfo,
    ExportFormat,
    ImportedSegment,
    LiveSnapshot,
    Marker,
    Mode,
    Resolution,
    RoomCheckSnapshot,
    SessionInfo,
    TimelinePoint,
)
from classroom_monitor.keeping import Overdue
from classroom_monitor.live.recording_queue import RecordingQueue
from classroom_monitor.sessions.store_copy import Restored
from classroom_monitor.settings import Settings

DEMO_SOURCE = "demo"
"""The source that stands for the built-in lecture, in requests and in settings."""


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What the lecturer chose before pressing start.

    source is a camera's name or number, a path, a stream's address, or DEMO_SOURCE. resolution is
    asked of a camera only; one that it doesn't have is said in the session's status.
    """

    source: str
    title: str
    mode: Mode
    group_minimum: int
    course: str = ""
    resolution: Resolution = "auto"


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


@dataclass(frozen=True, slots=True)
class RecordingChoices:
    """How recordings are analysed: rate_hz is how many of their frames a second are looked at."""

    mode: Mode
    group_minimum: int
    rate_hz: float
    course: str = ""


class RunningSession(Protocol):
    """A live session as the window drives it. Every call returns at once, except stop."""

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state; cheap enough for every repaint."""

    def mark(self, text: str) -> None:
        """Set a marker at the present moment of the session."""

    def start_segment(self, title: str) -> None:
        """Start a segment at the present moment of the session."""

    def pause(self) -> None:
        """Stop looking until resume: the camera is closed, so that its light goes off.

        The session's clock goes on: the seconds meanwhile are gaps, from a marker "Paused" to
        one "Resumed". Harmless when repeated.
        """

    def resume(self) -> None:
        """Look again after pause; harmless when not paused."""

    def stop(self, timeout_s: float) -> bool:
        """End the session and save it; False if a thread had to be left behind.

        May take up to timeout_s: the window calls it off its own thread.
        """


class RoomPreview(Protocol):
    """A room check as the window drives it: the camera's picture and its faces, no session."""

    def snapshot(self) -> RoomCheckSnapshot:
        """Return the newest state; cheap enough for every repaint."""

    def stop(self, timeout_s: float) -> bool:
        """End it and free the camera; False if a thread had to be left behind.

        May take up to timeout_s: the window calls it off its own thread.
        """


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A saved session with all that its page shows."""

    info: SessionInfo
    points: tuple[TimelinePoint, ...]
    annotations: Annotations

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The moments that the lecturer marked, by time."""
        return self.annotations.markers


class Services(Protocol):
    """The program behind the window. Calls that may take long say so; those run off its thread."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""

    def save_settings(self, settings: Settings) -> None:
        """Keep changed settings. Raises EnvironmentProblem."""

    def export_settings(self, settings: Settings, path: Path) -> None:
        """Write settings to a file that import_settings reads. Raises EnvironmentProblem."""

    def import_settings(self, path: Path) -> Settings:
        """Return a file's settings, with the statements of this computer; nothing is kept yet.

        Raises EnvironmentProblem.
        """

    def log_lines(self) -> Sequence[str]:
        """Return what this run has logged, oldest first."""

    def statements(self) -> Sequence[str]:
        """Return the statements on record, oldest first. Raises EnvironmentProblem."""

    def audit_lines(self) -> Sequence[str]:
        """Return what is in the audit log, oldest first. Raises EnvironmentProblem."""

    def save_diagnostics(self, path: Path) -> None:
        """Write a file for whoever helps, with nothing personal. Raises EnvironmentProblem."""

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

    @property
    def recordings(self) -> RecordingQueue:
        """The recordings that are analysed beside the window, in processes of their own."""

    def analyse_recordings(self, paths: Sequence[Path], choices: RecordingChoices) -> None:
        """Put recordings at the end of the queue; one that cannot be analysed says so there.

        A recording whose analysis was interrupted earlier, with the same choices, is gone on with.
        """

    def check_room(self, request: SessionRequest) -> RoomPreview:
        """Show the source and measure its faces, without a session: nothing scored or stored.

        Returns at once: models and camera load in its own threads. The camera is free for a
        session once the preview is stopped.

        Raises EnvironmentProblem for what is known to be wrong before anything starts.
        """

    def sessions(self) -> Sequence[SessionInfo]:
        """List stored sessions, newest first; reads the disk. Raises StoreProblem."""

    def session(self, session_id: int) -> StoredSession:
        """Load a session; reads the disk. Raises StoreProblem."""

    def outline(self, session_id: int, columns: int) -> NDArray[np.float64]:
        """Return a session's course in so many steps, for a thumbnail; reads the disk.

        The array is (columns, 5): negative, neutral, positive, coverage and seen, each the mean
        over a step's seconds, NaN where none of them has it. Excluded seconds are left out.
        Raises StoreProblem.
        """

    def edit_session(
        self,
        session_id: int,
        title: str | None = None,
        course: str | None = None,
        notes: str | None = None,
    ) -> None:
        """Change a session's description; None leaves a part as it is. Raises StoreProblem."""

    def annotate(
        self, session_id: int, put: Sequence[Annotation], remove: Sequence[Annotation]
    ) -> Annotations:
        """Store and remove annotations in one step, and return all that the session then has.

        One with id 0 is new, another replaces that of its id or comes back under it, so that
        what was removed can be undone. Removing one that is gone already is harmless. Works for a
        session that another window records, too. Raises StoreProblem, for a deleted session as
        well.
        """

    def trash_session(self, session_id: int) -> None:
        """Hide a session from every list until it is restored or purged.

        Raises StoreProblem, for a session that is being recorded as well.
        """

    def restore_session(self, session_id: int) -> None:
        """Bring a trashed session back; harmless for another. Raises StoreProblem if it's gone."""

    def purge_trash(self, session_ids: Sequence[int]) -> None:
        """Delete those of these sessions that are trashed, for good. Raises StoreProblem."""

    def purge_old_trash(self) -> None:
        """Delete for good what was trashed over ten minutes ago; called when the window opens.

        Raises StoreProblem.
        """

    def overdue_sessions(self) -> Overdue:
        """Return what is too old by the settings; reads the disk. Raises StoreProblem."""

    def delete_overdue(self, session_ids: Sequence[int]) -> None:
        """Delete sessions that are too old, for good, all or none. Raises StoreProblem.

        From then on the present rules for this store are agreed to.
        """

    def require_encryption(self) -> None:
        """Raise EnvironmentProblem where backups cannot be sealed, as a package is missing."""

    def back_up(self, target: Path, passphrase: str) -> int:
        """Write all sessions to a sealed file; takes seconds. Raises EnvironmentProblem."""

    def restore_backup(self, source: Path, passphrase: str) -> Restored:
        """Add a backup's sessions that aren't there; takes seconds. Raises EnvironmentProblem."""

    def export(
        self, session_ids: Sequence[int], target: Path, file_format: ExportFormat
    ) -> Sequence[Path]:
        """Write sessions to files and return them, in order; takes seconds for many.

        For one session target is its file; for several it is a folder, made where it is missing,
        and each gets a file of its own. What stands beside isn't returned: a CSV's .json, and an
        overview of several pages, HTML or PDF. Nothing is asked before files are replaced. Raises
        EnvironmentProblem.
        """

    def note_picture(self, place: Literal["clipboard", "picture"], sessions: int) -> None:
        """Note in the audit log that a plot of sessions was copied, or saved as a picture."""

    def read_segments(self, path: Path) -> Sequence[ImportedSegment]:
        """Read the segments of a CSV or the titles of a slide deck (.pptx), in order.

        Raises DataProblem for a file that is neither.
        """
