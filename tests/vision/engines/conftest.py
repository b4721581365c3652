"""Keras on the processor in the place of a GPU, so that its engine runs on any machine."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

from classroom_monitor.vision.engines.keras_gpu import devices


@pytest.fixture(scope="module")
def keras_on_cpu() -> Iterator[bool]:
    """Let the GPU's engine run on whatever Keras computes on; False where Keras is missing."""
    if any(importlib.util.find_spec(name) is None for name in ("keras", "tensorflow")):
        yield False
        return
    devices.import_keras()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(devices, "require_gpu", lambda: "the processor")
        yield True


@pytest.fixture
def keras(keras_on_cpu: bool) -> None:
    """Skip where Keras is missing."""
    if not keras_on_cpu:
        pytest.skip("needs the train extra")
