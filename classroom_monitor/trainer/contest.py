"""Which epoch is the best one, and when learning slows down or stops."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_monitor.trainer.checkpoint import Progress
from classroom_monitor.trainer.recipe import LearningPlan


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from an epoch: the progress after it, and what is to be done."""

    following: Progress
    is_best: bool
    halves_rate: bool


def judge(done: Progress, record: dict[str, float], plan: LearningPlan) -> Verdict:
    """Judge an epoch that is done by its history record.

    Earlier stages' figures are of other input sizes: the last stage starts a new contest.
    """
    by_loss = plan.monitor == "loss"
    score = -record["held_out_loss"] if by_loss else record["held_out_accuracy"]
    opens_contest = done.epoch in (0, _first_of_last_stage(plan))
    is_best = opens_contest or score > done.best_score
    halves_rate = not is_best and 0 < plan.plateau <= done.epoch - done.plateau_from
    following = Progress(
        done.fingerprint,
        epoch=done.epoch + 1,
        best_score=score if is_best else done.best_score,
        best_epoch=done.epoch if is_best else done.best_epoch,
        plateau_from=done.epoch if is_best or halves_rate else done.plateau_from,
        history=[*done.history, record],
    )
    return Verdict(following, is_best, halves_rate)


def is_stalled(progress: Progress, plan: LearningPlan) -> bool:
    """Tell whether the last stage has gone on for patience epochs without getting better."""
    since = max(progress.best_epoch, _first_of_last_stage(plan))
    return 0 < plan.patience <= progress.epoch - 1 - since


def _first_of_last_stage(plan: LearningPlan) -> int:
    return sum(stage.epochs for stage in plan.stages[:-1])
