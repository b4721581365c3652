"""What a recipe's network gives: its outputs, and the classes that they make up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.dataset.schemes import Answers, fill_scheme, get_scheme
from classroom_monitor.trainer.labels import EXPRESSIONS
from classroom_monitor.trainer.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Outputs:
    """names has a name per logit; groups holds, for each class, the indices of its logits."""

    names: tuple[str, ...]
    classes: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]

    def members(self) -> Float32Array:
        """Return (outputs, classes) float32: 1 where the output of a row belongs to the class."""
        members = np.zeros((len(self.names), len(self.classes)), np.float32)
        for column, group in enumerate(self.groups):
            members[list(group), column] = 1.0
        return members


def outputs_of(recipe: Recipe, data: Answers) -> Outputs:
    """Return a recipe's outputs: the eight expressions where it learns from votes, else classes.

    data says which classes the scheme "own" has. Raises DataProblem for an unknown scheme.
    """
    classes = fill_scheme(get_scheme(recipe.data.scheme), data).classes
    if recipe.learning.loss == "votes":
        groups = tuple(
            tuple(EXPRESSIONS.index(label) for label in labels if label in EXPRESSIONS)
            for labels in classes.values()
        )
        return Outputs(EXPRESSIONS, tuple(classes), groups)
    return Outputs(tuple(classes), tuple(classes), tuple((k,) for k in range(len(classes))))
