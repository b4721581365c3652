"""A short form of tests/faults/held_up.py: a process that is stopped and goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.held_up import Hold, hold

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process so")


def test_a_session_goes_on_after_its_process_was_stopped(tmp_path: Path) -> None:
    held = hold(Hold(after_s=0.3, lasts_s=4.0), tmp_path)
    assert held.gaps >= 2
    assert held.seconds >= 5
