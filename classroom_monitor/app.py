"""The composition root: which concrete parts a session, a command and the window are made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from classroom_monitor.contracts import (
    Camera,
    EngineName,
    FinderName,
    Mode,
    Resolution,
)
from classroom_monitor.errors import BundleProblem
from classroom_monitor.gui.services import (
    DEMO_SOURCE,
)
from classroom_monitor.live.capture_records import DEVICE_SETTINGS, STREAM_SETTINGS
from classroom_monitor.live.parts import Refuge, SessionParts, SessionPlan
from classroom_monitor.live.room_check import RoomCheckParts
from classroom_monitor.model_choice import (
    face_models_dir,
    find_model,
    load_for_sessions,
)
from classroom_monitor.rescue import refuge_folders
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import (
    Settings,
    default_face_models_dir,
    store_folder,
)
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.camera import open_camera
from classroom_monitor.vision.camera_list import CameraMemory
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

LIVE_STORE_WAIT_S = 0.5
"""A session's next seconds wait meanwhile; what a locked store doesn't take goes with the next."""


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
        model=model_folder(settings),
        store_dir=store_folder(settings),
        finder=settings.finder,
        engine=settings.engine,
        face_models_dir=face_models_dir(settings),
        resolution=settings.resolution,
    )


def start_facts(options: RunOptions) -> dict[str, int | str]:
    """Return what the audit log says of a session that begins with these options."""
    return {
        "mode": "counts only" if options.counts_only else "moods",
        "faces": options.mode,
        "minimum": options.group_minimum,
    }


def model_folder(settings: Settings) -> Path:
    """Return the folder of the chosen model, or where it would be."""
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
        make_camera=partial(make_camera, source, options.resolution, CameraMemory()),
        make_follower=partial(make_follower, options),
        make_scorer=partial(make_scorer, options),
        open_store=partial(open_store, options.store_dir, wait_s=LIVE_STORE_WAIT_S),
        refuges=session_refuges(options.store_dir),
        capture=STREAM_SETTINGS if is_address(source) else DEVICE_SETTINGS,
    )


def session_refuges(store_dir: Path) -> tuple[Refuge, ...]:
    """Return where a session is saved that its folder's store doesn't take."""
    folders = refuge_folders(store_dir)
    return tuple(Refuge(folder, partial(open_store, folder)) for folder in folders)


def demo_parts(seconds: float, options: RunOptions) -> SessionParts:
    """Return the makers for the built-in lecture as a recording of so many seconds."""
    parts = session_parts(DEMO_SOURCE, options)
    return replace(
        parts,
        make_camera=partial(DemoCamera, duration_s=seconds),
        open_store=partial(open_store, options.store_dir),
    )


def make_camera(
    source: str, resolution: Resolution = "auto", memory: CameraMemory | None = None
) -> Camera:
    """Return the closed camera of a device, file, address or the demo. Raises CameraProblem."""
    return DemoCamera() if source == DEMO_SOURCE else open_camera(source, resolution, memory)


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
