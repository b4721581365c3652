"""What a model said of faces whose classes are known: the start of every figure and curve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.labels import BoolArray, IntArray


@dataclass(frozen=True)
class Answers:
    """Calibrated probabilities, (n, classes) float32, and the true classes, (n,) int64."""

    classes: tuple[str, ...]
    probabilities: Float32Array
    truth: IntArray

    @cached_property
    def said(self) -> IntArray:
        """The likeliest class of each face, (n,) int64."""
        return np.asarray(self.probabilities.argmax(axis=1), np.int64)

    @cached_property
    def certainty(self) -> Float32Array:
        """The probability of the likeliest class, (n,) float32."""
        return np.asarray(self.probabilities.max(axis=1), np.float32)

    @cached_property
    def is_right(self) -> BoolArray:
        """Whether the likeliest class is the true one, (n,) bool."""
        return np.asarray(self.said == self.truth, np.bool_)
