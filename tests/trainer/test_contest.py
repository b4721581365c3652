"""The best epoch, plateaus and patience, told from figures alone."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.trainer.checkpoint import Progress
from classroom_monitor.trainer.contest import is_stalled, judge
from classroom_monitor.trainer.listener import seconds_left
from classroom_monitor.trainer.recipe import LearningPlan, Stage


def plan(*epochs: int, patience: int = 0, plateau: int = 0, monitor: str = "loss") -> LearningPlan:
    stages = tuple(Stage(32 + 16 * k, count) for k, count in enumerate(epochs))
    return LearningPlan(stages, patience=patience, plateau=plateau, monitor=monitor)  # type: ignore[arg-type]


def judged(losses: Sequence[float], rules: LearningPlan) -> tuple[Progress, list[int], list[int]]:
    """Return the progress after epochs of such losses, the best ones so far, and the halvings."""
    progress, best, halved = Progress("run"), [], []
    for epoch, loss in enumerate(losses):
        record = {"held_out_loss": loss, "held_out_accuracy": 1.0 - loss}
        verdict = judge(progress, record, rules)
        best += [epoch] if verdict.is_best else []
        halved += [epoch] if verdict.halves_rate else []
        progress = verdict.following
    return progress, best, halved


def test_the_best_epoch_has_the_least_loss_or_most_accuracy() -> None:
    losses = (0.5, 0.4, 0.45, 0.3, 0.3)
    for monitor in ("loss", "accuracy"):
        progress, best, _ = judged(losses, plan(9, monitor=monitor))
        assert best == [0, 1, 3]
        assert (progress.best_epoch, progress.epoch) == (3, 5)
        assert [record["held_out_loss"] for record in progress.history] == list(losses)


def test_the_last_stage_opens_a_new_contest() -> None:
    progress, best, _ = judged((0.2, 0.3, 0.9, 0.8), plan(2, 4))
    assert best == [0, 2, 3]
    assert progress.best_epoch == 3


def test_a_plateau_is_counted_from_the_best_epoch_or_the_last_halving() -> None:
    assert judged((0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.4, 0.6), plan(9, plateau=2))[2] == [2, 4]
    assert judged((0.5, 0.6, 0.6, 0.6), plan(9))[2] == []


def test_patience_counts_in_the_last_stage_only() -> None:
    rules = plan(4, 9, patience=2)
    assert not is_stalled(judged((0.1, 0.2, 0.2, 0.2), rules)[0], rules)
    assert not is_stalled(judged((0.1, 0.2, 0.2, 0.2, 0.5, 0.6), rules)[0], rules)
    assert is_stalled(judged((0.1, 0.2, 0.2, 0.2, 0.5, 0.6, 0.6), rules)[0], rules)
    assert not is_stalled(judged((0.5,) * 20, plan(30))[0], plan(30))


def test_larger_faces_are_expected_to_take_longer() -> None:
    assert seconds_left([32, 32], steps=10, done=10, per_step_s=1.0) == 10
    assert seconds_left([32, 64], steps=10, done=10, per_step_s=1.0) == 40
    assert seconds_left([32, 64], steps=10, done=15, per_step_s=4.0) == 20
    assert seconds_left([32, 64], steps=10, done=20, per_step_s=4.0) == 0
