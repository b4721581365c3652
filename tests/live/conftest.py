"""Fixtures of tests that run whole sessions."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.live.rig import Rig, eventually

OWN_THREADS = ("analysis", "recorder", "capture", "decoder")


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    yield
    eventually(lambda: not any(t.name.startswith(OWN_THREADS) for t in threading.enumerate()))


@pytest.fixture
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.released.set()
    rig.session.stop(1.0)
