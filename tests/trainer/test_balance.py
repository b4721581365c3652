"""Balance: as many of each class as a plan says, copies changed, everything repeatable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.trainer.augment import Augmentation
from classroom_monitor.trainer.balance import augmented_copy, balanced
from classroom_monitor.trainer.labels import NO_CLASS
from classroom_monitor.trainer.recipe import DataPlan
from tests.trainer.faces import drawn_faces

LABELS = np.array([0] * 20 + [1] * 5 + [2] * 2 + [NO_CLASS] * 3)


def plan(**settings: object) -> DataPlan:
    return DataPlan("valence3", **settings)  # type: ignore[arg-type]


def counts_of(rows: np.ndarray) -> list[int]:
    labels = LABELS[rows]
    return [int((labels == k).sum()) for k in (0, 1, 2, NO_CLASS)]


def test_without_balance_every_picture_counts_once() -> None:
    choice = balanced(LABELS, plan())
    assert choice.rows.tolist() == list(range(30))
    assert not choice.is_copy.any()
    assert set(choice.weights) == {1.0}


def test_weights_let_each_class_count_the_same() -> None:
    choice = balanced(LABELS, plan(balance="class_weight"))
    sums = [choice.weights[np.equal(LABELS, k)].sum() for k in (0, 1, 2)]
    assert sums == pytest.approx([9, 9, 9])
    assert counts_of(choice.rows) == [20, 5, 2, 3]


def test_oversampling_copies_the_rare_and_cuts_the_common() -> None:
    choice = balanced(LABELS, plan(balance="oversample", per_class=12))
    assert counts_of(choice.rows) == [12, 12, 12, 3]
    assert len(set(choice.rows[~choice.is_copy])) == (~choice.is_copy).sum() == 12 + 5 + 2 + 3
    copies = np.bincount(choice.rows[choice.is_copy], minlength=30)
    assert not copies[:20].any()
    assert set(copies[20:25]) == {1, 2}
    assert set(copies[25:27]) == {5}


def test_a_factor_repeats_the_rare_at_most_so_often() -> None:
    choice = balanced(LABELS, plan(balance="factor", factor=3.0))
    assert counts_of(choice.rows) == [20, 15, 6, 3]
    assert counts_of(balanced(LABELS, plan(balance="factor", factor=50.0)).rows) == [20, 20, 20, 3]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.integers(1, 60), st.integers(0, 9))
def test_every_class_gets_what_was_asked_for(counts: list[int], wanted: int, seed: int) -> None:
    labels = np.repeat(np.arange(len(counts)), counts)
    asked = plan(balance="oversample", per_class=wanted, seed=seed)
    choice = balanced(labels, asked)
    assert np.bincount(labels[choice.rows]).tolist() == [wanted] * len(counts)
    again = balanced(labels, asked)
    assert np.array_equal(choice.rows, again.rows)
    assert np.array_equal(choice.is_copy, again.is_copy)


def test_each_copy_is_changed_in_its_own_way_every_time() -> None:
    face = drawn_faces(1).images[0]
    first, again, other = (augmented_copy(face, index, Augmentation(), 1) for index in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert not np.array_equal(first, augmented_copy(face, 5, Augmentation(), 2))
