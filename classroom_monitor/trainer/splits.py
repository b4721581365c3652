"""Finds (near) duplicates, and holds faces out of training without their copies staying in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.labels import BoolArray, IntArray
from classroom_monitor.vision.opencv import cv2

SAME_CORRELATION = 0.985
"""Correlation of two 12 px thumbnails from which pictures count as the same one, re-encoded,
brightened or cropped by a pixel. Held-out faces are drawn by it."""

NEAR_CORRELATION = 0.95
"""Correlation from which pictures with nearly the same hash count as near duplicates: the same
photograph, cut or coloured otherwise. Of 98 such pairs of FER2013, drawn from its training part
where correlation or hash are least alike, 96 were the same photograph; between 0.93 and 0.95 and
from 9 bits on a third were not."""

NEAR_HASH_BITS = 12
"""Bits of 64 by which the perceptual hashes of near duplicates may differ: of the 2,414 pairs
above SAME_CORRELATION in FER2013's training part none differs by more."""

_THUMBNAIL_PX = 12
_BLOCK_ROWS = 24  # 24 rows of hashes against 28,000 others stay within a processor's cache

_Pairs = tuple[IntArray, IntArray, Float32Array]


@dataclass(frozen=True, slots=True)
class DuplicateGroups:
    """A group number per picture, (n,) int64: the index of the group's first picture.

    same groups what is the same picture, near what nearly is; each near group is made of whole
    same groups.
    """

    same: IntArray
    near: IntArray


@dataclass(frozen=True, slots=True)
class _Likeness:
    """Perceptual hashes, (n,) uint64, and thumbnails, (n, pixels), that a product correlates."""

    hashes: NDArray[np.uint64]
    thumbnails: Float32Array


def find_duplicates(images: UInt8Array) -> DuplicateGroups:
    """Group the pictures, (n, height, width) uint8, by perceptual hash and correlation.

    The hash is pHash (Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash
    Functions"): it names the pairs worth comparing, and their thumbnails' correlation decides.
    """
    return find_duplicates_among(images, [np.ones(len(images), np.bool_)])[0]


def find_duplicates_among(
    images: UInt8Array, subsets: Sequence[BoolArray]
) -> list[DuplicateGroups]:
    """Group the pictures of each subset, (n,) bool masks, as if the others weren't there.

    One search serves them all. The groups of a subset are (m,), of its pictures alone.
    """
    likeness = _likeness(images)
    found = [DuplicateGroups(*np.tile(np.arange(len(images)), (2, 1))) for _ in subsets]
    for first, second, correlation in _near_pairs(likeness, likeness):
        is_same = correlation > SAME_CORRELATION
        for subset, groups in zip(subsets, found, strict=True):
            inside = subset[first] & subset[second]
            _merge(groups.near, first[inside], second[inside])
            inside &= is_same
            _merge(groups.same, first[inside], second[inside])
    return [
        DuplicateGroups(_renumbered(groups.same, subset), _renumbered(groups.near, subset))
        for subset, groups in zip(subsets, found, strict=True)
    ]


def _renumbered(groups: IntArray, subset: BoolArray) -> IntArray:
    """Return a subset's group numbers as indices into the subset, (m,) int64."""
    return np.asarray((np.cumsum(subset) - 1)[groups[subset]], np.int64)


def is_duplicate_of(
    images: Sequence[UInt8Array] | UInt8Array, others: Sequence[UInt8Array] | UInt8Array
) -> BoolArray:
    """Tell, as (n,) bool, which pictures have a (near) duplicate among others.

    Pictures are (h, w) grey or (h, w, 3) BGR uint8, of any sizes.
    """
    found = np.zeros(len(images), dtype=np.bool_)
    for first, _, _ in _near_pairs(_likeness(images), _likeness(others)):
        found[first] = True
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


def _likeness(images: Sequence[UInt8Array] | UInt8Array) -> _Likeness:
    hasher = cv2.img_hash.PHash_create()  # type: ignore[attr-defined]
    greys = [i if i.ndim == 2 else cv2.cvtColor(i, cv2.COLOR_BGR2GRAY) for i in images]
    hashes = np.array([hasher.compute(grey)[0] for grey in greys], np.uint8).reshape(-1, 8)
    side = (_THUMBNAIL_PX, _THUMBNAIL_PX)
    small = [cv2.resize(grey, side, interpolation=cv2.INTER_AREA) for grey in greys]
    rows = np.array(small, np.float32).reshape(len(greys), _THUMBNAIL_PX**2)
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return _Likeness(hashes.view(np.uint64).ravel(), rows)


def _near_pairs(likeness: _Likeness, others: _Likeness) -> Iterator[_Pairs]:
    """Yield the near duplicates as indices and correlations, some rows at a time."""
    for start in range(0, len(likeness.hashes), _BLOCK_ROWS):
        block = likeness.hashes[start : start + _BLOCK_ROWS, None]
        bits = np.bitwise_count(block ^ others.hashes[None, :])
        first, second = np.divmod(np.flatnonzero(bits <= NEAR_HASH_BITS), len(others.hashes))
        first += start
        pairs = likeness.thumbnails[first], others.thumbnails[second]
        correlation = np.einsum("ij,ij->i", *pairs)
        is_near = correlation > NEAR_CORRELATION
        yield first[is_near], second[is_near], correlation[is_near]


def _merge(groups: IntArray, first: IntArray, second: IntArray) -> None:
    """Make one group of each pair's two, in place, named by the lowest index."""
    while True:
        low = np.minimum(groups[first], groups[second])
        high = np.maximum(groups[first], groups[second])
        differ = low != high
        if not differ.any():
            return
        np.minimum.at(groups, high[differ], low[differ])
        while (groups != groups[groups]).any():
            groups[:] = groups[groups]
