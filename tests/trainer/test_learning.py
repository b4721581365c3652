"""Targets, losses and rates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS, Float32Array, UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer import teacher
from classroom_monitor.trainer.labels import EXPRESSIONS, GROUPS
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipes.baseline_cnn import BASELINE_CNN
from classroom_monitor.trainer.recipes.mobilenet_valence import MOBILENET_VALENCE
from classroom_monitor.trainer.targets import label_targets, smoothed
from tests.trainer.faces import drawn_faces

pytestmark = [
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

FACES = drawn_faces(12)


@pytest.fixture
def keras() -> Any:
    pytest.importorskip("tensorflow", reason="needs the train extra")
    return pytest.importorskip("keras", reason="needs the train extra")


def test_votes_are_learned_as_shares_and_classes_as_they_are() -> None:
    shares = label_targets(FACES, MOBILENET_VALENCE)
    np.testing.assert_allclose(shares, FACES.votes[:, :8] / 10)
    hard = label_targets(FACES, BASELINE_CNN)
    assert hard.shape == (12, 2)
    assert set(hard.flat) == {0.0, 1.0}


def test_classes_may_be_learned_as_their_shares_of_the_votes() -> None:
    recipe = apply_overrides(BASELINE_CNN, {"targets": "soft", "scheme": "valence3"})
    votes = FACES.votes[0]
    names = list(FACES.names)
    moods = [votes[[names.index(name) for name in GROUPS[mood]]].sum() for mood in MOODS]
    soft = label_targets(FACES, recipe)
    np.testing.assert_allclose(soft[0], np.array(moods) / sum(moods), rtol=1e-6)
    np.testing.assert_allclose(soft.sum(axis=1), 1.0, rtol=1e-6)
    hard = label_targets(FACES, apply_overrides(recipe, {"targets": "hard"}))
    assert np.array_equal(soft.argmax(axis=1), hard.argmax(axis=1))
    assert not np.array_equal(soft, hard)


def test_votes_need_all_expressions() -> None:
    few = replace(FACES, votes=FACES.votes[:, :3], names=FACES.names[:3])
    with pytest.raises(DataProblem, match="none for sadness"):
        label_targets(few, MOBILENET_VALENCE)


def test_of_several_teachers_the_mean_opinion_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def sure(bundle: Path, images: UInt8Array) -> Float32Array:
        return np.tile(np.eye(8, dtype=np.float32)[int(bundle.name)], (len(images), 1))

    monkeypatch.setattr(teacher, "teacher_opinions", sure)
    start = replace(MOBILENET_VALENCE.start, teacher="models/7,models/0", teacher_votes=10.0)
    targets = teacher.training_targets(FACES, replace(MOBILENET_VALENCE, start=start))
    expected = (FACES.votes[:, :8] + 5 * np.eye(8)[7] + 5 * np.eye(8)[0]) / 20
    np.testing.assert_allclose(targets, expected, rtol=1e-6)


def test_a_teachers_opinion_counts_as_further_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    def sure_of_contempt(_bundle: Path, images: UInt8Array) -> Float32Array:
        return np.tile(np.eye(8, dtype=np.float32)[7], (len(images), 1))

    monkeypatch.setattr(teacher, "teacher_opinions", sure_of_contempt)
    start = replace(MOBILENET_VALENCE.start, teacher="older", teacher_votes=30.0)
    targets = teacher.training_targets(FACES, replace(MOBILENET_VALENCE, start=start))
    expected = (FACES.votes[:, :8] + 30 * np.eye(8)[7]) / 40
    np.testing.assert_allclose(targets, expected, rtol=1e-6)


def test_smoothing_spreads_a_share_evenly() -> None:
    targets = smoothed(np.eye(4, dtype=np.float32), 0.2)
    np.testing.assert_allclose(targets, 0.8 * np.eye(4) + 0.05, rtol=1e-6)


def test_outputs_are_expressions_for_votes_and_classes_otherwise() -> None:
    votes = outputs_of(MOBILENET_VALENCE, FACES)
    assert votes.names == EXPRESSIONS
    assert votes.members().sum(axis=0).tolist() == [5, 1, 1]
    classes = outputs_of(BASELINE_CNN, FACES)
    assert classes.names == classes.classes == ("negative", "positive")
    assert classes.groups == ((0,), (1,))


def test_the_loss_is_what_its_formula_says(keras: Any) -> None:
    from classroom_monitor.trainer.learning import class_loss

    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, (12, 8)).astype(np.float32)
    targets = label_targets(FACES, MOBILENET_VALENCE)
    outputs = outputs_of(MOBILENET_VALENCE, FACES)
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    moods = shares @ outputs.members()
    moods /= moods.sum(axis=1, keepdims=True)
    eight = -(targets * np.log(shares)).sum(axis=1)
    three = -(targets @ outputs.members() * np.log(moods)).sum(axis=1)
    given = keras.ops.convert_to_numpy(class_loss(outputs, 0.5)(targets, logits))
    np.testing.assert_allclose(given, eight + 0.5 * three, rtol=1e-4)


def test_with_two_logits_it_is_the_binary_cross_entropy(keras: Any) -> None:
    from classroom_monitor.trainer.learning import class_loss

    z = np.array([-3.0, 0.0, 2.0, 5.0], np.float32)
    truth = np.array([0, 1, 1, 0])
    logits = np.stack([np.zeros(4, np.float32), z], axis=1)
    loss = class_loss(outputs_of(BASELINE_CNN, FACES), 0.0)
    given = keras.ops.convert_to_numpy(loss(np.eye(2, dtype=np.float32)[truth], logits))
    sigmoid = 1 / (1 + np.exp(-z))
    np.testing.assert_allclose(given, -np.log(np.where(truth, sigmoid, 1 - sigmoid)), rtol=1e-5)


def test_dropout_is_decided_by_seed_and_step(keras: Any) -> None:
    from classroom_monitor.trainer.learning import seed_dropout

    inner = keras.Sequential([keras.Input((64,)), keras.layers.Dropout(0.5)])
    network = keras.Sequential([keras.Input((64,)), keras.layers.Dropout(0.5), inner])
    ones = np.ones((1, 64), np.float32)

    def kept(seed: int, step: int) -> list[float]:
        seed_dropout(network, seed, step)
        answer: list[float] = np.asarray(network(ones, training=True))[0].tolist()
        return answer

    first = kept(1, 7)
    assert kept(1, 8) != first
    assert kept(2, 7) != first
    assert kept(1, 7) == first
    assert set(first) == {0.0, 4.0}


def test_what_is_made_inside_computes_in_the_precision_asked_for(keras: Any) -> None:
    from classroom_monitor.trainer.learning import computing_in

    with computing_in("mixed_bfloat16"):
        layer = keras.layers.Dense(2)
    assert layer.compute_dtype == "bfloat16"
    assert keras.layers.Dense(2).compute_dtype == "float32"
