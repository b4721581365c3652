"""What the user chose, kept between starts as one JSON file."""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

import platformdirs

from classroom_monitor.contracts import EngineName, FinderName, Mode, Resolution
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.files import replace_text
from classroom_monitor.sessions.retention import MOST_DAYS, read_course_days

logger = logging.getLogger(__name__)

APP_NAME = "classroom-monitor"
Region = Literal["unset", "eu", "other"]
TimelineStyle = Literal["stacked", "lines"]

LIMITS: dict[str, tuple[float, float]] = {
    "group_minimum": (1, 1000),
    "rate_hz": (0.1, 60),
    "smoothing_s": (1, 120),
    "alert_negative_rise": (0.05, 1),
    "alert_coverage": (0, 0.95),
    "alert_after_s": (10, 1800),
    "retention_days": (0, MOST_DAYS),
}
"""The least and the most that a number among the settings may be."""

FREE_TEXTS = frozenset(
    {
        *("lawful_exception", "source", "title", "course", "marker_labels"),
        *("retention_by_course", "retention_agreed"),
        *("model", "store_dir", "models_dir", "face_models_dir", "window"),
    }
)
"""Settings that hold a user's own words, where the user's files are, or what Qt alone reads."""

BOUNDS = {
    "region": "unset, eu or other",
    "mode": "near or room",
    **dict.fromkeys(("informed", "moods_on_faces", "bands", "alerts"), "true or false"),
    "finder": "mediapipe or yunet",
    "engine": f"one of {', '.join(get_args(EngineName))}",
    "resolution": f"one of {', '.join(get_args(Resolution))}",
    "timeline_style": "stacked or lines",
    "retention_by_course": "parts 'Course: days' with ; between them",
    **{name: f"{least:g} to {most:g}" for name, (least, most) in LIMITS.items()},
}
"""What the bounded settings may be, as messages say it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; a changed setting is a new record.

    region is where the program is used: in "eu" it runs counts-only unless lawful_exception
    holds the user's statement of a lawful exception. source is the camera, file or address that
    was used last. rate_hz is how many frames a second `analyze` looks at. group_minimum is the
    fewest used faces for which shares are kept. moods_on_faces draws the mood of single faces
    in the preview; off, because the program shows groups. model is the name or folder of a model
    bundle, finder what finds faces, engine what runs the bundle's network: "auto" for the best
    there is. store_dir, models_dir and face_models_dir are the folders of the session store, of
    added bundles and of the added face model. model and the folders are empty for the default ones.
    retention_days is how long sessions are kept, 0 until they are deleted; retention_by_course has
    other ages for some courses (sessions/retention.py), retention_agreed what was agreed to of it.
    window is where the window stood last, as Qt writes it.
    """

    region: Region = "unset"
    lawful_exception: str = ""
    source: str = ""
    mode: Mode = "room"
    group_minimum: int = 5
    rate_hz: float = 5.0
    moods_on_faces: bool = False
    model: str = ""
    finder: FinderName = "mediapipe"
    engine: EngineName = "auto"
    store_dir: str = ""
    models_dir: str = ""
    face_models_dir: str = ""
    informed: bool = False
    title: str = ""
    course: str = ""
    resolution: Resolution = "auto"
    timeline_style: TimelineStyle = "stacked"
    bands: bool = True
    smoothing_s: int = 15
    alerts: bool = True
    alert_negative_rise: float = 0.15
    alert_coverage: float = 0.5
    alert_after_s: int = 60
    marker_labels: str = ""
    retention_days: int = 0
    retention_by_course: str = ""
    retention_agreed: str = ""
    window: str = ""

    @property
    def counts_only(self) -> bool:
        """Whether moods must not be computed where this program is used."""
        return self.region == "eu" and not self.lawful_exception.strip()

    @property
    def answered(self) -> bool:
        """Whether it was said where this is used and, outside the EU, that people are told."""
        return self.region == "eu" or (self.region == "other" and self.informed)


def settings_path() -> Path:
    """Return where the settings are kept; the file need not exist."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)) / "settings.json"


def default_store_dir() -> Path:
    """Return the folder of the session store when the user named none."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def store_folder(settings: Settings) -> Path:
    """Return the folder of the session store that the settings name."""
    return Path(settings.store_dir) if settings.store_dir else default_store_dir()


def default_models_dir() -> Path:
    """Return the folder of the model bundles that the user adds when the user named none."""
    return default_store_dir() / "models"


def default_face_models_dir() -> Path:
    """Return the folder of the face model that the user adds when the user named none."""
    return default_store_dir() / "face_models"


def load_settings(path: Path) -> Settings:
    """Return the settings in path, or the defaults where there is no such file.

    Raises EnvironmentProblem for a file that is no JSON object or holds a value out of bounds,
    so that a region chosen earlier is never silently forgotten.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        raise EnvironmentProblem(
            f"cannot read the settings {path} ({error}): mend or delete the file"
        ) from error
    if not isinstance(raw, dict):
        raise EnvironmentProblem(
            f"{path} is not a settings file: delete it to start with the defaults"
        )
    return _checked(raw, path)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings so that the file is either the old one or the whole new one.

    Raises EnvironmentProblem where the folder cannot be written.
    """
    text = json.dumps(dataclasses.asdict(settings), indent=2) + "\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_text(path, text)
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot save the settings to {path} ({error.strerror}): make room there, or check the "
            "folder's permissions"
        ) from error


def save_changes(before: Settings, after: Settings, path: Path) -> None:
    """Write what differs between two settings into the file, and leave the rest of it alone.

    The settings in force may hold options of one run (another store, another mode), which are not
    to become the user's settings because something else was changed. Raises EnvironmentProblem.
    """
    old, new = dataclasses.asdict(before), dataclasses.asdict(after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    save_settings(dataclasses.replace(load_settings(path), **changed), path)


def change_setting(settings: Settings, name: str, text: str) -> Settings:
    """Return the settings with one changed, its value given as text.

    Raises EnvironmentProblem for a name that isn't known or a value out of bounds.
    """
    current = dataclasses.asdict(settings)
    if name not in current:
        raise EnvironmentProblem(
            f"there is no setting {name!r}: choose one of {', '.join(sorted(current))}"
        )
    value: object = text
    if isinstance(current[name], bool):
        value = {"true": True, "false": False}.get(text.lower(), text)
    elif isinstance(current[name], int | float):
        try:
            value = type(current[name])(text)
        except ValueError:
            value = text
    return _checked({**current, name: value}, "settings")


def _checked(raw: dict[str, Any], path: Path | str) -> Settings:
    """Return settings from a JSON object; unknown keys are ignored, wrong values refused."""
    known = {field.name: field for field in dataclasses.fields(Settings)}
    for key in sorted(set(raw) - set(known)):
        logger.warning("%s: setting %s is not known and ignored", path, key)
    values = {key: value for key, value in raw.items() if key in known}
    defaults = dataclasses.asdict(Settings())
    for key, value in values.items():
        wanted = (int, float) if isinstance(defaults[key], float) else type(defaults[key])
        if not isinstance(value, wanted) or isinstance(value, bool) != (wanted is bool):
            _refuse(path, key, value)
    settings = Settings(**values)
    for key, fits in (
        ("region", settings.region in get_args(Region)),
        ("mode", settings.mode in get_args(Mode)),
        ("finder", settings.finder in get_args(FinderName)),
        ("engine", settings.engine in get_args(EngineName)),
        ("resolution", settings.resolution in get_args(Resolution)),
        ("timeline_style", settings.timeline_style in get_args(TimelineStyle)),
        ("retention_by_course", _reads_as_ages(settings.retention_by_course)),
        *(
            (name, least <= getattr(settings, name) <= most)
            for name, (least, most) in LIMITS.items()
        ),
    ):
        if not fits:
            _refuse(path, key, values[key])
    return settings


def _reads_as_ages(text: str) -> bool:
    try:
        read_course_days(text)
    except ValueError:
        return False
    return True


def _refuse(path: Path | str, key: str, value: object) -> NoReturn:
    bounds = f" ({BOUNDS[key]})" if key in BOUNDS else ""
    raise EnvironmentProblem(f"{path}: {key} cannot be {value!r}{bounds}: correct it")
