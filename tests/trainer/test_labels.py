"""The rules that turn votes into classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS, UInt8Array
from classroom_monitor.trainer.data import load_voted_faces
from classroom_monitor.trainer.labels import (
    EXPRESSIONS,
    GROUPS,
    NO_CLASS,
    expression_labels,
    is_trainable,
    soft_targets,
    valence_labels,
)


def votes_of(**counts: int) -> UInt8Array:
    columns = [*EXPRESSIONS, "unknown", "not_a_face"]
    row = np.zeros((1, 10), np.uint8)
    for name, count in counts.items():
        row[0, columns.index(name)] = count
    return row


@pytest.mark.parametrize(
    ("votes", "mood"),
    [
        (votes_of(happiness=10), "positive"),
        (votes_of(neutral=4, sadness=2, anger=2, contempt=1), "negative"),
        (votes_of(neutral=5, happiness=4, unknown=1), "neutral"),
        (votes_of(neutral=5, sadness=5), None),
        (votes_of(surprise=6, happiness=4), None),
        (votes_of(happiness=4, surprise=2, unknown=2), None),
    ],
)
def test_a_mood_needs_strictly_the_most_votes(votes: UInt8Array, mood: str | None) -> None:
    expected = NO_CLASS if mood is None else MOODS.index(mood)
    assert valence_labels(votes).tolist() == [expected]


@pytest.mark.parametrize(
    ("votes", "expression"),
    [
        (votes_of(surprise=6, happiness=4), "surprise"),
        (votes_of(fear=5, unknown=5), "fear"),
        (votes_of(fear=4, unknown=5), None),
        (votes_of(fear=5, disgust=5), None),
    ],
)
def test_an_expression_needs_the_most_votes_of_the_eight(
    votes: UInt8Array, expression: str | None
) -> None:
    expected = NO_CLASS if expression is None else EXPRESSIONS.index(expression)
    assert expression_labels(votes).tolist() == [expected]


def test_soft_targets_are_shares_of_the_eight_expressions() -> None:
    votes = np.concatenate([votes_of(happiness=6, neutral=2, unknown=2), votes_of(unknown=10)])
    targets = soft_targets(votes)
    assert targets[0, EXPRESSIONS.index("happiness")] == pytest.approx(0.75)
    assert targets.sum(axis=1) == pytest.approx([1.0, 0.0])


def test_blank_pictures_and_faces_that_are_none_are_left_out() -> None:
    face = np.random.default_rng(0).integers(0, 255, (48, 48)).astype(np.uint8)
    images = np.stack([face, face, np.zeros_like(face)])
    votes = np.concatenate(
        [votes_of(fear=6, unknown=4), votes_of(fear=5, not_a_face=5), votes_of(fear=10)]
    )
    assert is_trainable(images, votes).tolist() == [True, False, False]


def test_every_expression_but_surprise_belongs_to_one_mood() -> None:
    members = [expression for mood in MOODS for expression in GROUPS[mood]]
    assert sorted([*members, "surprise"]) == sorted(EXPRESSIONS)


def test_the_rule_counts_as_the_design_says(shared_dir: Path) -> None:
    faces = load_voted_faces([shared_dir / "data" / "ferplus_valid.npz"])
    labels = valence_labels(faces.votes)
    assert np.bincount(labels[labels != NO_CLASS]).tolist() == [931, 1164, 872]
