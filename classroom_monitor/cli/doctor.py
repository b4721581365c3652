"""What works on this machine, part by part, each really tried."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from classroom_monitor import __version__
from classroom_monitor.app import run_options
from classroom_monitor.cli.bundle_trial import try_bundle
from classroom_monitor.cli.model_report import ORIGINS
from classroom_monitor.contracts import CropBatch, FinderName
from classroom_monitor.errors import EngineProblem, EnvironmentProblem
from classroom_monitor.keeping import find_overdue, retention_rules
from classroom_monitor.model_choice import (
    default_model,
    face_model_library,
    require_chosen_model,
    require_finder,
)
from classroom_monitor.own_process import module_command, module_environment
from classroom_monitor.sessions.store import open_store
from classroom_monitor.settings import Settings, load_settings, settings_path
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.camera_list import list_cameras
from classroom_monitor.vision.classifier import ENGINES, GPU_ENGINE, engines_here, open_classifier
from classroom_monitor.vision.face_library import FaceModelLibrary
from classroom_monitor.vision.finder_choice import open_picture_finder

WINDOW_PROBE_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the program, whether it works here, and what was seen or what to do."""

    part: str
    ok: bool
    detail: str


def examine(store: Path | None) -> list[Finding]:
    """Try every part and return what was found, in the order of a frame's way."""
    try:
        settings, settings_finding = _settings()
    except EnvironmentProblem as problem:
        settings, settings_finding = Settings(), Finding("settings", False, str(problem))
    parts: dict[str, Callable[[], str]] = {
        "cameras": _cameras,
        "faces": partial(_faces, settings),
        "model": partial(_model, settings),
        **{engine: partial(_engine, settings, engine) for engine in ENGINES},
        "store": lambda: _store(store or run_options(settings).store_dir),
        "keeping": lambda: _keeping(settings, store or run_options(settings).store_dir),
        "training": _training,
        "window": _window,
    }
    return [
        Finding("program", True, f"{__version__}, Python {platform.python_version()}"),
        settings_finding,
        *(_try(part, probe) for part, probe in parts.items()),
    ]


def _try(part: str, probe: Callable[[], str]) -> Finding:
    try:
        return Finding(part, True, probe())
    except EnvironmentProblem as problem:
        return Finding(part, False, str(problem))


def _settings() -> tuple[Settings, Finding]:
    settings = load_settings(settings_path())
    return settings, Finding("settings", True, f"{settings_path()}, region {settings.region}")


def _cameras() -> str:
    names = [camera.name for camera in list_cameras()]
    return ", ".join(names) or "none found; recordings, streams and the demo work without"


def _faces(settings: Settings) -> str:
    """Run the finders there are, the chosen one first. Raises BundleProblem where it fails."""
    library = face_model_library(settings)
    chosen = require_finder(settings, None)
    other: FinderName = "yunet" if chosen == "mediapipe" else "mediapipe"
    in_use = _try_finder(chosen, library)
    if other == "yunet" and not library.has_model:
        return f"{in_use}; YuNet isn't added ('classroom-monitor models add')"
    return f"{in_use} in use; {_try_finder(other, library)} works too"


def _try_finder(finder: FinderName, library: FaceModelLibrary) -> str:
    with closing(open_picture_finder("near", finder, library)) as opened:
        opened.find(np.zeros((120, 160, 3), np.uint8))
        return opened.name


def _model(settings: Settings) -> str:
    """Run the model in use on every engine it has, as sessions do."""
    place = require_chosen_model(settings)
    checked = try_bundle(place.folder)
    engines = " and ".join(checked.engines)
    agree = f"{engines} agree" if len(checked.engines) > 1 else f"{engines} answers"
    return f"{place.name} {checked.bundle.version} ({ORIGINS[place.origin]}), {agree}"


def _engine(settings: Settings, engine: str) -> str:
    """Run the program's own model, so that only this machine can be at fault.

    A machine without the GPU's engine is as it may be.
    """
    bundle = load_bundle(default_model().folder)
    side, channels = bundle.crop.size_px, bundle.crop.channels
    try:
        with closing(open_classifier(bundle, engine)) as classifier:
            classifier.score(CropBatch(np.zeros((1, side, side, channels), np.uint8)))
    except EngineProblem as problem:
        if engine != GPU_ENGINE:
            raise
        return f"not used: {problem}"
    chosen = engines_here(bundle)[0] if settings.engine == "auto" else settings.engine
    used = ", sessions score with it" if engine == chosen else ""
    return f"runs the program's own model ({bundle.name} {bundle.version}){used}"


def _store(folder: Path) -> str:
    with open_store(folder) as store:
        return f"{store.path}, {len(store.list_sessions())} sessions"


def _keeping(settings: Settings, folder: Path) -> str:
    """Say how long sessions are kept, and what waits to be deleted or overwritten."""
    rules = retention_rules(settings)
    said = [f"{rules.days} days" if rules.days else "until you delete them"]
    if rules.course_days:
        said.append(f"courses with days of their own: {len(rules.course_days)}")
    overdue = find_overdue(settings, folder).sessions
    with open_store(folder) as store:
        trashed, has_traces = len(store.trashed()), store.has_traces
    if overdue or trashed:
        said.append(f"{len(overdue)} too old, {trashed} in the trash: 'purge' deletes them")
    if has_traces:
        said.append("what was deleted is overwritten once nobody else uses the store")
    return "; ".join(said)


def _training() -> str:
    import importlib.util

    missing = [name for name in ("keras", "sklearn") if importlib.util.find_spec(name) is None]
    if missing:
        return "not installed; recording and review work without (pip install '.[train]')"
    return "installed"


def _window() -> str:
    """Open Qt in a process of its own: without a display it ends the process it is in."""
    try:
        result = subprocess.run(
            module_command("classroom_monitor.gui.window_probe"),
            capture_output=True,
            text=True,
            timeout=WINDOW_PROBE_TIMEOUT_S,
            check=False,
            env=module_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise EnvironmentProblem("Qt doesn't answer: check the display") from error
    if result.returncode:
        raise EnvironmentProblem(
            "Qt cannot open a window: set DISPLAY, and on Linux install the packages that the "
            "README names; commands work without"
        )
    return f"Qt opens a window ({result.stdout.strip()})"
