"""Weights on disk: smaller, and the same network when read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.trainer.weights_file import rounded, save_weights

keras = pytest.importorskip("keras")

pytestmark = [  # of TensorFlow's own
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
]


def small_network() -> Any:
    inner = [keras.layers.Conv2D(64, 3), keras.layers.GlobalAveragePooling2D()]
    return keras.Sequential([keras.Input((8, 8, 1)), *inner, keras.layers.Dense(3)])


def test_a_network_read_again_answers_as_before(tmp_path: Path) -> None:
    keras.utils.set_random_seed(3)
    network, again = small_network(), small_network()
    path = tmp_path / "network.weights.h5"
    save_weights(network, path)
    again.load_weights(path)

    faces = np.random.default_rng(1).random((16, 8, 8, 1), np.float32)
    before, after = (each.predict(faces, verbose=0) for each in (network, again))
    assert np.allclose(before, after, atol=1e-4)
    assert list(tmp_path.iterdir()) == [path]


def test_rounding_is_to_the_nearest_and_stays_finite() -> None:
    values = np.array([1.0, -1.0, 0.0, 1 / 3, 3.4e38, np.float32(1e-40)], np.float32)
    values = np.append(values, np.finfo(np.float32).max)

    near = rounded(values)

    assert np.isfinite(near).all()
    assert np.allclose(near, values, rtol=2.0**-16, atol=1e-43)
    assert (near.view(np.uint32)[:5] & 0xFF == 0).all()
