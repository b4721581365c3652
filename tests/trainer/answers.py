"""Answers of imagined models, for tests of figures and curves."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from classroom_monitor.trainer.evaluation.answers import Answers

CLASSES = ("negative", "neutral", "positive")


def answers_of(rows: list[list[float]], truth: list[int]) -> Answers:
    """Return answers of two or three classes from rows of probabilities."""
    classes = CLASSES if len(rows[0]) == 3 else ("negative", "positive")
    return Answers(classes, np.array(rows, np.float32), np.array(truth, np.int64))


def random_answers(seed: int, n: int, skill: float) -> Answers:
    """Return answers for n faces, every class among them, right the oftener the more skill."""
    rng = np.random.default_rng(seed)
    truth = np.concatenate([np.arange(3), rng.integers(0, 3, n - 3)])
    logits = rng.normal(size=(n, 3)) + skill * np.eye(3)[truth]
    shares = np.exp(logits)
    probabilities = (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)
    return Answers(CLASSES, probabilities, truth.astype(np.int64))


some_answers = st.builds(
    random_answers, st.integers(0, 10_000), st.integers(6, 60), st.floats(0.0, 4.0)
)
"""Answers of any model: few faces or many, clueless or skilled."""
