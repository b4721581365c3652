"""A program that dies must not leave its memory on the disk: there are faces in it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from classroom_monitor.contracts import UInt8Array
from tests.privacy.contents import pictures_in, pixel_runs
from tests.privacy.modes import Places, may_write
from tests.privacy.system_trace import ROOT, python_module

if sys.platform == "win32":
    pytest.skip("Windows has no limit for memory dumps", allow_module_level=True)

import resource

_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
_PATIENCE_S = 120.0
_PLAIN = (sys.executable, "-c", "print('ready', flush=True)\nwhile True: pass")
_DEMO = python_module("classroom_monitor", "demo", "--seconds", "3000", "--json")


@contextmanager
def running(
    command: Sequence[str], places: Places, errors: IO[str] | int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    """Run a program that may leave memory dumps of any size; skips where that cannot be.

    errors is where it writes its messages and, when it is aborted, what each thread was at.
    """

    def allow_dumps() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, _UNLIMITED)

    try:
        process = subprocess.Popen(
            command,
            cwd=places.working,
            env={**places.environment(), "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=allow_dumps,
        )
    except subprocess.SubprocessError:
        pytest.skip("this user may not be allowed memory dumps of any size")
    with process:
        try:
            yield process
        finally:
            process.kill()


def crash(process: subprocess.Popen[str], by: signal.Signals) -> None:
    """Let a program die as native code does when it errs."""
    process.send_signal(by)
    assert process.wait(_PATIENCE_S) == -by


def stored_seconds(places: Places) -> int:
    """How many seconds with a mix the store has."""
    found = list(places.home.rglob("sessions.sqlite"))
    if not found:
        return 0
    with closing(sqlite3.connect(f"file:{found[0]}?mode=ro", uri=True)) as connection:
        try:
            query = "SELECT count(negative) FROM points"
            return int(connection.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # it is just being made
            return 0


def wait_for_a_lecture(process: subprocess.Popen[str], places: Places, errors: IO[str]) -> None:
    """Wait until a lecture is being stored; fails with what the program said and was at."""
    until_s = time.monotonic() + _PATIENCE_S
    while stored_seconds(places) <= 1:
        if process.poll() is not None or time.monotonic() > until_s:
            process.send_signal(signal.SIGABRT)
            process.wait(_PATIENCE_S)
            errors.seek(0)
            pytest.fail(f"no lecture, ended with {process.returncode}:\n{errors.read()}")
        time.sleep(0.05)


def own_places(folder: Path) -> Places:
    """A user's folders that nothing else uses."""
    places = Places(folder, "", folder)
    places.make()
    return places


def test_a_program_that_dies_over_a_lecture_leaves_no_face(
    tmp_path: Path, pictures: list[UInt8Array]
) -> None:
    """The kernel's memory dump is allowed to be of any size, and there are faces in the memory."""
    other = own_places(tmp_path / "other program")
    with running(_PLAIN, other) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        crash(process, signal.SIGSEGV)
    if not list(other.working.iterdir()):
        pytest.skip("this system keeps memory dumps elsewhere, or none")
    places = own_places(tmp_path / "this program")
    with TemporaryFile("w+") as errors, running(_DEMO, places, errors) as process:
        wait_for_a_lecture(process, places, errors)
        crash(process, signal.SIGSEGV)
    left = [p for p in places.root.rglob("*") if p.is_file() and p != places.passphrase]
    assert [path for path in left if not may_write(places, str(path))] == []
    assert [what for path in left for what in pictures_in(path, pixel_runs(pictures[::8]))] == []
    assert stored_seconds(places) > 1


def test_the_program_leaves_no_memory_dump(tmp_path: Path) -> None:
    """Whatever this system does with dumps: the limit that forbids them holds in the program."""
    code = (
        "import resource; from classroom_monitor import cli;"
        "cli.command_line = lambda prog_name: print(resource.getrlimit(resource.RLIMIT_CORE)[0]);"
        "cli.main()"
    )
    with running((sys.executable, "-c", code), own_places(tmp_path / "user")) as process:
        assert process.communicate(timeout=_PATIENCE_S)[0] in ("0\n", "1\n")
