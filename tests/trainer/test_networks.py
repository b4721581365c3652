"""Each recipe's network is the one that its write-up describes, and starts as it is told to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.errors import BundleProblem, DataProblem
from classroom_monitor.model_choice import DEFAULT_MODEL
from classroom_monitor.resources import models_dir
from classroom_monitor.trainer.networks.pretrained import read_pretrained
from classroom_monitor.trainer.networks.rebuild import keras_network, recipe_of
from classroom_monitor.trainer.networks.shape import move_logits
from classroom_monitor.trainer.networks.start import freeze, load_pretrained, start_network
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.registry import find_recipe
from classroom_monitor.vision.bundle import load_bundle
from tests.trainer.runs import Recorder
from tests.vision.bundles import make_tiny_bundle

pytestmark = [
    # Keras's and h5py's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def keras() -> Any:
    """Skip where the train extra is missing."""
    return pytest.importorskip("keras", reason="needs the train extra")


def recipe_with(name: str, **settings: str) -> Recipe:
    return apply_overrides(find_recipe(name), settings)


def layers_of(network: Any, kind: str) -> list[Any]:
    return [layer for layer in network.layers if type(layer).__name__ == kind]


def test_the_baseline_has_two_blocks_and_one_sigmoid() -> None:
    recipe = find_recipe("baseline_cnn")
    network = recipe.build(recipe, 2)
    convolutions = layers_of(network, "Conv2D")
    assert [(c.filters, c.kernel_size) for c in convolutions] == [(64, (3, 3))] * 4
    assert len(layers_of(network, "MaxPooling2D")) == 2
    assert [dense.units for dense in layers_of(network, "Dense")] == [128, 64, 1]
    faces = np.random.default_rng(1).integers(0, 256, (3, 48, 48, 1), np.uint8)
    logits = np.asarray(network.predict_on_batch(faces))
    assert logits.shape == (3, 2)
    assert not logits[:, 0].any()
    assert logits[:, 1].all()
    with pytest.raises(DataProblem, match="scheme=positive_negative"):
        recipe.build(recipe, 3)


def test_the_deep_network_has_seven_convolutions_with_batch_norm() -> None:
    recipe = find_recipe("deepcnn_three")
    network = recipe.build(recipe, 3)
    assert network.input_shape == (None, 48, 48, 1)
    assert len(layers_of(network, "Conv2D")) == 7
    assert len(layers_of(network, "BatchNormalization")) == 7
    assert len(layers_of(network, "Dropout")) == 4
    assert len(layers_of(network, "MaxPooling2D")) == 3


def test_the_eight_emotions_network_has_the_shape_that_its_settings_give() -> None:
    recipe = find_recipe("cnn_eight")
    network = recipe.build(recipe, 8)
    convolutions = layers_of(network, "Conv2D")
    assert [(c.filters, c.kernel_size) for c in convolutions] == [(32, (5, 5)), (16, (3, 3))]
    assert [dense.units for dense in layers_of(network, "Dense")] == [128, 32, 8]
    other = recipe_with("cnn_eight", filters1="4", kernel2="7", dense2="9", activation="tanh")
    changed = other.build(other, 8)
    assert [c.kernel_size for c in layers_of(changed, "Conv2D")] == [(5, 5), (7, 7)]
    assert [dense.units for dense in layers_of(changed, "Dense")] == [128, 9, 8]
    assert layers_of(changed, "Dense")[0].activation.__name__ == "tanh"


def test_the_first_fifteen_layers_of_interest_stay_as_they_are() -> None:
    recipe = recipe_with("mobilenet_interest", alpha="0.25")
    network = recipe.build(recipe, 3)
    freeze(network, recipe.start.frozen_until)
    features = network.get_layer("features").layers
    assert [layer.trainable for layer in features[:16]] == [False] * 15 + [True]
    assert all(layer.trainable for layer in features[15:])
    assert type(network.get_layer("pool")).__name__ == "GlobalMaxPooling2D"
    assert features[-1].name == "conv_pw_13_relu"


def test_only_the_last_block_of_vgg19_and_its_head_learn() -> None:
    recipe = recipe_with("vgg19_three", size="32")
    network = recipe.build(recipe, 3)
    freeze(network, recipe.start.frozen_until)
    learning = {variable.path.split("/")[-2] for variable in network.trainable_variables}
    block = {f"block5_conv{number}" for number in (1, 2, 3, 4)}
    assert learning == {*block, "dense1", "dense2", "logits"}
    assert network.get_layer("dense1").kernel_regularizer.l2 == pytest.approx(0.01)
    assert len(network.losses) == 2


def test_vgg19_takes_the_mean_off_and_turns_bgr_kernels_round(keras: Any, tmp_path: Path) -> None:
    recipe = recipe_with("vgg19_three", size="32")
    source = keras.applications.VGG19(input_shape=(32, 32, 3), include_top=False, weights=None)
    weights = tmp_path / "vgg19.weights.h5"
    source.save_weights(weights)
    network = recipe.build(recipe, 3)
    named = replace(recipe, start=replace(recipe.start, pretrained=str(weights)))
    assert load_pretrained(network, named) == []
    rgb = np.random.default_rng(2).integers(0, 256, (1, 32, 32, 3)).astype(np.float32)
    expected = source.predict_on_batch(keras.applications.vgg19.preprocess_input(rgb.copy()))
    scaled = network.get_layer("scale")(rgb)
    given = network.get_layer("features").predict_on_batch(scaled)
    np.testing.assert_allclose(np.asarray(given), np.asarray(expected), atol=1e-3)


@pytest.mark.parametrize(
    ("name", "settings", "complaint"),
    [
        ("mobilenet_interest", {"pooling": "median"}, "pooling=median"),
        ("mobilenet_interest", {"last_layer": "conv_pw_14_relu"}, "last_layer=conv_pw_14_relu"),
        ("deepcnn_three", {"activation": "sine"}, "activation=sine"),
        ("deepcnn_three", {"filters": "0"}, "filters=0"),
        ("cnn_eight", {"dropout": "1"}, "dropout=1"),
        ("cnn_eight", {"kernel1": "99"}, "kernel1=99"),
        ("cnn_eight", {"stages": "40x1,50x1"}, "one input size"),
        ("vgg19_three", {"channels": "1"}, "channels=1"),
    ],
)
def test_shapes_that_cannot_be_are_refused(
    name: str, settings: dict[str, str], complaint: str
) -> None:
    recipe = recipe_with(name, **settings)
    with pytest.raises(DataProblem, match=complaint):
        recipe.build(recipe, 3)


def test_moving_logits_moves_what_the_network_answers() -> None:
    faces = np.random.default_rng(3).integers(0, 256, (2, 48, 48, 1), np.uint8)
    moves = np.array([0.5, -1.0], np.float32)
    for name in ("baseline_cnn", "deepcnn_three"):
        recipe = find_recipe(name)
        network = recipe.build(recipe, 2)
        before = np.asarray(network.predict_on_batch(faces))
        move_logits(network, moves)
        after = np.asarray(network.predict_on_batch(faces))
        np.testing.assert_allclose(
            after[:, 1] - after[:, 0], before[:, 1] - before[:, 0] - 1.5, atol=1e-5
        )


def test_random_weights_are_never_frozen_and_said_to_be_random() -> None:
    recorder = Recorder()
    network = start_network(recipe_with("mobilenet_interest", alpha="0.25"), 3, recorder)
    assert all(layer.trainable for layer in network.get_layer("features").layers)
    assert any("random weights" in notice for notice in recorder.notices)


def test_what_a_weights_file_lacks_starts_at_random(keras: Any, tmp_path: Path) -> None:
    recipe = recipe_with("mobilenet_interest", alpha="0.25")
    source = keras.applications.MobileNet(
        input_shape=(64, 64, 3), alpha=0.25, include_top=False, weights=None
    )
    arrays = {
        f"{layer.name}/{v.name}": v.numpy() + 0.25 for layer in source.layers for v in layer.weights
    }
    del arrays["conv_pw_13/kernel"]
    path = tmp_path / "weights.npz"
    np.savez(path, allow_pickle=False, **arrays)
    recorder = Recorder()
    named = replace(recipe, start=replace(recipe.start, pretrained=str(path)))
    network = start_network(named, 3, recorder)
    assert recorder.notices == [f"{path} lacks conv_pw_13/kernel: it starts at random"]
    kernel = network.get_layer("features").get_layer("conv1").kernel
    np.testing.assert_array_equal(np.asarray(kernel), arrays["conv1/kernel"])
    assert not network.get_layer("features").get_layer("conv1").trainable
    del arrays["conv_pw_5/kernel"]
    np.savez(path, allow_pickle=False, **arrays)
    with pytest.raises(DataProblem, match="lack conv_pw_5/kernel"):
        start_network(named, 3, recorder)


def test_grey_networks_sum_the_colours_of_pretrained_kernels(shared_dir: Path) -> None:
    weights = str(shared_dir / "data" / "mobilenet_1_0_imagenet.npz")
    recipe = recipe_with("mobilenet_valence", pretrained=weights)
    network = recipe.build(recipe, 8)
    assert load_pretrained(network, recipe) == []
    given = np.asarray(network.get_layer("features").get_layer("conv1").kernel)
    colours = read_pretrained(recipe)["conv1/kernel"]
    np.testing.assert_allclose(given, colours.sum(axis=2, keepdims=True), atol=1e-6)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("mobilenet_valence", None, "no such file"),
        ("mobilenet_valence", b"not weights", "holds no weights of this network"),
        ("cnn_eight", b"", "leave pretrained out"),
    ],
)
def test_weights_that_are_none_are_refused(
    name: str, content: bytes | None, complaint: str, tmp_path: Path
) -> None:
    path = tmp_path / "weights.h5"
    if content is not None:
        path.write_bytes(content)
    recipe = find_recipe(name)
    named = replace(recipe, start=replace(recipe.start, pretrained=str(path)))
    with pytest.raises(DataProblem, match=complaint):
        start_network(named, 8, Recorder())


def test_an_unreachable_download_is_one_clear_line(
    keras: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        # What keras.utils.get_file raises without a network.
        raise Exception("URL fetch failure on https://storage: None -- [Errno -2]")

    monkeypatch.setattr(keras.applications, "MobileNet", unreachable)
    recipe = recipe_with("mobilenet_interest", pretrained="download")
    with pytest.raises(DataProblem, match="could not fetch the weights") as caught:
        read_pretrained(recipe)
    assert "\n" not in str(caught.value)


def test_the_shipped_bundle_is_built_again_from_its_description() -> None:
    bundle = load_bundle(models_dir() / DEFAULT_MODEL)
    network = keras_network(bundle)
    assert network.input_shape == (None, 80, 80, 1)
    assert network.output_shape == (None, 8)
    assert recipe_of(bundle).network == find_recipe("best").network


@pytest.mark.parametrize(
    ("recipe", "complaint"),
    [
        ({"name": "resnet"}, "There is no recipe 'resnet'"),
        ({"name": "best", "network": {"depth": 3}}, "hold depth"),
        ({"name": "best", "network": {"alpha": "wide"}}, "hold alpha"),
        ({"name": "best", "network": {"alpha": True}}, "hold alpha"),
        ({"name": "best", "network": [1]}, "no JSON object"),
        ({"name": "best", "network": {"alpha": -1}}, "alpha=-1"),
        ({"name": "best"}, "can't be built again"),
    ],
)
def test_a_bundle_that_says_something_else_is_not_built(
    tmp_path: Path, recipe: dict[str, Any], complaint: str
) -> None:
    """The last case is well described, but its weights are none."""
    folder = make_tiny_bundle(tmp_path / "tiny", recipe=recipe)
    bundle = load_bundle(folder)
    weights = replace(bundle.files[0], role="keras")
    with pytest.raises(BundleProblem, match=complaint) as caught:
        keras_network(replace(bundle, files=(weights,)))
    assert "\n" not in str(caught.value)
    assert "choose a LiteRT engine" in str(caught.value)


def test_a_bundle_without_keras_weights_says_so(tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path / "tiny"))
    with pytest.raises(BundleProblem, match="no weights for engine 'keras'"):
        keras_network(bundle)
