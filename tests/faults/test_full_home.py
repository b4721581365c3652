"""A disk that is full ends nothing but what needs the disk."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from classroom_monitor.program_log import PACKAGE, ProgramLog
from tests.faults.full_disk import fill, remount, small_disk
from tests.faults.victim import homely


def test_a_log_on_a_full_disk_loses_lines_and_nothing_else(tmp_path: Path) -> None:
    logger = logging.getLogger(f"{PACKAGE}.full")
    with small_disk(tmp_path / "disk") as disk:
        with ProgramLog(disk) as log:
            logger.warning("there is room")
            fill(disk)
            for number in range(200):
                logger.warning("there is none, %d", number)
            assert len(log.lines()) == 201
        with ProgramLog(disk / "nowhere") as log:
            logger.warning("there is no folder either")
            assert "there is no folder either" in log.lines()[-1]


@pytest.mark.parametrize("trouble", ["full", "ro"])
def test_the_window_opens_and_closes_where_nothing_can_be_written(
    tmp_path: Path, trouble: str
) -> None:
    with small_disk(tmp_path / "home") as home:
        environment = homely(home)
        command = [sys.executable, "-m", "classroom_monitor"]
        region = [*command, "settings", "region", "eu"]  # counts only: no model to load
        subprocess.run(region, env=environment, check=True, capture_output=True)
        if trouble == "full":
            fill(home)
        else:
            remount(home, trouble)
        demo = subprocess.run(
            [*command, "demo", "--seconds", "2"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert demo.returncode == 0, demo.stderr
        assert "Traceback" not in demo.stderr
