"""Hundreds of damaged lectures: python -m tests.faults.damage."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.damage import RESCUED, SAVED, record_and_damage

TIMES = 12


def test_a_store_that_is_damaged_meanwhile_costs_no_second(tmp_path: Path) -> None:
    places = {record_and_damage(tmp_path / str(seed), random.Random(seed)) for seed in range(TIMES)}
    assert places == {SAVED, RESCUED}
