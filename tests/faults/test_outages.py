"""A short form of tests/faults/outages.py: streams that fail in every way, and come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.network_camera import Behaviour
from tests.faults.outages import OUTAGES, SERVERS, Outage, suffer


@pytest.mark.parametrize("protocol", SERVERS)
@pytest.mark.parametrize("behaviour", OUTAGES)
def test_a_session_outlives_an_outage(behaviour: Behaviour, protocol: str, tmp_path: Path) -> None:
    loss = suffer(Outage(protocol, behaviour, after_s=0.2, lasts_s=2.5), tmp_path)
    assert loss.back_s > 0
