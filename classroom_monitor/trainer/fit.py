"""The training loop: epochs of growing faces, checkpoints, early stopping."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.batches import EpochPlan, steps_per_epoch, training_batches
from classroom_monitor.trainer.checkpoint import Progress, load_checkpoint, save_checkpoint
from classroom_monitor.trainer.data import VotedFaces
from classroom_monitor.trainer.learning import compile_network, seed_dropout
from classroom_monitor.trainer.listener import TrainingListener, TrainingStep
from classroom_monitor.trainer.predict import held_out_figures
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence
from classroom_monitor.trainer.teacher import training_targets

if TYPE_CHECKING:
    import keras

LAST_CHECKPOINT = "last.npz"
BEST_CHECKPOINT = "best.npz"


@dataclass(frozen=True, slots=True)
class Split:
    """The faces to learn from, and those held out for stopping and calibration."""

    training: VotedFaces
    held_out: VotedFaces


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Where a run keeps its checkpoints; the fingerprint names its recipe and data."""

    path: Path
    fingerprint: str

    @property
    def last(self) -> Path:
        """The checkpoint to go on from."""
        return self.path / LAST_CHECKPOINT

    @property
    def best(self) -> Path:
        """The checkpoint of the epoch that did best on the held-out faces."""
        return self.path / BEST_CHECKPOINT


class Fit:
    """One run of the recipe on one split; goes on from its folder's checkpoint by itself."""

    def __init__(
        self,
        network: keras.Model,
        recipe: MobilenetValence,
        split: Split,
        folder: RunFolder,
        listener: TrainingListener,
    ) -> None:
        self._network = network
        self._recipe = recipe
        self._split = split
        self._folder = folder
        self._listener = listener
        self._targets = training_targets(split.training, recipe)
        self._progress = Progress(folder.fingerprint)
        self._sizes = [stage.size_px for stage in recipe.stages for _ in range(stage.epochs)]
        self._first_of_last_stage = len(self._sizes) - recipe.stages[-1].epochs
        self._steps = steps_per_epoch(len(split.training), recipe.batch)

    def run(self) -> list[dict[str, float]]:
        """Train to the end; leave the best epoch's weights in the network, return the history.

        On Ctrl-C the state is saved before KeyboardInterrupt goes on. Raises DataProblem when
        the loss is no longer a number.
        """
        compile_network(self._network, self._recipe, self._steps * len(self._sizes))
        if self._folder.last.exists():
            self._progress = self._load(self._folder.last)
            self._listener.on_notice(
                f"going on after {self._progress.epoch} epochs and {self._progress.step} batches"
            )
        while self._progress.epoch < len(self._sizes) and not self._is_stalled():
            self._run_epoch()
        self._load(self._folder.best)
        return self._progress.history

    def _load(self, checkpoint: Path) -> Progress:
        return load_checkpoint(checkpoint, self._network, self._folder.fingerprint)

    def _is_stalled(self) -> bool:
        """Tell whether the last stage has gone on for patience epochs without getting better."""
        since = max(self._progress.best_epoch, self._first_of_last_stage)
        return self._progress.epoch - 1 - since >= self._recipe.patience

    def _run_epoch(self) -> None:
        progress, recipe = self._progress, self._recipe
        size_px = self._sizes[progress.epoch]
        plan = EpochPlan(recipe.seed, progress.epoch, size_px, recipe.batch, progress.step)
        started_s = time.monotonic()
        record: dict[str, float] = {"epoch": progress.epoch + 1, "size_px": size_px}
        record |= self._learn(plan)
        record |= held_out_figures(
            self._network, self._split.held_out, size_px, recipe.valence_weight
        )
        record["seconds"] = round(time.monotonic() - started_s, 1)
        self._finish_epoch(record)

    def _learn(self, plan: EpochPlan) -> dict[str, float]:
        """Go through an epoch's batches; return their mean loss and accuracy."""
        images = self._split.training.images
        batches = training_batches(images, self._targets, plan, self._recipe.augmentation)
        try:
            result = self._network.fit(
                batches, verbose=0, shuffle=False, callbacks=[self._callback(plan)]
            )
        except KeyboardInterrupt:
            done = int(self._network.optimizer.iterations)
            self._progress.step = done - plan.epoch * self._steps
            save_checkpoint(self._folder.last, self._network, self._progress)
            raise
        last = {name: float(values[-1]) for name, values in result.history.items()}
        return {"loss": last["loss"], "accuracy": last["mood_accuracy"]}

    def _finish_epoch(self, record: dict[str, float]) -> None:
        """Note the epoch, keep it if it is the best of its stage so far, and save.

        Earlier stages' losses are of other input sizes: the last stage starts a new contest.
        """
        progress = self._progress
        progress.history.append(record)
        opens_contest = progress.epoch in (0, self._first_of_last_stage)
        is_best = opens_contest or record["held_out_loss"] < progress.best_loss
        if is_best:
            progress.best_loss, progress.best_epoch = record["held_out_loss"], progress.epoch
        progress.epoch, progress.step = progress.epoch + 1, 0
        if is_best:
            save_checkpoint(self._folder.best, self._network, progress)
        save_checkpoint(self._folder.last, self._network, progress)
        self._listener.on_epoch(record)

    def _callback(self, plan: EpochPlan) -> Any:
        """Return the Keras callback that seeds and tells of each batch, and stops on NaN."""
        import keras

        sizes, steps, listener = self._sizes, self._steps, self._listener
        already_done = plan.epoch * steps + plan.first_step
        started_s = time.monotonic()

        class Tell(keras.callbacks.Callback):  # type: ignore[misc]
            def on_train_batch_begin(self, batch: int, logs: dict[str, float] | None) -> None:
                seed_dropout(self.model, plan.seed, already_done + batch)

            def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
                _require_number(logs["loss"], plan.epoch)
                done = already_done + batch + 1
                left_s = seconds_left(
                    sizes, steps, done, per_step_s=(time.monotonic() - started_s) / (batch + 1)
                )
                listener.on_step(
                    TrainingStep(
                        epoch=plan.epoch + 1,
                        epochs=len(sizes),
                        step=done,
                        steps=steps * len(sizes),
                        loss=float(logs["loss"]),
                        accuracy=float(logs["mood_accuracy"]),
                        seconds_left=left_s,
                    )
                )

        return Tell()


def _require_number(loss: float, epoch: int) -> None:
    if not math.isfinite(loss):
        raise DataProblem(
            f"The loss is no longer a number in epoch {epoch + 1}: lower learning_rate, or look "
            "for damaged pictures in the data"
        )


def seconds_left(sizes: list[int], steps: int, done: int, per_step_s: float) -> float:
    """Estimate the time a run still takes: a step takes time in proportion to its pixels.

    sizes is the input size of each epoch in pixels, steps the batches of an epoch, done the
    batches behind us, per_step_s what one takes at the size of the last one done.
    """
    now = min(max(done - 1, 0) // steps, len(sizes) - 1)
    pixels = (steps * (now + 1) - done) * sizes[now] ** 2
    pixels += sum(steps * size**2 for size in sizes[now + 1 :])
    return per_step_s / sizes[now] ** 2 * pixels
