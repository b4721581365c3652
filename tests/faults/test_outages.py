"""A short form of tests/faults/outages.py: streams that fail in every way, and come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.network_camera import Behaviour
from tests.faults.outages import Outage, suffer


@pytest.mark.parametrize(
    ("protocol", "behaviour"),
    [
        ("http", Behaviour.GARBAGE),
        ("http", Behaviour.HANGING_UP),
        ("http", Behaviour.POWERED_OFF),
        ("rtsp", Behaviour.SILENT),
        ("rtsp", Behaviour.POWERED_OFF),
    ],
)
def test_a_session_outlives_an_outage(protocol: str, behaviour: Behaviour, tmp_path: Path) -> None:
    loss = suffer(Outage(protocol, behaviour, after_s=0.0, lasts_s=2.1), tmp_path)
    assert loss.back_s > 0
