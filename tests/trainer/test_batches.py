"""Batches: the same ones whenever they are made, framed and mixed as the recipe says."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from classroom_monitor.trainer.balance import augmented_copy, balanced
from classroom_monitor.trainer.batches import Batch, EpochBatches, mixed_up
from classroom_monitor.trainer.feeder import Feeder
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.training_faces import TrainingFaces
from tests.trainer.faces import drawn_faces
from tests.trainer.runs import tiny_recipe

LABELS = np.arange(24) % 3


def training_faces(recipe: Recipe) -> TrainingFaces:
    targets = np.eye(3, dtype=np.float32)[LABELS]
    return TrainingFaces(drawn_faces(24).images, targets, balanced(LABELS, recipe.data))


def batches(epoch: int = 0, size_px: int = 40, /, **settings: str) -> EpochBatches:
    recipe = tiny_recipe(**settings)
    return EpochBatches(training_faces(recipe), recipe, epoch, size_px)


def test_a_batch_is_the_same_whenever_it_is_made() -> None:
    straight = [batches().make(step) for step in range(3)]
    backwards = [batches().make(step) for step in (2, 1, 0)][::-1]
    for one, other in zip(straight, backwards, strict=True):
        assert np.array_equal(one.images, other.images)
        assert np.array_equal(one.targets, other.targets)
    assert straight[0].images.shape == (8, 40, 40, 1)
    assert straight[0].weights is None
    assert np.sum([batch.targets for batch in straight], axis=(0, 1)).tolist() == [8, 8, 8]
    assert not np.array_equal(batches(1).make(0).images, straight[0].images)


def test_three_channels_repeat_the_grey() -> None:
    grey, colours = batches().make(1).images, batches(channels="3").make(1).images
    assert colours.shape == (8, 40, 40, 3)
    assert np.array_equal(colours, np.repeat(grey, 3, axis=3))


def test_only_copies_are_changed_where_a_recipe_says_so() -> None:
    settings = {"augment": "copies", "balance": "oversample", "per_class": "16", "batch": "48"}
    recipe = tiny_recipe(**settings)
    faces = training_faces(recipe)
    choice = faces.balanced
    made = {image.tobytes() for image in batches(0, 48, **settings).make(0).images[..., 0]}
    wanted = {
        (
            augmented_copy(faces.images[row], place, recipe.augmentation, 1)
            if choice.is_copy[place]
            else faces.images[row]
        ).tobytes()
        for place, row in enumerate(choice.rows)
    }
    assert made == wanted
    assert len(made) == 48


def test_padding_keeps_pixels_and_adds_black() -> None:
    still = dict.fromkeys(("rotation_deg", "shear", "shift"), "0")
    batch = batches(0, 52, fit="pad", zoom="1,1", mirror_chance="0", **still).make(0)
    inside = batch.images[:, 2:50, 2:50, 0]
    known = {face.tobytes() for face in drawn_faces(24).images}
    assert all(face.tobytes() in known for face in inside)
    assert batch.images.sum() == inside.sum()


def test_class_weights_travel_with_their_faces() -> None:
    recipe = tiny_recipe(balance="class_weight", batch="6")
    labels = np.array([0] * 18 + [1] * 4 + [2] * 2)
    faces = TrainingFaces(
        drawn_faces(24).images,
        np.eye(3, dtype=np.float32)[labels],
        balanced(labels, recipe.data),
    )
    weight_of = {0: 24 / 54, 1: 2.0, 2: 4.0}
    for step in range(4):
        batch = EpochBatches(faces, recipe, 0, 32).make(step)
        assert batch.weights is not None
        expected = [weight_of[int(k)] for k in batch.targets.argmax(axis=1)]
        assert batch.weights.tolist() == pytest.approx(expected)


def test_mixing_mixes_faces_and_targets_by_the_same_share() -> None:
    images = np.stack([np.full((4, 4, 1), 200, np.uint8), np.zeros((4, 4, 1), np.uint8)])
    batch = Batch(images, np.eye(2, dtype=np.float32), None)
    shares = set()
    for seed in range(8):
        mixed = mixed_up(batch, 0.4, np.random.default_rng(seed))
        np.testing.assert_allclose(mixed.images[:, 0, 0, 0], 200 * mixed.targets[:, 0], atol=0.5)
        np.testing.assert_allclose(mixed.targets.sum(axis=1), 1.0, rtol=1e-6)
        shares.add(round(float(mixed.targets[0, 0]), 3))
    assert len(shares) > 3
    assert images[0].min() == 200


def test_what_is_made_ahead_comes_in_order() -> None:
    gate = threading.Event()

    def make(index: int) -> int:
        if index == 0:
            gate.wait(20)
        elif index == 3:
            gate.set()  # made while the first one is still in the making
        return index

    with Feeder(make, 12, workers=3) as feeder:
        assert list(feeder) == list(range(12))
        assert feeder.waited_s > 0


def test_what_goes_wrong_in_the_making_comes_out() -> None:
    def make(index: int) -> int:
        if index == 2:
            raise ValueError("no face")
        return index

    with Feeder(make, 5, workers=2) as feeder, pytest.raises(ValueError, match="no face"):
        list(feeder)
