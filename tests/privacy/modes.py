"""What the program is asked to do while it is watched, and what it may touch meanwhile."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.privacy.audit_hook import LOOK_UP
from tests.privacy.system_trace import Seen, Traced, python_module, run_traced
from tests.privacy.window_scenes import STREAM_VARIABLE, TARGETS_VARIABLE

_SCENES = Path(__file__).with_name("window_scenes.py")
_PYTEST = ("pytest", "-q", "--capture=no", "-p", "no:cacheprovider", "-p", "no:hypothesispytest")
_NOWHERE = os.devnull
_LOCK = "/dev/shm/sem."
"""Semaphores, 32 bytes each: what progress bars share a terminal by."""
_KEPT = (
    "sessions.sqlite",
    "sessions-writer-",
    "sessions-overwrite.pending",
    "classroom-monitor.log",
    "settings.json",
    "audit.jsonl",
    "statements.jsonl",
    "QtProject.conf",
)
"""How the names of what is kept begin: store, log, settings, and the folders of file dialogs."""


@dataclass(frozen=True, slots=True)
class Places:
    """A user's folders in a folder of a test, and the stream that stands in for the camera."""

    root: Path
    stream: str
    recording: Path

    @property
    def home(self) -> Path:
        """Where settings, store and log lie, each in a folder of its own."""
        return self.root / "home"

    @property
    def targets(self) -> Path:
        """Where the user has things written to."""
        return self.root / "targets"

    @property
    def temporary(self) -> Path:
        """What the system offers for temporary files."""
        return self.root / "temporary"

    @property
    def working(self) -> Path:
        """The working folder, where a memory dump would go."""
        return self.root / "working"

    @property
    def passphrase(self) -> Path:
        """A file with a passphrase for backups."""
        return self.root / "passphrase"

    def make(self) -> None:
        """Make the folders, and the passphrase."""
        for folder in (self.home, self.targets, self.temporary, self.working):
            folder.mkdir(parents=True)
        self.passphrase.write_text("a sentence that nobody guesses\n", encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """The environment in which all of a user's folders are these."""
        home = str(self.home)
        return {
            **os.environ,
            "HOME": home,
            "APPDATA": home,
            "LOCALAPPDATA": home,
            "USERPROFILE": home,
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.temporary)),
            "QT_QPA_PLATFORM": "offscreen",
            STREAM_VARIABLE: self.stream,
            TARGETS_VARIABLE: str(self.targets),
        }


def scene(*names: str) -> tuple[str, ...]:
    """The command of scenes in the window."""
    return (*_PYTEST, *(f"{_SCENES}::test_{name}" for name in names))


def modes(places: Places) -> Mapping[str, tuple[str, ...]]:
    """Return each mode's module and arguments, in an order in which each finds what it needs."""
    program = "classroom_monitor"
    table, sealed = (str(places.targets / name) for name in ("table.csv", "sessions.backup"))
    phrase, photograph = str(places.passphrase), str(places.recording.with_suffix(".jpg"))
    classes = str(places.targets / "classes.csv")
    return {
        "demo in the window": (program, "demo", "--seconds", "3"),
        "demo without a window": (program, "demo", "--seconds", "3", "--json"),
        "live": scene("live"),
        "room check": scene("check"),
        "review and export": scene("review"),
        "settings": scene("settings"),
        "diagnostics": scene("diagnostics"),
        "analyze": (program, "analyze", str(places.recording), "--json"),
        "export": (program, "export", "latest", "--out", table),
        "backup": (program, "backup", sealed, "--passphrase-file", phrase),
        "delete": (program, "delete", "latest", "--yes"),
        "restore": (program, "restore", sealed, "--passphrase-file", phrase),
        "purge": (program, "purge", "--yes"),
        "audit": (program, "audit"),
        "faces": (program, "faces", photograph, "--json"),
        "classify": (program, "classify", photograph, "--find-faces", "--out", classes),
        "sessions": (program, "sessions", "--json"),
        "doctor": (program, "doctor"),
    }


def run_mode(places: Places, name: str, command: tuple[str, ...]) -> Traced:
    """Run a mode under the witnesses."""
    record = places.root / f"witness {name}"
    return run_traced(python_module(*command), record, places.working, places.environment())


def strangers(places: Places, seen: Seen) -> list[str]:
    """Return the files that were written and that nobody has said are."""
    return sorted(path for path in seen.written if not may_write(places, path))


def may_write(places: Places, path: str) -> bool:
    """Whether a file is the store, the log, the settings, the audit files or a chosen target."""
    if path == _NOWHERE or path.startswith(_LOCK):
        return True
    name = Path(path).name
    own = "classroom-monitor"
    if path.startswith(str(places.targets) + os.sep):
        return True
    inside = path.startswith(str(places.home) + os.sep) and f"{os.sep}{own}{os.sep}" in path
    return inside and name.lstrip(".").startswith(_KEPT)


def foreign_addresses(places: Places, seen: Seen) -> list[str]:
    """Return what was spoken to, or looked up, beside the stream."""
    host, port = urlsplit(places.stream).hostname, urlsplit(places.stream).port
    return sorted(seen.addresses - {f"{host}:{port}", f"{host}:{LOOK_UP}"})
