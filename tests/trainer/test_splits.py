"""Finding copies of pictures, and holding faces out without a copy staying behind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.dataset.load import load_dataset
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme
from classroom_monitor.trainer.dataset.usable import is_usable
from classroom_monitor.trainer.splits import (
    find_duplicates,
    find_duplicates_among,
    held_out,
    is_duplicate_of,
)
from tests.trainer.sources import picture

OTHERS = np.stack([picture(number) for number in range(10, 40)])


def brighter(image: UInt8Array) -> UInt8Array:
    return np.asarray(cv2.convertScaleAbs(image, alpha=0.8, beta=50), np.uint8)


def noisy(image: UInt8Array) -> UInt8Array:
    noise = np.random.default_rng(3).normal(0, 4, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def packed(image: UInt8Array) -> UInt8Array:
    encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE), np.uint8)


def trimmed(image: UInt8Array) -> UInt8Array:
    return np.asarray(cv2.resize(image[1:-1, 1:-1], image.shape[::-1]), np.uint8)


@pytest.mark.parametrize("change", [np.copy, brighter, noisy, packed, trimmed])
def test_a_changed_copy_is_found_and_nothing_else(
    change: Callable[[UInt8Array], UInt8Array],
) -> None:
    copy = change(OTHERS[7])
    groups = find_duplicates(np.concatenate([OTHERS, copy[None]]))
    assert groups.near.tolist() == [*range(30), 7]
    assert is_duplicate_of([OTHERS[3], copy], np.delete(OTHERS, 3, axis=0)).tolist() == [
        False,
        True,
    ]


def test_copies_of_other_sizes_and_in_colour_are_found() -> None:
    large = cv2.resize(OTHERS[5], (96, 96), interpolation=cv2.INTER_CUBIC)
    coloured = np.repeat(large[:, :, None], 3, axis=2)
    assert is_duplicate_of([coloured], OTHERS).tolist() == [True]


def test_copies_of_copies_share_the_group_of_the_first() -> None:
    images = np.stack([OTHERS[0], OTHERS[1], OTHERS[1], OTHERS[0], OTHERS[2], OTHERS[1]])
    groups = find_duplicates(images)
    assert groups.same.tolist() == groups.near.tolist() == [0, 1, 1, 0, 4, 1]


def test_a_series_of_small_steps_is_one_group_of_near_duplicates() -> None:
    start, end = OTHERS[0].astype(np.float32), OTHERS[1].astype(np.float32)
    steps = np.linspace(0, 1, 60)[:, None, None]
    series = ((1 - steps) * start + steps * end).astype(np.uint8)
    shuffled = series[np.random.default_rng(0).permutation(60)]
    assert set(find_duplicates(np.concatenate([shuffled, OTHERS[2:4]])).near) == {0, 60, 61}


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=40))
def test_a_subset_is_grouped_as_if_alone(drawn: list[tuple[int, bool]]) -> None:
    steps = np.linspace(0, 1, 7)[:, None, None]  # a series: who is between decides who is joined
    series = ((1 - steps) * OTHERS[0] + steps * OTHERS[1]).astype(np.uint8)
    images = np.stack([series[number] for number, _ in drawn])
    subset = np.array([is_in for _, is_in in drawn])
    everything = np.ones(len(drawn), np.bool_)
    for chosen, groups in zip(
        (everything, subset), find_duplicates_among(images, [everything, subset]), strict=True
    ):
        alone = find_duplicates(images[chosen])
        assert groups.same.tolist() == alone.same.tolist()
        assert groups.near.tolist() == alone.near.tolist()


@settings(max_examples=20)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=60))
def test_groups_are_those_of_the_copied_pictures(numbers: list[int]) -> None:
    groups = find_duplicates(np.stack([OTHERS[number] for number in numbers]))
    assert groups.same.tolist() == [numbers.index(number) for number in numbers]


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 1000),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30)), min_size=60, max_size=200),
)
def test_a_group_never_stands_on_both_sides(seed: int, members: list[tuple[int, int]]) -> None:
    labels = np.array([label for label, _ in members])
    groups = np.array([group for _, group in members])
    chosen = held_out(labels, groups, share=0.2, seed=seed)
    for group in np.unique(groups):
        assert len(set(chosen[groups == group].tolist())) == 1
    assert np.array_equal(chosen, held_out(labels, groups, share=0.2, seed=seed))


def test_each_class_gives_its_share_and_the_seed_decides_which() -> None:
    labels = np.repeat([0, 1, 2], [500, 300, 200])
    groups = np.arange(1000)
    first, second = (held_out(labels, groups, share=0.1, seed=seed) for seed in (1, 2))
    assert [int(first[labels == label].sum()) for label in range(3)] == [50, 30, 20]
    assert not np.array_equal(first, second)


def test_the_faces_held_out_of_the_released_models_training_stay_the_same(
    shared_dir: Path,
) -> None:
    """A later generation learns from the released model: its held-out faces must be new to it."""
    dataset = load_dataset([shared_dir / "data" / "ferplus_train.npz"])
    usable = dataset.select(is_usable(dataset))
    labels = class_labels(usable, get_scheme("valence3"))
    chosen = held_out(labels, find_duplicates(usable.images).same, share=0.08, seed=1)
    rows = np.flatnonzero(chosen).astype("<i8")
    assert (len(usable), len(rows)) == (28493, 2275)
    assert hashlib.sha256(rows.tobytes()).hexdigest().startswith("6af3be71e9e43b82")
