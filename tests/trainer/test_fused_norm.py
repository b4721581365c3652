"""Batch norms in one pass are Keras's: values, gradients, averages, names and files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.networks.start import start_network
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipes.registry import find_recipe
from tests.trainer.runs import Recorder

pytestmark = [
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

INPUTS = np.random.default_rng(3).normal(2.0, 3.0, (4, 5, 6, 3)).astype(np.float32)


@pytest.fixture
def kinds() -> tuple[Any, Any]:
    """Keras's class and the one in one pass."""
    pytest.importorskip("tensorflow", reason="needs the train extra")
    keras = pytest.importorskip("keras", reason="needs the train extra")
    from classroom_monitor.trainer.networks.fused_norm import BatchNormalization

    return keras.layers.BatchNormalization, BatchNormalization


def learned(kind: Any, inputs: Float32Array, **settings: Any) -> list[Float32Array]:
    """Return a layer's outputs in training, their gradients, and its weights afterwards."""
    import tensorflow as tf

    layer = kind(**settings)
    layer.build(inputs.shape)
    rng = np.random.default_rng(4)
    layer.set_weights([rng.uniform(0.5, 1.5, w.shape).astype(np.float32) for w in layer.weights])
    given = tf.constant(inputs)
    with tf.GradientTape() as tape:
        tape.watch(given)
        outputs = layer(given, training=True)
        loss = tf.reduce_sum(tf.cast(outputs, "float32") ** 3)
    gradients = tape.gradient(loss, [given, *(v.value for v in layer.trainable_variables)])
    return [np.asarray(array, np.float32) for array in (outputs, *gradients, *layer.weights)]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"momentum": 0.5, "epsilon": 0.01},
        {"scale": False},
        {"center": False},
        {"dtype": "mixed_bfloat16"},
    ],
    ids=str,
)
def test_it_learns_as_keras_does(kinds: tuple[Any, Any], settings: dict[str, Any]) -> None:
    theirs, ours = (learned(kind, INPUTS, **settings) for kind in kinds)
    tolerance = 0.05 if "dtype" in settings else 1e-3
    for expected, given in zip(theirs, ours, strict=True):
        np.testing.assert_allclose(given, expected, rtol=tolerance, atol=tolerance)


def test_what_is_not_a_picture_is_left_to_keras(kinds: tuple[Any, Any]) -> None:
    theirs, ours = (learned(kind, INPUTS.reshape(-1, 3)) for kind in kinds)
    for expected, given in zip(theirs, ours, strict=True):
        np.testing.assert_array_equal(given, expected)


def test_a_frozen_one_stays_as_it_is(kinds: tuple[Any, Any]) -> None:
    layer = kinds[1]()
    layer.build(INPUTS.shape)
    layer.trainable = False
    before = layer.get_weights()
    in_training, at_rest = (np.asarray(layer(INPUTS, training=way)) for way in (True, False))
    np.testing.assert_array_equal(in_training, at_rest)
    assert all(map(np.array_equal, before, layer.get_weights()))


@pytest.mark.parametrize("name", ["deepcnn_three", "mobilenet_valence"])
def test_a_network_that_starts_is_the_recipes_own(
    name: str, kinds: tuple[Any, Any], tmp_path: Path
) -> None:
    recipe = find_recipe(name)
    side_px = recipe.input.size_px
    faces = np.random.default_rng(5).uniform(0, 255, (2, side_px, side_px, 1)).astype(np.float32)
    network = start_network(recipe, 3, Recorder())
    norms = [layer for layer in network._flatten_layers() if isinstance(layer, kinds[0])]
    assert norms
    assert all(type(layer) is kinds[1] for layer in norms)
    network.save_weights(tmp_path / "kept.weights.h5")
    plain = recipe.build(recipe, 3)
    plain.load_weights(tmp_path / "kept.weights.h5")
    assert [v.path for v in plain.weights] == [v.path for v in network.weights]
    expected, given = (np.asarray(n.predict_on_batch(faces)) for n in (plain, network))
    np.testing.assert_allclose(given, expected, atol=1e-5)


def test_a_seed_gives_the_same_start_as_keras_alone(kinds: tuple[Any, Any]) -> None:
    import keras

    recipe = apply_overrides(find_recipe("deepcnn_three"), {"seed": "8"})
    keras.utils.set_random_seed(8)
    plain = recipe.build(recipe, 3)
    network = start_network(recipe, 3, Recorder())
    assert type(network.layers[3]) is kinds[1]
    assert all(map(np.array_equal, plain.get_weights(), network.get_weights()))
