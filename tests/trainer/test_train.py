"""Tiny runs of the real recipe, from faces to a bundle that LiteRT runs."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.evaluate import evaluate
from classroom_monitor.trainer.fit import Fit, RunFolder, Split
from classroom_monitor.trainer.listener import TrainingStep
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence
from classroom_monitor.trainer.train import list_recipes, train
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.classifier import open_classifier
from classroom_monitor.vision.crops import crop_whole_images
from tests.trainer.faces import drawn_faces, save_faces

pytestmark = [
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

SMALL = {
    "alpha": "0.25",
    "size": "48",
    "epochs": "2",
    "batch": "16",
    "held_out": "0.2",
    "learning_rate": "0.003",
    "name": "tiny",
}


class Recorder:
    """Hears a run; sends itself Ctrl-C after a number of steps, if asked to."""

    def __init__(self, interrupt_after: int | None = None) -> None:
        self.steps: list[TrainingStep] = []
        self.epochs: list[dict[str, float]] = []
        self.notices: list[str] = []
        self._interrupt_after = interrupt_after

    def on_step(self, step: TrainingStep) -> None:
        self.steps.append(step)
        if len(self.steps) == self._interrupt_after:
            raise KeyboardInterrupt

    def on_epoch(self, record: dict[str, float]) -> None:
        self.epochs.append(record)

    def on_notice(self, text: str) -> None:
        self.notices.append(text)


@pytest.fixture(scope="module", autouse=True)
def tensorflow() -> None:
    """Skip where the train extra is missing."""
    for name in ("keras", "tensorflow", "sklearn"):
        pytest.importorskip(name, reason="needs the train extra")


@pytest.fixture(scope="module")
def faces_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_faces(tmp_path_factory.mktemp("data") / "faces.npz", drawn_faces(180))


@pytest.fixture(scope="module")
def trained(faces_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recorder]:
    recorder = Recorder()
    out = tmp_path_factory.mktemp("models") / "tiny"
    test = save_faces(faces_path.with_name("test.npz"), drawn_faces(30, seed=9))
    settings = {**SMALL, "test": str(test)}
    return train("mobilenet_valence", [faces_path], out, settings, recorder), recorder


def test_a_run_leaves_a_whole_bundle_and_nothing_else(trained: tuple[Path, Recorder]) -> None:
    folder, recorder = trained
    bundle = load_bundle(folder)
    assert bundle.classes == MOODS
    assert bundle.roles == ("litert-float32", "litert-int8", "keras")
    assert bundle.recipe["name"] == "mobilenet_valence"
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]
    assert len(recorder.epochs) == 2
    assert recorder.steps[-1].step == recorder.steps[-1].steps
    assert recorder.steps[-1].seconds_left == 0
    assert any("random weights" in notice for notice in recorder.notices)


def test_the_card_tells_figures_and_limits(trained: tuple[Path, Recorder]) -> None:
    card = (trained[0] / "report.md").read_text("utf-8")
    for part in (
        "Intended use",
        "not an emotion",
        "litert-int8",
        "Temperature",
        "Limits",
        "test.npz",
    ):
        assert part in card


def test_engines_agree_with_keras_on_the_same_faces(
    trained: tuple[Path, Recorder], faces_path: Path
) -> None:
    from classroom_monitor.trainer.network import NetworkSettings, build_network

    bundle = load_bundle(trained[0])
    crops = crop_whole_images(drawn_faces(24, seed=5).images, bundle.crop)
    network = build_network(NetworkSettings(alpha=0.25), bundle.crop.size_px)
    network.load_weights(trained[0] / "network.weights.h5")
    expected = np.asarray(network.predict_on_batch(crops.images))
    float32 = open_classifier(bundle, "litert-float32").logits(crops.images)
    int8 = open_classifier(bundle, "litert-int8").logits(crops.images)
    assert np.abs(float32 - expected).max() < 1e-3
    assert np.abs(int8 - expected).max() < 0.15 * np.ptp(expected)


def test_evaluate_tells_what_the_design_lists(
    trained: tuple[Path, Recorder], faces_path: Path
) -> None:
    figures = evaluate(trained[0], faces_path)
    wanted = "n classes accuracy baseline_accuracy macro_f1 auc ece nll brier confusion coverage"
    assert {*wanted.split(), "accuracy_used"} <= set(figures)
    assert figures["n"] == 180 == np.sum(figures["confusion"])
    assert figures["engine"] == "litert-int8"
    assert json.loads(json.dumps(figures)) == figures


def fit_weights(folder: Path, interrupts: list[int | None]) -> list[np.ndarray]:
    """Train in as many goes as there are interrupts; return the final weights.

    An epoch has five batches; the goes together must do each of the ten once.
    """
    import keras

    from classroom_monitor.trainer.network import build_network

    recipe = apply_overrides(
        MobilenetValence(), {**SMALL, "size": "32", "batch": "10", "learning_rate": "0.001"}
    )
    split = Split(drawn_faces(50), drawn_faces(12, seed=1))
    folder.mkdir()
    done: list[int] = []
    for after in interrupts:
        keras.utils.set_random_seed(3)
        network = build_network(recipe.network)
        recorder = Recorder(after)
        with contextlib.suppress(KeyboardInterrupt):
            Fit(network, recipe, split, RunFolder(folder, "run"), recorder).run()
        done += [step.step for step in recorder.steps]
    assert done == list(range(1, 11))
    return [np.asarray(weights) for weights in network.get_weights()]


def test_a_resumed_run_equals_an_unbroken_one(tmp_path: Path) -> None:
    broken = fit_weights(tmp_path / "broken", [7, None])
    unbroken = fit_weights(tmp_path / "unbroken", [None])
    for one, other in zip(broken, unbroken, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def run_to_the_end(out: Path, data: Path, settings: dict[str, str], recorder: Recorder) -> None:
    try:
        train("mobilenet_valence", [data], out, settings, recorder)
    except KeyboardInterrupt:
        assert not out.exists()


def test_a_checkpoint_of_other_settings_is_refused(faces_path: Path, tmp_path: Path) -> None:
    run_to_the_end(tmp_path / "out", faces_path, SMALL, Recorder(interrupt_after=2))
    with pytest.raises(DataProblem, match="belongs to other settings"):
        train(
            "mobilenet_valence", [faces_path], tmp_path / "out", {**SMALL, "seed": "2"}, Recorder()
        )
    checkpoint = tmp_path / "out.training" / "last.npz"
    checkpoint.write_bytes(checkpoint.read_bytes()[:5000])
    with pytest.raises(DataProblem, match=r"last\.npz"):
        train("mobilenet_valence", [faces_path], tmp_path / "out", SMALL, Recorder())


def test_a_loss_that_is_no_number_ends_the_run(faces_path: Path, tmp_path: Path) -> None:
    hot = {**SMALL, "learning_rate": "1e30", "warmup_steps": "0"}
    with pytest.raises(DataProblem, match="no longer a number"):
        train("mobilenet_valence", [faces_path], tmp_path / "out", hot, Recorder())
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_trained_is_refused_at_once(
    trained: tuple[Path, Recorder], faces_path: Path, tmp_path: Path
) -> None:
    few = save_faces(tmp_path / "few.npz", drawn_faces(9))
    weights = tmp_path / "absent.npz"
    out = tmp_path / "out"
    for name, data, where, settings, complaint in [
        ("unknown", faces_path, out, SMALL, "no recipe 'unknown'"),
        ("mobilenet_valence", few, out, SMALL, "Too few usable faces"),
        ("mobilenet_valence", faces_path, trained[0], SMALL, "is there already"),
        ("mobilenet_valence", faces_path, out, {"pretrained": str(weights)}, "no such file"),
        ("mobilenet_valence", faces_path, out, {**SMALL, "pretrained": str(few)}, "lack conv1"),
    ]:
        with pytest.raises(DataProblem, match=complaint):
            train(name, [data], where, settings, Recorder())
    assert not out.exists()
    assert [info.name for info in list_recipes()] == ["mobilenet_valence"]


def test_pretrained_colour_weights_start_the_grey_network(shared_dir: Path) -> None:
    import keras

    from classroom_monitor.trainer.network import (
        LAST_LAYER,
        NetworkSettings,
        build_network,
        load_pretrained,
    )

    weights = shared_dir / "data" / "mobilenet_1_0_imagenet.npz"
    network = build_network(NetworkSettings())
    load_pretrained(network, weights)
    colour = keras.applications.MobileNet(input_shape=(64, 64, 3), include_top=False, weights=None)
    with np.load(weights) as archive:
        for layer in colour.layers[: colour.layers.index(colour.get_layer(LAST_LAYER)) + 1]:
            for variable in layer.weights:
                kind = variable.name
                if layer.name.startswith("conv_dw") and kind == "kernel":
                    kind = "depthwise_kernel"
                variable.assign(archive[f"{layer.name}/{kind}"])
    cut = keras.Model(colour.input, colour.get_layer(LAST_LAYER).output)
    greys = drawn_faces(3).images[:, :, :, None]
    greys = np.pad(greys, ((0, 0), (8, 8), (8, 8), (0, 0)))
    expected = cut.predict_on_batch(np.repeat(greys, 3, axis=3) / 127.5 - 1)
    given = network.get_layer("features").predict_on_batch(greys / 127.5 - 1)
    assert np.abs(np.asarray(given) - np.asarray(expected)).max() < 1e-3
