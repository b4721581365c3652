"""Keras, LiteRT float32 and LiteRT int8 give the same answers, for every recipe's network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.model_choice import DEFAULT_MODEL
from classroom_monitor.resources import models_dir
from classroom_monitor.trainer.export import (
    Calibration,
    Description,
    exported_network,
    write_description,
    write_weights,
)
from classroom_monitor.trainer.networks.rebuild import keras_network
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.predict import crop_spec, predict_both_ways, predict_logits
from classroom_monitor.trainer.recipes.registry import find_recipe
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import open_classifier
from classroom_monitor.vision.crops import crop_whole_images
from tests.trainer.faces import drawn_faces

pytestmark = [
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

FACES = 37
"""A number that the engines' batches of 16, 4 and 1 all have a part in."""

SMALL = {
    "baseline_cnn": {"filters": "8"},
    "cnn_eight": {},
    "deepcnn_three": {"filters": "8"},
    "mobilenet_interest": {"alpha": "0.25", "size": "64"},
    "mobilenet_valence": {"alpha": "0.25", "size": "48"},
    "vgg19_three": {"size": "32"},
}
"""Each recipe's network, made small enough for a test; best has that of mobilenet_valence."""


@pytest.fixture(scope="module", autouse=True)
def tensorflow() -> None:
    """Skip where the train extra is missing."""
    for name in ("keras", "tensorflow"):
        pytest.importorskip(name, reason="needs the train extra")


def answers_of(bundle: Bundle, images: UInt8Array) -> dict[str, Float32Array]:
    """Return the (n, outputs) logits of Keras and of both LiteRT engines."""
    crops = crop_whole_images(images, bundle.crop).images
    answers = {"keras": predict_logits(keras_network(bundle), images, bundle.crop)}
    for engine in ("litert-float32", "litert-int8"):
        classifier = open_classifier(bundle, engine)
        answers[engine] = classifier.logits(crops)
        classifier.close()
    return answers


def enliven(network: Any) -> None:
    """Give a new network weights that let signals through all its layers, and biases."""
    rng = np.random.default_rng(6)
    for variable in network.trainable_variables:
        shape = tuple(variable.shape)
        if variable.name == "kernel" and len(shape) > 1:
            fan_in = np.prod(shape[:-1]) if variable.path.count("conv_dw") == 0 else 9
            variable.assign(rng.normal(0, np.sqrt(2 / fan_in), shape))
        elif variable.name in ("bias", "beta"):
            variable.assign(rng.normal(0, 0.1, shape))


@pytest.mark.parametrize("name", SMALL)
def test_engines_of_every_recipe_agree(name: str, tmp_path: Path) -> None:
    recipe = apply_overrides(find_recipe(name), SMALL[name])
    faces = drawn_faces(FACES)
    outputs = outputs_of(recipe, faces)
    network = recipe.build(recipe, len(outputs.names))
    enliven(network)
    offsets = (0.5, *(0.0 for _ in outputs.classes[1:]))
    calibration = Calibration(1.0, offsets, 16, 0.0)
    exported = exported_network(network, recipe, outputs, calibration)
    spec = crop_spec(recipe.input)
    write_weights(exported, crop_whole_images(faces.images, spec).images, tmp_path)
    write_description(tmp_path, Description(recipe, outputs, calibration, FACES))
    answers = answers_of(load_bundle(tmp_path), faces.images)
    expected = answers["keras"]
    spread = float(np.ptp(expected))
    assert expected.std(axis=0).max() > 0.001 * spread
    np.testing.assert_allclose(answers["litert-float32"], expected, atol=1e-3 * spread)
    assert np.abs(answers["litert-int8"] - expected).max() < 0.15 * spread
    moved = expected - predict_logits(network, faces.images, spec)
    assert (moved[:, list(outputs.groups[0])].mean() - moved.mean()) > 0


def test_engines_of_the_shipped_bundle_agree_on_real_faces(shared_dir: Path) -> None:
    bundle = load_bundle(models_dir() / DEFAULT_MODEL)
    with np.load(shared_dir / "data" / "ferplus_valid.npz") as archive:
        images = archive["images"][:200]
    answers = answers_of(bundle, images)
    expected = answers["keras"]
    np.testing.assert_allclose(answers["litert-float32"], expected, atol=2e-3)
    assert np.abs(answers["litert-int8"] - expected).mean() < 0.25
    same = answers["litert-int8"].argmax(axis=1) == expected.argmax(axis=1)
    assert same.mean() > 0.95


def test_both_ways_is_the_mean_of_a_face_and_its_mirror_image() -> None:
    recipe = find_recipe("cnn_eight")
    network = recipe.build(recipe, 8)
    images = drawn_faces(5).images
    spec = crop_spec(recipe.input)
    mirrored = np.ascontiguousarray(images[:, :, ::-1])
    expected = (predict_logits(network, images, spec) + predict_logits(network, mirrored, spec)) / 2
    np.testing.assert_allclose(predict_both_ways(network, images, spec), expected, atol=1e-5)
    assert predict_both_ways(network, images[:0], spec).shape == (0, 8)
