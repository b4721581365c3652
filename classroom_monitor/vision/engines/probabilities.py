"""From a network's logits to calibrated probabilities of the classes."""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import Float32Array


def class_probabilities(
    logits: Float32Array, groups: tuple[tuple[int, ...], ...], temperature: float
) -> Float32Array:
    """Return (n, classes) float32 probabilities of (n, outputs) logits.

    A class's logit is the log of the sum of exponentials of its outputs' logits, which is what
    adding up their softmax probabilities means; the class logits are divided by the temperature
    (Guo et al. 2017, "On Calibration of Modern Neural Networks") and softmaxed.
    """
    wide = logits.astype(np.float64)
    pooled = [np.logaddexp.reduce(wide[:, list(group)], axis=1) for group in groups]
    scaled = np.stack(pooled, axis=1) / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    exponentials = np.exp(scaled)
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True), np.float32)
