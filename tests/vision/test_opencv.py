"""Importing OpenCV leaves the environment as it found it."""

import os
import subprocess
import sys

import pytest

REPORT = """
import os
import {module}
for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH"):
    print(os.environ.get(name))
"""


def environment_after_import(module: str, environment: dict[str, str]) -> list[str]:
    finished = subprocess.run(
        [sys.executable, "-c", REPORT.format(module=module)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return finished.stdout.splitlines()


@pytest.fixture
def bare_environment() -> dict[str, str]:
    dropped = {"QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH"}
    return {name: value for name, value in os.environ.items() if name not in dropped}


def test_unset_variables_stay_unset(bare_environment: dict[str, str]) -> None:
    after = environment_after_import("classroom_monitor.vision.opencv", bare_environment)
    assert after == ["None", "None", "None"]


def test_set_variables_keep_their_values(bare_environment: dict[str, str]) -> None:
    environment = bare_environment | {
        "QT_QPA_PLATFORM_PLUGIN_PATH": "/plugins",
        "QT_QPA_FONTDIR": "/fonts",
        "LD_LIBRARY_PATH": "/libraries",
    }
    after = environment_after_import("classroom_monitor.vision.opencv", environment)
    assert after == ["/plugins", "/fonts", "/libraries"]
