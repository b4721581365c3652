"""Splits a data set into training, validation and test."""

from __future__ import annotations

import logging

import numpy as np

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.records import Dataset, Part, Split
from classroom_monitor.trainer.labels import BoolArray, IntArray
from classroom_monitor.trainer.recipe import DataPlan
from classroom_monitor.trainer.splits import DuplicateGroups, held_out

logger = logging.getLogger(__name__)

_PARTS = (Part.TRAINING, Part.VALIDATION, Part.TEST)

_TEST_SHARES = {"4:1": 1 / 5, "80/20": 20 / 100, "75/15/15": 15 / 105}
_VALIDATION_SHARES = {"75/15/15": 15 / 105}
"""75/15/15, as published, adds up to 105: taken as 75:15:15, the parts are 71, 14 and 14%."""


def split_dataset(
    dataset: Dataset, labels: IntArray, duplicates: DuplicateGroups, plan: DataPlan
) -> Split:
    """Split by the plan: seeded, stratified by labels, (n,), and no picture on two sides.

    "4:1" and "80/20" give a fifth to the test. Where a plan has no validation part of its own,
    "4:1", "80/20" and "own" without one, held_out of the training pictures becomes it. With "own"
    pictures of no part train.

    A drawn part takes all copies of a picture. A picture that is only nearly the same as one in a
    later part, or a copy that stands in two own parts, leaves the earlier one: training for
    validation and test, validation for test. Where that would cost more pictures than a part is
    drawn of, they come in series, as a film's frames do, and whole series are drawn. Raises
    DataProblem where nothing is left to train on or to validate with.
    """
    if plan.split == "own":
        parts = own_parts(dataset)
    elif plan.split in _TEST_SHARES:
        parts = _drawn_parts(labels, duplicates, plan)
    else:
        known = ", ".join([*_TEST_SHARES, "own"])
        raise DataProblem(f"There is no split {plan.split!r}: choose one of {known}")
    if not (parts == Part.VALIDATION).any():
        _draw(parts, Part.VALIDATION, labels, duplicates, (plan.held_out, plan.seed))
    left_out = crossing(parts, duplicates.near)
    logger.info("%d pictures left out: near duplicates of a later part's", int(left_out.sum()))
    parts[left_out] = Part.NONE
    for part in (Part.TRAINING, Part.VALIDATION):
        if not (parts == part).any():
            raise DataProblem(
                f"The split {plan.split} of {len(dataset)} pictures leaves none for "
                f"{part.name.lower()}: give more pictures"
            )
    training, validation, test = (dataset.select(parts == part) for part in _PARTS)
    return Split(training, validation, test)


def own_parts(dataset: Dataset) -> IntArray:
    """Return each picture's own part, (n,) int64; pictures of no part are for training."""
    return np.where(dataset.parts == Part.NONE, Part.TRAINING, dataset.parts).astype(np.int64)


def _drawn_parts(labels: IntArray, duplicates: DuplicateGroups, plan: DataPlan) -> IntArray:
    """Return each picture's part, (n,) int64, drawn by the plan's shares."""
    parts = np.full(len(labels), Part.TRAINING, dtype=np.int64)
    test_share = _TEST_SHARES[plan.split]
    _draw(parts, Part.TEST, labels, duplicates, (test_share, plan.seed))
    if plan.split in _VALIDATION_SHARES:
        share = _VALIDATION_SHARES[plan.split] / (1 - test_share)
        _draw(parts, Part.VALIDATION, labels, duplicates, (share, plan.seed))
    return parts


def _draw(
    parts: IntArray,
    part: Part,
    labels: IntArray,
    duplicates: DuplicateGroups,
    draw: tuple[float, int],
) -> None:
    """Move a share of the training pictures, drawn with a seed, to another part, in place."""
    rows = np.flatnonzero(parts == Part.TRAINING)
    chosen = held_out(labels[rows], duplicates.same[rows], *draw)
    cost = crossing(chosen.astype(np.int64), duplicates.near[rows])
    if cost.sum() > chosen.sum():
        chosen = held_out(labels[rows], duplicates.near[rows], *draw)
    parts[rows[chosen]] = part


def crossing(parts: IntArray, groups: IntArray) -> BoolArray:
    """Tell, as (n,) bool, which pictures have a duplicate in a later part than theirs.

    parts and groups are (n,); later is validation than training, and test than both.
    """
    _, members = np.unique(groups, return_inverse=True)
    last = np.full(members.max(initial=-1) + 1, Part.NONE, dtype=np.int64)
    np.maximum.at(last, members, parts)
    return np.asarray(parts < last[members], np.bool_)
