"""Small runs of a small network, and a listener that remembers what it heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from classroom_monitor.trainer.checkpoint import RunFolder
from classroom_monitor.trainer.dataset.records import Split
from classroom_monitor.trainer.fit import Fit
from classroom_monitor.trainer.listener import TrainingListener, TrainingStep
from classroom_monitor.trainer.networks.start import start_network
from classroom_monitor.trainer.networks.two_convolutions import TwoConvolutionsSettings
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.cnn_eight import CNN_EIGHT
from tests.trainer.faces import drawn_faces

TINY = {
    "filters1": "4",
    "filters2": "4",
    "dense1": "8",
    "dense2": "8",
    "size": "32",
    "epochs": "2",
    "batch": "8",
    "fit": "resize",
}
"""Settings that make cnn_eight a network of a few thousand weights."""


class Recorder:
    """Hears a run; sends itself Ctrl-C after a number of steps, if asked to."""

    def __init__(self, interrupt_after: int | None = None) -> None:
        self.steps: list[TrainingStep] = []
        self.epochs: list[dict[str, float]] = []
        self.notices: list[str] = []
        self._interrupt_after = interrupt_after

    def on_step(self, step: TrainingStep) -> None:
        self.steps.append(step)
        if len(self.steps) == self._interrupt_after:
            raise KeyboardInterrupt

    def on_epoch(self, record: dict[str, float]) -> None:
        self.epochs.append(record)

    def on_notice(self, text: str) -> None:
        self.notices.append(text)


def tiny_recipe(**settings: str) -> Recipe:
    """Return cnn_eight as a tiny network that tells the three moods."""
    recipe = replace(CNN_EIGHT, network=TwoConvolutionsSettings())
    return apply_overrides(recipe, {"scheme": "valence3", **TINY, **settings})


def tiny_split() -> Split:
    """Return 40 faces to learn from, 12 held out, and none to test on."""
    held_out = drawn_faces(12, seed=1)
    return Split(drawn_faces(40), held_out, held_out.select(held_out.parts > 0))


def tiny_fit(recipe: Recipe, folder: Path, listener: TrainingListener) -> Fit:
    """Return a run on tiny_split, on a network that starts from the recipe's seed."""
    folder.mkdir(exist_ok=True)
    split = tiny_split()
    outputs = outputs_of(recipe, split.training)
    network = start_network(recipe, len(outputs.names), listener)
    return Fit(network, recipe, split, RunFolder(folder, "run"), listener)


def lasting(history: list[dict[str, float]]) -> list[dict[str, float]]:
    """Return a history without what the clock says."""
    clocked = ("faces_per_s", "waiting", "seconds")
    return [{k: v for k, v in record.items() if k not in clocked} for record in history]
