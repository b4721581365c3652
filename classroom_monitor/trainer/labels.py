"""What FER+ votes mean: soft training targets, and the rules by which a face has a class.

Ten people looked at each face and voted for one of ten columns (Barsoum et al. 2016, "Training
Deep Networks for Facial Expression Recognition with Crowd-Sourced Label Distribution").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import MOODS, Float32Array, UInt8Array

EXPRESSIONS = (
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
)
"""The first eight vote columns and the network's outputs, in this order."""

GROUPS: dict[str, tuple[str, ...]] = {
    "negative": ("sadness", "anger", "disgust", "fear", "contempt"),
    "neutral": ("neutral",),
    "positive": ("happiness",),
}
"""The expressions that make up each mood; surprise says nothing about valence: in no group."""

NO_CLASS = -1
"""Stands where a rule gives a face no class."""

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def group_columns(mood: str) -> list[int]:
    """Return the indices, among EXPRESSIONS, of the expressions of a mood."""
    return [EXPRESSIONS.index(expression) for expression in GROUPS[mood]]


def soft_targets(votes: UInt8Array) -> Float32Array:
    """Return the shares of the eight expressions among a face's votes for them.

    votes is (n, 10) uint8; the result is (n, 8) float32 with rows that sum to 1, or are all 0
    where nobody voted for an expression.
    """
    expressions = votes[:, : len(EXPRESSIONS)].astype(np.float32)
    shares = expressions / np.maximum(expressions.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(shares, np.float32)


def is_trainable(images: UInt8Array, votes: UInt8Array) -> BoolArray:
    """Tell, as (n,) bool, which faces are worth training on.

    Left out are faces that at least half of the votes call unknown or not a face, and pictures
    of hardly any contrast (FER2013 holds some that are all black).
    """
    expressive = votes[:, : len(EXPRESSIONS)].sum(axis=1, dtype=np.int64)
    rejected = votes[:, len(EXPRESSIONS) :].sum(axis=1, dtype=np.int64)
    contrast = images.reshape(len(images), -1).std(axis=1)
    return np.asarray((expressive > rejected) & (contrast > 2.0), np.bool_)


def valence_labels(votes: UInt8Array) -> IntArray:
    """Return each face's mood as an index into MOODS, (n,) int64, or NO_CLASS.

    A face has a mood when that mood's votes are strictly the most of the four sums negative,
    neutral, positive and other (surprise, unknown, not-a-face).
    """
    sums = [votes[:, group_columns(mood)].sum(axis=1, dtype=np.int64) for mood in MOODS]
    other = votes.sum(axis=1, dtype=np.int64) - np.sum(sums, axis=0)
    return _strict_maximum(np.stack([*sums, other], axis=1), classes=len(MOODS))


def expression_labels(votes: UInt8Array) -> IntArray:
    """Return each face's expression as an index into EXPRESSIONS, (n,) int64, or NO_CLASS.

    A face has an expression when it has strictly the most votes of the eight and no fewer than
    unknown and not-a-face have.
    """
    labels = _strict_maximum(votes[:, : len(EXPRESSIONS)].astype(np.int64), len(EXPRESSIONS))
    most = votes[:, : len(EXPRESSIONS)].max(axis=1)
    rejected = votes[:, len(EXPRESSIONS) :].max(axis=1)
    return np.where(most >= rejected, labels, NO_CLASS)


def _strict_maximum(counts: IntArray, classes: int) -> IntArray:
    """Return the column of each row's only maximum, NO_CLASS on a tie or beyond classes."""
    best = counts.argmax(axis=1)
    is_only = (counts == counts.max(axis=1, keepdims=True)).sum(axis=1) == 1
    return np.where(is_only & (best < classes), best, NO_CLASS).astype(np.int64)
