"""One watched run of each kind, which several tests look at."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from classroom_monitor.contracts import UInt8Array
from tests.privacy.lecture_stream import lecture_pictures, lecture_stream, write_recording
from tests.privacy.modes import Places, modes, run_mode, scene
from tests.privacy.system_trace import Traced

QUICK = ("demo in the window", "analyze", "export", "backup")
WINDOW = "the window"


@pytest.fixture(scope="package")
def pictures() -> list[UInt8Array]:
    """What the camera sees: some seconds of the built-in lecture."""
    return lecture_pictures(3)


@pytest.fixture(scope="package")
def places(
    tmp_path_factory: pytest.TempPathFactory, pictures: list[UInt8Array]
) -> Iterator[Places]:
    """A user's folders, with a camera in the network and a recording."""
    root = tmp_path_factory.mktemp("watched")
    recording = root / "lecture.avi"
    write_recording(recording, pictures)
    with lecture_stream(pictures) as address:
        made = Places(root / "user", address, recording)
        made.make()
        yield made


@pytest.fixture(scope="package")
def runs(places: Places) -> Mapping[str, Traced]:
    """Every mode that quick tests watch, each run once; those of the window in one process."""
    commands = {name: modes(places)[name] for name in QUICK}
    commands[WINDOW] = scene("check", "live", "review", "settings", "diagnostics")
    done = {name: run_mode(places, name, command) for name, command in commands.items()}
    for name, run in done.items():
        assert run.code == 0, f"{name}: {run.output}"
    return done


@pytest.fixture(scope="package")
def kept(places: Places, runs: Mapping[str, Traced]) -> list[Path]:
    """Every file that there is after all runs, wherever the program could have put one."""
    folders = (places.home, places.targets, places.temporary, places.working)
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]
