"""What a power cut leaves of a store: all that was said to be saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.disk_trace import can_trace
from tests.faults.power_cut import SMALL_LOG, WORKS, Work, cut_power

TIMES = 60

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace, which hears writes, is not here")


@pytest.mark.parametrize("work", WORKS, ids=lambda work: str(work.name))
def test_a_power_cut_takes_nothing_that_was_saved(work: Work, tmp_path: Path) -> None:
    figures = cut_power(work, TIMES, tmp_path)
    assert len(figures.outages) == TIMES
    assert any(outage.said for outage in figures.outages)
    assert figures.lost == 0


def test_the_usual_setting_would_lose_the_last_seconds(tmp_path: Path) -> None:
    """The model is no friend of the store: with synchronous=NORMAL it takes what was saved."""
    usual = replace(WORKS[0], settings=(SMALL_LOG, "synchronous = NORMAL"))
    assert cut_power(usual, TIMES, tmp_path).lost > 1
