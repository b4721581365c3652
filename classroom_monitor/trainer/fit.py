"""The training loop: epochs of growing faces, checkpoints, early stopping."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.batches import (
    Batch,
    EpochBatches,
    steps_per_epoch,
)
from classroom_monitor.trainer.checkpoint import (
    Progress,
    RunFolder,
    load_checkpoint,
    require_space,
    save_checkpoint,
)
from classroom_monitor.trainer.contest import Verdict, is_stalled, judge
from classroom_monitor.trainer.curves import write_history
from classroom_monitor.trainer.dataset.records import Split
from classroom_monitor.trainer.feeder import Feeder, default_workers
from classroom_monitor.trainer.interrupt import HeldInterrupt
from classroom_monitor.trainer.learning import (
    averaged_weights,
    compile_network,
    halve_learning_rate,
    learning_rate,
    seed_dropout,
)
from classroom_monitor.trainer.listener import TrainingListener, TrainingStep, seconds_left
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.training_faces import training_faces
from classroom_monitor.trainer.validation import HeldOut

if TYPE_CHECKING:
    import keras

SAVE_EVERY_S = 300.0
"""Seconds of work that a killed run loses at most."""


class Fit:
    """One run of the recipe on one split; goes on from its folder's checkpoint by itself."""

    def __init__(
        self,
        network: keras.Model,
        recipe: Recipe,
        split: Split,
        folder: RunFolder,
        listener: TrainingListener,
    ) -> None:
        self._network = network
        self._recipe = recipe
        self._plan = recipe.learning
        self._folder = folder
        self._listener = listener
        self._outputs = outputs_of(recipe, split.training)
        self._faces = training_faces(split.training, recipe)
        self._held_out = HeldOut(split.validation, recipe)
        self._progress = Progress(folder.fingerprint)
        self._sizes = [stage.size_px for stage in self._plan.stages for _ in range(stage.epochs)]
        self._steps = steps_per_epoch(len(self._faces.balanced), self._plan.batch)
        self._interrupt = HeldInterrupt()
        self._is_savable = True
        self._saved_s = time.monotonic()

    def run(self) -> list[dict[str, float]]:
        """Train to the end; leave the best epoch's weights in the network, return the history.

        On Ctrl-C the state is saved before KeyboardInterrupt goes on. Raises DataProblem when
        the loss is no longer a number, or a checkpoint can't be written.
        """
        compile_network(self._network, self._plan, self._outputs, self._steps * len(self._sizes))
        require_space(self._folder.path, self._network)
        if self._folder.last.exists():
            self._progress = self._load_last()
            self._listener.on_notice(
                f"going on after {self._progress.epoch} epochs and {self._progress.step} batches"
            )
        with self._interrupt:
            while self._progress.epoch < len(self._sizes) and not is_stalled(
                self._progress, self._plan
            ):
                self._run_epoch()
        load_checkpoint(self._folder.best, self._network, self._folder.fingerprint)
        return self._progress.history

    def _load_last(self) -> Progress:
        return load_checkpoint(self._folder.last, self._network, self._folder.fingerprint)

    def _run_epoch(self) -> None:
        """Go through the rest of an epoch; on Ctrl-C save what is done of it."""
        try:
            self._learn()
            with averaged_weights(self._network, self._plan):
                verdict = self._check_epoch()
            self._move_on(verdict)
            self._interrupt.check()
        except KeyboardInterrupt:
            if self._is_savable:
                save_checkpoint(self._folder.last, self._network, self._progress)
            raise

    def _learn(self) -> None:
        """Do the batches that are left of an epoch."""
        progress = self._progress
        batches = EpochBatches(
            self._faces, self._recipe, progress.epoch, self._sizes[progress.epoch]
        )
        first, waited_before_s, spent_before_s = progress.step, progress.waited_s, progress.spent_s
        started_s = time.monotonic()
        left = self._steps - first
        with Feeder(lambda i: batches.make(first + i), left, default_workers()) as feeder:
            for batch in feeder:
                self._step(batch)
                progress.waited_s = waited_before_s + feeder.waited_s
                progress.spent_s = spent_before_s + time.monotonic() - started_s
                self._tell((time.monotonic() - started_s) / (progress.step - first))
                self._interrupt.check()
                self._save_now_and_then()

    def _step(self, batch: Batch) -> None:
        progress = self._progress
        seed_dropout(
            self._network, self._recipe.data.seed, progress.epoch * self._steps + progress.step
        )
        self._is_savable = False
        logs = self._network.train_on_batch(
            batch.images, batch.targets, batch.weights, return_dict=True
        )
        _require_number(float(logs["loss"]), progress.epoch)
        progress.loss_sum += float(logs["loss"])
        progress.accuracy_sum += float(logs["accuracy"])
        progress.step += 1
        self._is_savable = True

    def _save_now_and_then(self) -> None:
        if time.monotonic() - self._saved_s >= SAVE_EVERY_S:
            save_checkpoint(self._folder.last, self._network, self._progress)
            self._saved_s = time.monotonic()

    def _check_epoch(self) -> Verdict:
        """Judge the epoch that is done by the held-out faces; save it if it is the best so far."""
        started_s = time.monotonic()
        size_px = self._sizes[self._progress.epoch]
        held_out = self._held_out.figures(self._network, size_px)
        record = self._record(held_out, time.monotonic() - started_s)
        verdict = judge(self._progress, record, self._plan)
        if verdict.is_best:
            save_checkpoint(self._folder.best, self._network, verdict.following)
        return verdict

    def _move_on(self, verdict: Verdict) -> None:
        """Go to the next epoch, and save.

        The best epoch is safe by now: one that is interrupted before is judged again.
        """
        self._is_savable = False
        if verdict.halves_rate:
            halve_learning_rate(self._network)
        self._progress = verdict.following
        self._is_savable = True
        save_checkpoint(self._folder.last, self._network, self._progress)
        self._saved_s = time.monotonic()
        write_history(self._progress.history, self._folder.path)
        self._listener.on_epoch(self._progress.history[-1])

    def _record(self, held_out: dict[str, float], checking_s: float) -> dict[str, float]:
        """Return the history record of the epoch that is done."""
        progress = self._progress
        return {
            "epoch": progress.epoch + 1,
            "size_px": self._sizes[progress.epoch],
            "loss": progress.loss_sum / progress.step,
            "accuracy": progress.accuracy_sum / progress.step,
            **held_out,
            "learning_rate": learning_rate(self._network),
            "faces_per_s": round(progress.step * self._plan.batch / progress.spent_s, 1),
            "waiting": round(progress.waited_s / progress.spent_s, 4),
            "seconds": round(progress.spent_s + checking_s, 1),
        }

    def _tell(self, per_step_s: float) -> None:
        progress, sizes, steps = self._progress, self._sizes, self._steps
        done = progress.epoch * steps + progress.step
        self._listener.on_step(
            TrainingStep(
                epoch=progress.epoch + 1,
                epochs=len(sizes),
                step=done,
                steps=steps * len(sizes),
                loss=progress.loss_sum / progress.step,
                accuracy=progress.accuracy_sum / progress.step,
                seconds_left=seconds_left(sizes, steps, done, per_step_s),
            )
        )


def _require_number(loss: float, epoch: int) -> None:
    if not math.isfinite(loss):
        raise DataProblem(
            f"The loss is no longer a number in epoch {epoch + 1}: lower learning_rate, or look "
            "for damaged pictures in the data"
        )
