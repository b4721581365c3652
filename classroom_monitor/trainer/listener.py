"""Who hears how a training run goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TrainingStep:
    """How a run stands, told after every batch.

    epoch counts from 1. step and steps count batches of the whole run. loss and accuracy (of
    the likeliest mood against the votes' likeliest) are this epoch's means so far, on augmented
    faces. seconds_left is an estimate for the whole run.
    """

    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    accuracy: float
    seconds_left: float


class TrainingListener(Protocol):
    """Hears how a run goes: the command line draws a bar, tests count."""

    def on_step(self, step: TrainingStep) -> None:
        """Hear of a finished batch."""

    def on_epoch(self, record: dict[str, float]) -> None:
        """Hear of a finished epoch: its history record."""

    def on_notice(self, text: str) -> None:
        """Hear something that the user should know, one line."""


def seconds_left(sizes: list[int], steps: int, done: int, per_step_s: float) -> float:
    """Estimate the time a run still takes: a step takes time in proportion to its pixels.

    sizes is the input size of each epoch in pixels, steps the batches of an epoch, done the
    batches behind us, per_step_s what one takes at the size of the last one done.
    """
    now = min(max(done - 1, 0) // steps, len(sizes) - 1)
    pixels = (steps * (now + 1) - done) * sizes[now] ** 2
    pixels += sum(steps * size**2 for size in sizes[now + 1 :])
    return per_step_s / sizes[now] ** 2 * pixels
