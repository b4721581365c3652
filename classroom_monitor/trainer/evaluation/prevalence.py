"""What an answer is worth where classes are rarer or commoner than in the test: Bayes' theorem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.labels import IntArray

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Posterior:
    """P(class | said) at a prevalence, P(class).

    said[k] is how often class k is said at all; of_class_given_said[k][j] is the chance that a
    face of which k was said is of class j, None where k is never said.
    """

    prevalence: tuple[float, ...]
    said: tuple[float, ...]
    of_class_given_said: tuple[tuple[float, ...] | None, ...]


def posterior(confusion: IntArray, prevalence: Sequence[float]) -> Posterior:
    """Return P(class | said) = P(said | class) P(class) / P(said).

    confusion is (classes, classes), the truth in rows, and tells P(said | class).
    """
    rates = confusion / confusion.sum(axis=1, keepdims=True)
    joint = rates * np.asarray(prevalence)[:, None]
    said = joint.sum(axis=0)
    shares = [
        tuple(map(float, joint[:, k] / said[k])) if said[k] > 0 else None for k in range(len(said))
    ]
    return Posterior(tuple(map(float, prevalence)), tuple(map(float, said)), tuple(shares))


def full_prevalence(
    chosen: Mapping[str, float], classes: Sequence[str], counts: IntArray
) -> tuple[float, ...]:
    """Return every class's prevalence where some are chosen; they sum to 1.

    What the chosen leave of 1 is split over the other classes as their (classes,) counts are in
    the data. Raises DataProblem for an unknown class, a number outside 0 to 1 or a wrong sum.
    """
    unknown = [name for name in chosen if name not in classes]
    if unknown:
        raise DataProblem(
            f"prevalence of {unknown[0]}: the model's classes are {', '.join(classes)}"
        )
    if not all(0 <= value <= 1 for value in chosen.values()):
        raise DataProblem("a prevalence is a number from 0 to 1, such as negative=0.1")
    left = 1 - sum(chosen.values())
    is_open = np.array([name not in chosen for name in classes])
    if left < -_TOLERANCE or (not is_open.any() and left > _TOLERANCE):
        raise DataProblem(f"the prevalences sum to {1 - left:g}: all classes' must sum to 1")
    return tuple(map(float, _filled(chosen, classes, counts * is_open, max(left, 0.0))))


def _filled(
    chosen: Mapping[str, float], classes: Sequence[str], open_counts: IntArray, left: float
) -> NDArray[np.float64]:
    values = np.array([chosen.get(name, 0.0) for name in classes])
    values = values + left * open_counts / max(open_counts.sum(), 1)
    return np.asarray(values / values.sum(), np.float64)
