"""Everything behind the window: what gui.services asks for, done by the rest of the program."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from classroom_monitor.app import (
    RunOptions,
    model_folder,
    room_check_parts,
    session_parts,
    session_plan,
    start_facts,
)
from classroom_monitor.audit import AuditLog
from classroom_monitor.contracts import (
    CameraInfo,
    ExportFormat,
    FinderName,
    ImportedSegment,
)
from classroom_monitor.errors import BundleProblem
from classroom_monitor.exports import export_sessions
from classroom_monitor.gui.services import (
    ModelOption,
    RecordingChoices,
    RoomPreview,
    RunningSession,
    SessionRequest,
)
from classroom_monitor.live.recording import RecordingRequest
from classroom_monitor.live.recording_queue import RecordingQueue
from classroom_monitor.live.room_check import RoomCheck
from classroom_monitor.live.session import LiveSession
from classroom_monitor.live.side_by_side import default_workers
from classroom_monitor.model_choice import (
    chosen_model,
    default_model,
    face_models_dir,
    finder_options,
    finder_problem,
    model_options,
)
from classroom_monitor.program_log import ProgramLog
from classroom_monitor.recording_requests import going_on, recording_request
from classroom_monitor.session_keeper import SessionKeeper
from classroom_monitor.sessions.segment_import import read_segments
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import Settings
from classroom_monitor.vision.camera_list import list_cameras

logger = logging.getLogger(__name__)


class Program(SessionKeeper):
    """Everything behind the window; implements gui.services.Services."""

    def __init__(
        self,
        settings: Settings,
        settings_file: Path,
        log: ProgramLog | None = None,
        statements_file: Path | None = None,
        audit: AuditLog | None = None,
    ) -> None:
        """Statements go to the user's data folder unless a file is named.

        Without an audit log nothing is noted.
        """
        super().__init__(settings, settings_file, log, statements_file, audit)
        self._recordings = RecordingQueue(default_workers)

    def cameras(self) -> Sequence[CameraInfo]:
        """List this machine's cameras; may take seconds."""
        return list_cameras()

    def models(self) -> Sequence[ModelOption]:
        """List the models that can be chosen, the default first; reads every one of them."""
        return model_options(self._settings)

    def check_model(self) -> str:
        """Return why sessions use the default model instead of the chosen one, or ""."""
        if self._settings.counts_only:
            return ""
        try:
            chosen_model(self._settings)
        except BundleProblem as problem:
            return str(problem)
        return ""

    def finders(self) -> Sequence[ModelOption]:
        """List the face finders that can be chosen, the default first; reads the added model."""
        return finder_options(self._settings)

    def check_finder(self) -> str:
        """Return why sessions use MediaPipe instead of the chosen finder, or ""."""
        return finder_problem(self._settings)

    def start(self, request: SessionRequest) -> RunningSession:
        """Start a session in threads of its own."""
        options = self._options(request)
        plan = session_plan(request.source, request.title, options, request.course)
        session = LiveSession(plan, session_parts(request.source, options))
        session.start()
        self._note_start("session", options)
        logger.info("a session starts, counts only: %s", options.counts_only)
        return session

    def check_room(self, request: SessionRequest) -> RoomPreview:
        """Show the source and measure its faces, in threads of its own. Raises CameraProblem."""
        parts = room_check_parts(request.source, self._options(request))
        parts.make_camera()  # closed, and forgotten: a source that cannot be one is said at once
        check = RoomCheck(parts)
        check.start()
        return check

    @property
    def recordings(self) -> RecordingQueue:
        """The recordings that are analysed beside the window."""
        return self._recordings

    def analyse_recordings(self, paths: Sequence[Path], choices: RecordingChoices) -> None:
        """Put recordings at the end of the queue."""
        for path in paths:
            self._recordings.add(path.name, partial(self._recording, path.absolute(), choices))

    def _recording(self, path: Path, choices: RecordingChoices) -> RecordingRequest:
        """Return what there is to do for a recording. Raises EnvironmentProblem."""
        request = SessionRequest(
            str(path), "", choices.mode, choices.group_minimum, course=choices.course
        )
        options = self._options(request)
        self._note_start("recording", options)
        todo = recording_request(request.source, options, choices.rate_hz, choices.course)
        return going_on(todo, options.store_dir)

    def _note_start(self, event: str, options: RunOptions) -> None:
        self._audit.note(event, **start_facts(options))

    def _options(self, request: SessionRequest) -> RunOptions:
        counts_only = self._settings.counts_only
        return RunOptions(
            mode=request.mode,
            group_minimum=request.group_minimum,
            counts_only=counts_only,
            model=model_folder(self._settings) if counts_only else self._usable_model(),
            store_dir=self._store_dir(),
            finder=self._usable_finder(),
            engine=self._settings.engine,
            face_models_dir=face_models_dir(self._settings),
            resolution=request.resolution,
        )

    def export(
        self, session_ids: Sequence[int], target: Path, file_format: ExportFormat
    ) -> Sequence[Path]:
        """Write sessions to files and return them, in order. Raises EnvironmentProblem."""
        with open_store(self._store_dir()) as store:
            paths = export_sessions(store, session_ids, target, file_format)
        self._audit.note("export", sessions=len(session_ids), format=file_format)
        return paths

    def read_segments(self, path: Path) -> Sequence[ImportedSegment]:
        """Read segments from a CSV or a slide deck. Raises DataProblem."""
        return read_segments(path)

    def _usable_model(self) -> Path:
        """Return the chosen bundle's folder, or the default one's where that cannot be used."""
        try:
            return chosen_model(self._settings).folder
        except BundleProblem as problem:
            logger.warning("%s; this session uses %s", problem, default_model().name)
            return default_model().folder

    def _usable_finder(self) -> FinderName:
        """Return the chosen finder, or MediaPipe where that cannot be used."""
        problem = finder_problem(self._settings)
        if not problem:
            return self._settings.finder
        logger.warning("%s; this session uses MediaPipe", problem)
        return "mediapipe"
