"""The desktop bundle's executable, without building one: what it runs for which arguments."""

import subprocess
import sys

import pytest

from classroom_monitor import __version__
from classroom_monitor.own_process import RUN_MODULE, module_command

ENTRY = "from classroom_monitor.desktop import main; main()"


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", ENTRY, *arguments], capture_output=True, text=True, check=False
    )


def test_a_python_runs_modules_as_ever() -> None:
    assert module_command("classroom_monitor") == [sys.executable, "-m", "classroom_monitor"]


def test_a_bundle_asks_its_own_executable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    command = module_command("classroom_monitor.vision.yunet_trial")

    assert command == [sys.executable, RUN_MODULE, "classroom_monitor.vision.yunet_trial"]


def test_the_executable_is_the_command_line() -> None:
    done = start("--version")

    assert done.returncode == 0
    assert __version__ in done.stdout


def test_the_executable_runs_a_module_with_its_arguments() -> None:
    done = start(RUN_MODULE, "classroom_monitor", "--version")

    assert (done.returncode, done.stderr) == (0, "")
    assert __version__ in done.stdout


def test_the_executable_runs_no_other_programs_modules() -> None:
    done = start(RUN_MODULE, "http.server", "0")

    assert done.returncode == 2
    assert done.stdout == ""
