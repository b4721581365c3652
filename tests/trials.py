"""Small training runs for comparing ideas: the same faces, several seeds, one held-out part.

What decides is the part of a training file that the recipes hold out, which no run here learns
from, stops by or is calibrated on: each run splits its own faces for that.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.calibrate import Scaling, fit_scaling, shrunk
from classroom_monitor.trainer.checkpoint import RunFolder
from classroom_monitor.trainer.dataset.records import Dataset, Split
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme
from classroom_monitor.trainer.dataset.splitting import split_dataset
from classroom_monitor.trainer.fit import Fit
from classroom_monitor.trainer.labels import NO_CLASS, IntArray
from classroom_monitor.trainer.listener import TrainingListener, TrainingStep
from classroom_monitor.trainer.metrics import classification_figures
from classroom_monitor.trainer.networks.start import start_network
from classroom_monitor.trainer.outputs import Outputs, outputs_of
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.predict import crop_spec, predict_both_ways, predict_logits
from classroom_monitor.trainer.preparation import prepare, read_data
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipe_check import require_files
from classroom_monitor.trainer.recipes.registry import find_recipe
from classroom_monitor.trainer.splits import find_duplicates
from classroom_monitor.vision.classifier import class_probabilities

if TYPE_CHECKING:
    import keras

RECIPE = "best"
SMALL_PX = 24


class Quiet:
    """Hears a run and says nothing; implements TrainingListener."""

    def on_step(self, step: TrainingStep) -> None:
        pass

    def on_epoch(self, record: dict[str, float]) -> None:
        pass

    def on_notice(self, text: str) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Outcome:
    """A trained network and its logits, (n, outputs), for the faces that decide.

    plain is of the faces as they are, both_ways the mean with their mirror images', small both
    ways of the faces shrunk to SMALL_PX. cpu_seconds is what training took, all cores together:
    time by the clock says more of what else the machine does.
    """

    network: keras.Model
    recipe: Recipe
    outputs: Outputs
    scaling: Scaling
    plain: Float32Array
    both_ways: Float32Array
    small: Float32Array
    cpu_seconds: float


def open_split(data: Path, faces: int, listener: TrainingListener) -> Split:
    """Return so many faces to learn from and choose by; the test part is what recipes hold out."""
    recipe = find_recipe(RECIPE)
    whole = prepare(read_data(recipe, [data]), recipe, data.parent, listener)
    rows = np.random.default_rng(0).permutation(len(whole.training))[: faces or None]
    chosen = whole.training.select(np.sort(rows))
    plan = replace(recipe.data, held_out=0.1)
    own = split_dataset(chosen, mood_labels(chosen), find_duplicates(chosen.images), plan)
    return Split(own.training, own.validation, _with_mood(whole.validation))


def small_recipe(settings: Mapping[str, str], seed: int) -> Recipe:
    """Return the recipe with --set settings and a seed, its files found."""
    recipe = apply_overrides(find_recipe(RECIPE), {**settings, "seed": str(seed)})
    require_files(recipe)
    return recipe


def run_trial(recipe: Recipe, split: Split) -> Outcome:
    """Train, calibrate on the run's own validation part, answer for the test part."""
    started_s = time.process_time()
    if recipe.learning.loss != "votes":
        split = Split(_with_mood(split.training), _with_mood(split.validation), split.test)
    outputs = outputs_of(recipe, split.training)
    network = start_network(recipe, len(outputs.names), Quiet())
    with tempfile.TemporaryDirectory() as folder:
        name = hashlib.sha256(repr(recipe).encode()).hexdigest()
        Fit(network, recipe, split, RunFolder(Path(folder), name), Quiet()).run()
    cpu_seconds = time.process_time() - started_s
    spec = crop_spec(recipe.input)
    validation = _with_mood(split.validation)
    chosen_by = predict_both_ways(network, validation.images, spec)
    return Outcome(
        network,
        recipe,
        outputs,
        fit_scaling(chosen_by, mood_labels(validation), outputs.groups),
        plain=predict_logits(network, split.test.images, spec),
        both_ways=predict_both_ways(network, split.test.images, spec),
        small=predict_both_ways(network, shrunk(split.test.images, SMALL_PX), spec),
        cpu_seconds=cpu_seconds,
    )


def calibrated(logits: Float32Array, outputs: Outputs, scaling: Scaling) -> Float32Array:
    """Return (n, classes) float32 probabilities of (n, outputs) logits."""
    moved = logits.copy()
    for group, offset in zip(outputs.groups, scaling.offsets, strict=True):
        moved[:, list(group)] += offset
    return class_probabilities(moved, outputs.groups, scaling.temperature)


def figures_of(
    logits: Float32Array, outputs: Outputs, scaling: Scaling, test: Dataset
) -> dict[str, Any]:
    """Return metrics.classification_figures of calibrated logits."""
    probabilities = calibrated(logits, outputs, scaling)
    return classification_figures(probabilities, mood_labels(test), outputs.classes)


def mood_labels(dataset: Dataset) -> IntArray:
    """Return each face's mood, (n,) int64."""
    return class_labels(dataset, get_scheme(find_recipe(RECIPE).data.scheme))


def _with_mood(dataset: Dataset) -> Dataset:
    return dataset.select(mood_labels(dataset) != NO_CLASS)
