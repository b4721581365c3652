"""How fast Keras runs the network: that it is measured, and told to whoever asks."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from classroom_monitor.cli import command_line
from classroom_monitor.resources import models_dir
from classroom_monitor.vision.bundle import load_bundle

pytest.importorskip("tensorflow", reason="needs the train extra")

from classroom_monitor.trainer import keras_rates

BEST = models_dir() / "best"
SMALL_SIDE = 64


@pytest.fixture(autouse=True)
def small_matrices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keras_rates, "_MATRIX_SIDE", SMALL_SIDE)


def test_both_ways_of_calling_keras_are_measured() -> None:
    bundle = load_bundle(BEST)
    crops = np.zeros((2, bundle.crop.size_px, bundle.crop.size_px, bundle.crop.channels), np.uint8)
    one_predict, tf_function = keras_rates.keras_rates(bundle, crops, batch=4, budget_s=0.0)
    assert one_predict > 0
    assert tf_function > 0


def test_the_rate_of_multiplication_is_measured() -> None:
    assert keras_rates.matrix_gflops(budget_s=0.0) > 0


def test_a_gpu_is_measured_where_keras_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processor stands in for the GPU: Keras computes the same there, but slower."""
    monkeypatch.setattr(
        "classroom_monitor.vision.engines.keras_gpu.devices.require_gpu", lambda: "stand-in"
    )
    asked = ["gpu", "--model", str(BEST), "--batch", "1", "--batch", "20", "--budget", "0"]
    done = CliRunner().invoke(command_line, ["bench-part", *asked])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert figures["device"] == "stand-in"
    assert figures["float32_gflops"] > 0
    assert [batch for batch, _ in figures["batch_ms"]] == [1, 20]
    assert all(ms > 0 for _, ms in figures["batch_ms"])
