"""Which models sessions and commands use: those that the user chose, or the program's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from classroom_monitor.contracts import FinderName
from classroom_monitor.errors import BundleProblem
from classroom_monitor.gui.services import ModelOption
from classroom_monitor.resources import models_dir
from classroom_monitor.settings import (
    Settings,
    default_face_models_dir,
    default_models_dir,
)
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.bundle_library import (
    RESERVED_NAME,
    BundleLibrary,
    BundlePlace,
    BundleState,
    bundle_state,
)
from classroom_monitor.vision.face_library import FaceModelLibrary

DEFAULT_MODEL = "best"


def bundle_library(settings: Settings) -> BundleLibrary:
    """Return the shipped bundles and the user's. Raises BundleProblem."""
    added_dir = Path(settings.models_dir) if settings.models_dir else default_models_dir()
    return BundleLibrary(models_dir(), added_dir)


def default_model() -> BundlePlace:
    """Return the shipped bundle that is used when nobody chose one. Raises BundleProblem."""
    return BundlePlace(DEFAULT_MODEL, models_dir() / DEFAULT_MODEL, "shipped")


def find_model(settings: Settings, reference: str) -> BundlePlace:
    """Return the bundle of a name or folder; "" and "default" mean the default one.

    Nothing in it is verified. Raises BundleProblem where there is none.
    """
    if reference in ("", RESERVED_NAME):
        return default_model()
    return bundle_library(settings).find(reference)


def load_for_sessions(folder: Path) -> Bundle:
    """Return a verified bundle that gives the three moods. Raises BundleProblem."""
    bundle = load_bundle(folder)
    bundle.require_moods()
    return bundle


def chosen_model(settings: Settings) -> BundlePlace:
    """Return the bundle that the settings name, verified if the user chose it.

    Raises BundleProblem where it cannot be used.
    """
    if not settings.model:
        return default_model()
    place = find_model(settings, settings.model)
    load_for_sessions(place.folder)
    return place


def require_chosen_model(settings: Settings) -> BundlePlace:
    """Return chosen_model's bundle; its BundleProblem tells the way back to the default one."""
    try:
        return chosen_model(settings)
    except BundleProblem as problem:
        raise BundleProblem(
            f"the model '{settings.model}' that your settings choose cannot be used: {problem}. "
            "'classroom-monitor models use default' goes back to the program's own"
        ) from problem


def model_states(settings: Settings) -> list[BundleState]:
    """Verify every bundle there is: the library's, and the chosen one where it lies elsewhere.

    Reads every file of every bundle. Raises BundleProblem where a folder cannot be listed.
    """
    places = list(bundle_library(settings).places())
    try:
        chosen = find_model(settings, settings.model)
    except BundleProblem as problem:
        missing = BundlePlace(settings.model, Path(settings.model), "missing")
        gone = [BundleState(missing, None, str(problem))]
    else:
        gone = []
        if chosen not in places:
            places.append(chosen)
    return [bundle_state(place) for place in places] + gone


def is_chosen(settings: Settings, place: BundlePlace) -> bool:
    """Whether the settings mean this bundle, be it usable or not. Raises BundleProblem."""
    try:
        return find_model(settings, settings.model) == place
    except BundleProblem:
        return place.reference == settings.model


def model_options(settings: Settings) -> tuple[ModelOption, ...]:
    """Return what `model` in the settings can be, the default first. Raises BundleProblem."""
    default = default_model()
    options: list[ModelOption] = []
    for state in model_states(settings):
        problem = state.problem
        if state.bundle is not None and not state.for_sessions:
            problem = f"gives {', '.join(state.bundle.classes)} instead of the three moods"
        version = state.bundle.version if state.bundle is not None else ""
        option = ModelOption(state.place.reference, state.place.name, version, problem)
        if state.place == default:
            options.insert(0, replace(option, setting=""))
        if settings.model and is_chosen(settings, state.place):
            options.append(replace(option, setting=settings.model))
        elif state.place != default:
            options.append(option)
    return tuple(options)


def face_model_library(settings: Settings) -> FaceModelLibrary:
    """Return where the face model is that the user added, if there is one."""
    return FaceModelLibrary(face_models_dir(settings))


def face_models_dir(settings: Settings) -> Path:
    """Return the folder of added face models; it need not exist."""
    return Path(settings.face_models_dir) if settings.face_models_dir else default_face_models_dir()


def finder_problem(settings: Settings) -> str:
    """Return why the finder that the settings choose cannot be used, or "". Reads its model."""
    if settings.finder == "mediapipe":
        return ""
    try:
        face_model_library(settings).read()
    except BundleProblem as problem:
        return str(problem)
    return ""


def require_finder(settings: Settings, finder: FinderName | None) -> FinderName:
    """Return the finder to use: that of an option, or else the settings'.

    Raises BundleProblem where its model cannot be used.
    """
    if finder is not None:
        settings = replace(settings, finder=finder)
    problem = finder_problem(settings)
    if not problem:
        return settings.finder
    way_back = "'--finder mediapipe' uses the program's own"
    if finder is None:
        way_back = "'classroom-monitor models use mediapipe' goes back to the program's own"
    raise BundleProblem(f"{problem}; {way_back}")


def finder_options(settings: Settings) -> tuple[ModelOption, ...]:
    """Return what `finder` in the settings can be, the default first. Reads the added model."""
    problem = finder_problem(replace(settings, finder="yunet"))
    version = "" if problem else face_model_library(settings).record().version
    return (
        ModelOption("mediapipe", "MediaPipe", "", ""),
        ModelOption("yunet", "YuNet", version, problem),
    )
