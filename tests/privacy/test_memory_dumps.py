"""A program that dies must not leave its memory on the disk: there are faces in it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.privacy.modes import Places

if sys.platform == "win32":
    pytest.skip("Windows has no limit for memory dumps", allow_module_level=True)

import resource

_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
_RUN = """
import threading
from classroom_monitor import cli

def waiting(prog_name):
    print("ready", flush=True)
    threading.Event().wait()

cli.command_line = waiting
cli.main()
"""
_PLAIN = "print('ready', flush=True)\nimport threading\nthreading.Event().wait()"


def crash(program: str, folder: Path, environment: dict[str, str]) -> list[Path]:
    """Let a program die as native code does when it errs, and return what it left behind.

    Memory dumps of any size are allowed to it. Skips where that cannot be.
    """
    folder.mkdir()

    def allow_dumps() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, _UNLIMITED)

    try:
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=allow_dumps,
        )
    except subprocess.SubprocessError:
        pytest.skip("this user may not be allowed memory dumps of any size")
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGSEGV)
        assert process.wait(60) == -signal.SIGSEGV
    return list(folder.iterdir())


def test_the_program_leaves_no_memory_dump(places: Places, tmp_path: Path) -> None:
    environment = {**places.environment(), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    if not crash(_PLAIN, tmp_path / "other program", environment):
        pytest.skip("this system keeps memory dumps elsewhere, or none")
    assert crash(_RUN, tmp_path / "this program", environment) == []
