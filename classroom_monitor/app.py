"""The composition root: which concrete parts a session, a command and the window are made of."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from classroom_monitor.contracts import (
    Camera,
    CameraInfo,
    EngineName,
    ExportFormat,
    FinderName,
    ImportedSegment,
    Mode,
    Resolution,
)
from classroom_monitor.errors import BundleProblem
from classroom_monitor.exports import export_sessions
from classroom_monitor.gui.services import (
    DEMO_SOURCE,
    ModelOption,
    RoomPreview,
    RunningSession,
    SessionRequest,
)
from classroom_monitor.live.capture_records import DEVICE_SETTINGS, STREAM_SETTINGS
from classroom_monitor.live.parts import SessionParts, SessionPlan
from classroom_monitor.live.room_check import RoomCheck, RoomCheckParts
from classroom_monitor.live.session import LiveSession
from classroom_monitor.model_choice import (
    chosen_model,
    default_model,
    face_models_dir,
    find_model,
    finder_options,
    finder_problem,
    load_for_sessions,
    model_options,
)
from classroom_monitor.session_archive import SessionArchive
from classroom_monitor.sessions.segment_import import read_segments
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import (
    Settings,
    default_face_models_dir,
    default_store_dir,
    save_changes,
)
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.camera import open_camera
from classroom_monitor.vision.camera_list import list_cameras
from classroom_monitor.vision.classifier import open_with_fallback
from classroom_monitor.vision.demo import DemoCamera
from classroom_monitor.vision.device import DeviceCamera
from classroom_monitor.vision.face_library import FaceModelLibrary
from classroom_monitor.vision.finder_choice import open_sequence_finder
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.room import MoodScorer, Scoring
from classroom_monitor.vision.room_check import RoomMeter
from classroom_monitor.vision.stream import is_address

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How sessions are run: as in Settings, with the defaults filled in."""

    mode: Mode
    group_minimum: int
    counts_only: bool
    model: Path
    store_dir: Path
    finder: FinderName = "mediapipe"
    engine: EngineName = "auto"
    face_models_dir: Path = field(default_factory=default_face_models_dir)
    resolution: Resolution = "auto"


def run_options(settings: Settings) -> RunOptions:
    """Return the options that the settings stand for.

    The model's folder is not looked into: a command that needs it asks chosen_model.
    """
    return RunOptions(
        mode=settings.mode,
        group_minimum=settings.group_minimum,
        counts_only=settings.counts_only,
        model=_model_folder(settings),
        store_dir=Path(settings.store_dir) if settings.store_dir else default_store_dir(),
        finder=settings.finder,
        engine=settings.engine,
        face_models_dir=face_models_dir(settings),
        resolution=settings.resolution,
    )


def _model_folder(settings: Settings) -> Path:
    try:
        return find_model(settings, settings.model).folder
    except BundleProblem:
        return Path(settings.model)


def session_plan(source: str, title: str, options: RunOptions, course: str = "") -> SessionPlan:
    """Return the session to make of a source; without a title it gets the source's name.

    Raises CameraProblem for a source that cannot be one.
    """
    camera = make_camera(source)
    return SessionPlan(
        title=title or camera.name,
        source=camera.name,
        mode=options.mode,
        group_minimum=options.group_minimum,
        counts_only=options.counts_only,
        model="" if options.counts_only else options.model.name,
        course=course,
        resolution=options.resolution if isinstance(camera, DeviceCamera) else "auto",
    )


def session_parts(source: str, options: RunOptions) -> SessionParts:
    """Return the makers of a session's parts. Nothing is opened or loaded yet."""
    return SessionParts(
        make_camera=partial(make_camera, source, options.resolution),
        make_follower=partial(make_follower, options),
        make_scorer=partial(make_scorer, options),
        open_store=partial(open_store, options.store_dir),
        capture=STREAM_SETTINGS if is_address(source) else DEVICE_SETTINGS,
    )


def demo_parts(seconds: float, options: RunOptions) -> SessionParts:
    """Return the makers for the built-in lecture as a recording of so many seconds."""
    parts = session_parts(DEMO_SOURCE, options)
    return replace(parts, make_camera=partial(DemoCamera, duration_s=seconds))


def make_camera(source: str, resolution: Resolution = "auto") -> Camera:
    """Return the closed camera of a device, file, address or the demo. Raises CameraProblem."""
    return DemoCamera() if source == DEMO_SOURCE else open_camera(source, resolution)


def make_follower(options: RunOptions) -> FaceFollower:
    """Load the face models and return the first stage of an analysis. Raises BundleProblem."""
    face_models = FaceModelLibrary(options.face_models_dir)
    if options.counts_only:
        return FaceFollower(open_sequence_finder(options.mode, options.finder, face_models))
    bundle = load_for_sessions(options.model)
    finder = open_sequence_finder(options.mode, options.finder, face_models)
    return FaceFollower(finder, _quality_rule(bundle), crop=bundle.crop)


def _quality_rule(bundle: Bundle) -> QualityRule:
    return QualityRule(min_face_px=bundle.thresholds.min_face_px)


def make_room_meter(options: RunOptions) -> RoomMeter:
    """Return what measures a room by the rule of make_follower's. Raises BundleProblem."""
    if options.counts_only:
        return RoomMeter(QualityRule())
    return RoomMeter(_quality_rule(load_for_sessions(options.model)))


def room_check_parts(source: str, options: RunOptions) -> RoomCheckParts:
    """Return the makers of a room check's parts, camera and faces as a session has them."""
    parts = session_parts(source, options)
    return RoomCheckParts(
        make_camera=parts.make_camera,
        make_follower=parts.make_follower,
        make_meter=partial(make_room_meter, options),
        capture=parts.capture,
    )


def make_scorer(options: RunOptions) -> MoodScorer:
    """Load the classifier, if any, and return the second stage. Raises BundleProblem.

    In counts-only mode no classifier is loaded.
    """
    if options.counts_only:
        return MoodScorer(None)
    bundle = load_for_sessions(options.model)
    classifier = open_with_fallback(bundle, options.engine)
    return MoodScorer(Scoring(classifier, bundle.thresholds.min_certainty))


class Program(SessionArchive):
    """Everything behind the window; implements gui.services.Services."""

    def __init__(self, settings: Settings, settings_file: Path) -> None:
        super().__init__(lambda: run_options(self._settings).store_dir)
        self._settings = settings
        self._settings_file = settings_file

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def save_settings(self, settings: Settings) -> None:
        """Keep what was changed of the settings in force. Raises EnvironmentProblem."""
        save_changes(self._settings, settings, self._settings_file)
        self._settings = settings

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
        return session

    def check_room(self, request: SessionRequest) -> RoomPreview:
        """Show the source and measure its faces, in threads of its own. Raises CameraProblem."""
        parts = room_check_parts(request.source, self._options(request))
        parts.make_camera()  # closed, and forgotten: a source that cannot be one is said at once
        check = RoomCheck(parts)
        check.start()
        return check

    def _options(self, request: SessionRequest) -> RunOptions:
        counts_only = self._settings.counts_only
        return RunOptions(
            mode=request.mode,
            group_minimum=request.group_minimum,
            counts_only=counts_only,
            model=_model_folder(self._settings) if counts_only else self._usable_model(),
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
            return export_sessions(store, session_ids, target, file_format)

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
