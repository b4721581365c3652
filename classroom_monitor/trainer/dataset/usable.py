"""Tells pictures that nothing can be learned from: blank ones, and those that show no face."""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.dataset.names import REJECTED, usual_name
from classroom_monitor.trainer.dataset.records import Dataset
from classroom_monitor.trainer.dataset.schemes import Answers
from classroom_monitor.trainer.labels import BoolArray

_MIN_CONTRAST = 2.0
"""Standard deviation of the greys; FER2013 holds some pictures that are all black."""

_BLOCK_ROWS = 1024


def is_usable(dataset: Dataset) -> BoolArray:
    """Tell, as (n,) bool, which pictures are worth training on: neither blank nor rejected."""
    return ~is_blank(dataset.images) & ~is_rejected(dataset)


def is_blank(images: UInt8Array) -> BoolArray:
    """Tell, as (n,) bool, which pictures, (n, h, w), are black or otherwise of one grey."""
    blank = np.zeros(len(images), dtype=np.bool_)
    for start in range(0, len(images), _BLOCK_ROWS):  # float64 copies of all at once take GBs
        block = images[start : start + _BLOCK_ROWS]
        contrast = block.reshape(len(block), -1).std(axis=1)
        blank[start : start + _BLOCK_ROWS] = contrast <= _MIN_CONTRAST
    return blank


def is_rejected(data: Answers) -> BoolArray:
    """Tell, as (n,) bool, which pictures at least half of the votes call unknown or no face."""
    is_rejection = np.array([usual_name(name) in REJECTED for name in data.names], dtype=np.bool_)
    rejected = data.votes[:, is_rejection].sum(axis=1)
    return np.asarray(rejected >= data.votes[:, ~is_rejection].sum(axis=1), np.bool_)
