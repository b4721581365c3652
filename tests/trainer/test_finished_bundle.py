"""A finished run becomes a bundle that is calibrated, measured and described."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS, Float32Array
from classroom_monitor.trainer.dataset.records import Split
from classroom_monitor.trainer.evaluation.history import read_history
from classroom_monitor.trainer.export import ROLES
from classroom_monitor.trainer.finish import Finished, finish
from classroom_monitor.trainer.networks.rebuild import keras_network
from classroom_monitor.trainer.networks.start import start_network
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.predict import predict_both_ways
from classroom_monitor.trainer.weights_file import save_weights
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.classifier import open_classifier
from classroom_monitor.vision.crops import crop_whole_images
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.runs import Recorder, tiny_recipe

pytestmark = [
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

HISTORY = [
    {"epoch": 1, "size_px": 32, "loss": 1.25, "held_out_loss": 1.5, "held_out_accuracy": 0.5}
]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """Finish an untrained network as if it had been trained on faces balanced with copies."""
    for name in ("keras", "tensorflow", "sklearn"):
        pytest.importorskip(name, reason="needs the train extra")
    folder = tmp_path_factory.mktemp("models")
    named = save_faces(folder / "named.npz", drawn_faces(30, seed=9))
    recipe = tiny_recipe(balance="oversample", per_class="60", name="mine")
    recipe = replace(recipe, test=str(named))
    split = Split(drawn_faces(90), drawn_faces(30, seed=1), drawn_faces(30, seed=2))
    network = start_network(recipe, len(outputs_of(recipe, split.training).names), Recorder())
    run = Finished(network, recipe, split, HISTORY)
    finish(run, folder / "mine", Recorder())
    return folder / "mine", run


def test_the_bundle_is_whole(finished: tuple[Path, Finished]) -> None:
    folder, _ = finished
    bundle = load_bundle(folder)
    bundle.require_moods()
    assert bundle.name == "mine"
    assert {file.name for file in bundle.files} == set(ROLES)
    beside = {"bundle.json", "history.json", "report.md"}
    assert {path.name for path in folder.iterdir()} == {*ROLES, *beside}
    assert [epoch["epoch"] for epoch in read_history(folder)] == [1.0]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["mine", "named.npz"]


def test_the_weights_are_the_runs_with_the_offsets_in_them(finished: tuple[Path, Finished]) -> None:
    folder, run = finished
    bundle = load_bundle(folder)
    images = drawn_faces(9, seed=5).images
    trained = predict_both_ways(run.network, images, bundle.crop)
    moved = predict_both_ways(keras_network(bundle), images, bundle.crop) - trained
    np.testing.assert_allclose(moved, np.tile(moved[0], (9, 1)), atol=1e-4)
    classifier = open_classifier(bundle, "litert-float32")
    given = classifier.both_ways_logits(crop_whole_images(images, bundle.crop))
    np.testing.assert_allclose(given, trained + moved, atol=1e-3)


def test_a_run_goes_on_from_a_bundle_or_from_the_mean_of_several(
    finished: tuple[Path, Finished], tmp_path: Path
) -> None:
    folder, run = finished

    def started(*bundles: Path) -> list[Float32Array]:
        start = replace(run.recipe.start, start=",".join(map(str, bundles)))
        recipe = replace(run.recipe, start=start)
        network = start_network(recipe, run.network.output_shape[-1], Recorder())
        weights: list[Float32Array] = network.get_weights()
        return weights

    network = start_network(run.recipe, run.network.output_shape[-1], Recorder())
    network.set_weights([array + 1.0 for array in started(folder)])
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    save_weights(network, other / "network.weights.h5")
    content = (other / "network.weights.h5").read_bytes()
    document = json.loads((other / "bundle.json").read_text("utf-8"))
    document["files"]["network.weights.h5"] |= {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    (other / "bundle.json").write_text(json.dumps(document), "utf-8")
    for one, mean in zip(started(folder), started(folder, other), strict=True):
        np.testing.assert_allclose(mean, one + 0.5, atol=1e-3)


def test_the_card_holds_every_part_that_was_measured(finished: tuple[Path, Finished]) -> None:
    card = (finished[0] / "report.md").read_text("utf-8")
    for title in (
        "the test part",
        "named.npz, which decided nothing",
        "a test part with augmented copies in it, as in the write-up",
        "the faces held out of training",
    ):
        assert f"## Figures on {title}" in card
    assert "accuracy on the balanced set | 0.78 | 0." in card
    assert "| accuracy on the skewed set | 0.85 | | | |" in card
    assert "this run: scheme=valence3 instead of fer+8" in card
    assert ", ".join(MOODS) in card
