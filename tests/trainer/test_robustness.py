"""Worse pictures: the same ones every time, cut by the live crop code, and measured once."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import CropBatch, Scores, UInt8Array
from classroom_monitor.trainer.evaluation.robustness import (
    HARDSHIPS,
    SIDES_PX,
    accuracy_by_side_px,
    changed_crops,
    hardship_accuracies,
    size_curve,
)
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.vision.classifier import NetworkClassifier
from classroom_monitor.vision.crops import CropSpec, crop_whole_images

SPEC = CropSpec(size_px=40, channels=1, scale=1.25, shift_up=0.08)


def noisy_faces(count: int, side_px: int = 48, seed: int = 0) -> LabelledFaces:
    """Return pictures of noise, the classes in turn."""
    rng = np.random.default_rng(seed)
    images = list(rng.integers(40, 200, (count, side_px, side_px), np.uint8))
    return LabelledFaces(images, np.arange(count) % 3)


class BrightnessClassifier:
    """Says positive of bright crops and negative of dim ones, and remembers what it was shown."""

    def __init__(self) -> None:
        self.batches: list[UInt8Array] = []

    def score(self, crops: CropBatch) -> Scores:
        """Return certain answers."""
        self.batches.append(crops.images)
        is_bright = crops.images.mean(axis=(1, 2, 3)) > 100
        return Scores(np.eye(3, dtype=np.float32)[np.where(is_bright, 2, 0)])


def brightness_classifier() -> tuple[NetworkClassifier, BrightnessClassifier]:
    """Return the classifier twice, once as what the trainer expects."""
    classifier = BrightnessClassifier()
    return cast(NetworkClassifier, cast(Any, classifier)), classifier


@pytest.mark.parametrize("name", HARDSHIPS)
def test_a_change_is_the_same_every_time_and_leaves_the_faces_alone(name: str) -> None:
    faces = noisy_faces(6)
    before = [image.copy() for image in faces.images]
    strength = HARDSHIPS[name].strengths[-1]
    first = changed_crops(name, faces, strength, SPEC).images
    again = changed_crops(name, faces, strength, SPEC).images
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(np.stack(before), np.stack(list(faces.images)))
    assert first.shape == (6, 40, 40, 1)
    assert (first != crop_whole_images(faces.images, SPEC).images).any()


@pytest.mark.parametrize("name", HARDSHIPS)
def test_a_stronger_change_takes_a_face_further_from_itself(name: str) -> None:
    rng = np.random.default_rng(1)
    ramp = np.add.outer(np.arange(48), 2 * np.arange(48)) + 60 * (np.indices((48, 48)).sum(0) % 12)
    images = [np.clip(ramp * 0.3 + rng.integers(0, 9), 0, 255).astype(np.uint8) for _ in range(8)]
    faces = LabelledFaces(images, np.arange(8) % 3)
    plain = crop_whole_images(faces.images, SPEC).images.astype(float)
    weakest, *_, strongest = HARDSHIPS[name].strengths
    distances = [
        np.abs(changed_crops(name, faces, strength, SPEC).images - plain).mean()
        for strength in (weakest, strongest)
    ]
    assert 0 < distances[0] < distances[1]


def test_darkness_takes_its_share_of_the_light() -> None:
    faces = LabelledFaces([np.full((48, 48), 200, np.uint8)], np.array([0]))
    assert np.unique(changed_crops("darkness", faces, 0.6, SPEC).images) == [80]


def test_a_hidden_square_is_as_large_as_said() -> None:
    spec = CropSpec(size_px=48, channels=1, scale=1.25, shift_up=0.0)
    faces = LabelledFaces([np.zeros((48, 48), np.uint8)], np.array([0]))
    assert (changed_crops("occlusion", faces, 0.25, spec).images > 0).sum() == 12 * 12


def colour_or_grey(height: int, width: int, colour: bool) -> UInt8Array:
    """Return noise of a size, (h, w) or (h, w, 3)."""
    shape = (height, width, 3) if colour else (height, width)
    return np.random.default_rng(height * width).integers(0, 256, shape, np.uint8)


@settings(max_examples=40)
@given(
    st.integers(20, 60),
    st.integers(20, 60),
    st.booleans(),
    st.floats(1.0, 1.5),
    st.floats(-0.2, 0.2),
)
def test_a_box_that_is_not_off_cuts_the_face_as_it_is(
    height: int, width: int, colour: bool, scale: float, shift_up: float
) -> None:
    assume((height - width) % 2 == 0)  # else the middle lies between two pixels
    spec = CropSpec(32, 1, scale, shift_up)
    faces = LabelledFaces([colour_or_grey(height, width, colour)], np.array([0]))
    np.testing.assert_array_equal(
        changed_crops("offset", faces, 0.0, spec).images,
        crop_whole_images(faces.images, spec).images,
    )


def test_accuracy_is_measured_at_each_strength() -> None:
    # Grey 180 is bright until less than 100 is left of it: with 0.6 of the light taken away.
    classifier, shown = brightness_classifier()
    faces = LabelledFaces([np.full((48, 48), 180, np.uint8)] * 4, np.array([2, 2, 2, 0]))
    accuracies = list(hardship_accuracies("darkness", classifier, SPEC, faces))
    assert accuracies == [0.75, 0.75, 0.25, 0.25, 0.25]
    assert len(shown.batches) == len(HARDSHIPS["darkness"].strengths)


def test_faces_are_shrunk_and_sides_beyond_them_cost_nothing() -> None:
    classifier, shown = brightness_classifier()
    faces = noisy_faces(6, side_px=48)
    by_side = accuracy_by_side_px(classifier, SPEC, faces, plain=0.5)
    assert list(by_side) == [str(side) for side in SIDES_PX]
    assert (by_side["48"], by_side["64"]) == (0.5, 0.5)
    assert len(shown.batches) == 4  # 16, 20, 24 and 32 px
    contrast = [batch.std() for batch in shown.batches]
    assert contrast == sorted(contrast), "noise is averaged away the more, the smaller the face"
    curve = size_curve(by_side, faces)
    assert curve.strengths == (16, 20, 24, 32, 48)
    assert curve.accuracy[-1] == 0.5
