"""Splits a data set in two without letting the same picture stand on both sides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.labels import BoolArray, IntArray
from classroom_monitor.vision.opencv import cv2

NEAR_DUPLICATE_CORRELATION = 0.985
"""Correlation of two 12 px thumbnails from which pictures count as the same one, re-encoded,
brightened or cropped by a pixel."""

_THUMBNAIL_PX = 12
_BLOCK_ROWS = 2048


def duplicate_groups(images: UInt8Array) -> IntArray:
    """Return a group number per picture, (n,) int64; (near) duplicates share one.

    images is (n, height, width) uint8.
    """
    thumbnails = _normalised_thumbnails(images)
    parents = np.arange(len(images))
    for start in range(0, len(images), _BLOCK_ROWS):
        block = thumbnails[start : start + _BLOCK_ROWS]
        rows, columns = np.nonzero(block @ thumbnails[start:].T > NEAR_DUPLICATE_CORRELATION)
        for first, second in zip(rows + start, columns + start, strict=True):
            if first < second:
                _join(parents, int(first), int(second))
    return np.array([_root(parents, index) for index in range(len(images))], dtype=np.int64)


def is_duplicate_of(
    images: Sequence[UInt8Array] | UInt8Array, others: Sequence[UInt8Array] | UInt8Array
) -> BoolArray:
    """Tell, as (n,) bool, which pictures have a (near) duplicate among others.

    Pictures are (h, w) grey or (h, w, 3) BGR uint8, of any sizes.
    """
    thumbnails, known = _normalised_thumbnails(images), _normalised_thumbnails(others)
    found = np.zeros(len(thumbnails), dtype=np.bool_)
    for start in range(0, len(known), _BLOCK_ROWS):
        correlation = thumbnails @ known[start : start + _BLOCK_ROWS].T
        found |= correlation.max(axis=1) > NEAR_DUPLICATE_CORRELATION
    return found


def held_out(labels: IntArray, groups: IntArray, share: float, seed: int) -> BoolArray:
    """Choose about share of the faces to hold out of training, as (n,) bool.

    labels (n,) stratify: each label gives its share. All faces of a group go to one side. The
    same arguments always give the same choice.
    """
    rng = np.random.default_rng(seed)
    chosen = np.zeros(len(labels), dtype=np.bool_)
    _, first_members, members = np.unique(groups, return_index=True, return_inverse=True)
    group_labels = labels[first_members]
    sizes = np.bincount(members)
    for label in np.unique(labels):
        candidates = rng.permutation(np.flatnonzero(group_labels == label))
        wanted = share * sizes[candidates].sum()
        taken = candidates[np.cumsum(sizes[candidates]) <= wanted]
        chosen |= np.isin(members, taken)
    return chosen


def _normalised_thumbnails(images: Sequence[UInt8Array] | UInt8Array) -> Float32Array:
    """Return (n, pixels) float32 rows of mean 0 and length 1, so that a product correlates."""
    side = (_THUMBNAIL_PX, _THUMBNAIL_PX)
    greys = [i if i.ndim == 2 else cv2.cvtColor(i, cv2.COLOR_BGR2GRAY) for i in images]
    small = np.stack([cv2.resize(grey, side, interpolation=cv2.INTER_AREA) for grey in greys])
    rows = small.reshape(len(images), -1).astype(np.float32)
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return rows


def _root(parents: IntArray, index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = int(parents[index])
    return index


def _join(parents: IntArray, first: int, second: int) -> None:
    """Make two groups one, named by the lower index."""
    low, high = sorted((_root(parents, first), _root(parents, second)))
    parents[high] = low
