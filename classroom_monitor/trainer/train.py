"""Trains a recipe and writes a model bundle: the trainer's front door."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from classroom_monitor.trainer.backend import (
    has_gpu,
    import_keras,
    require_scikit_learn,
    runs_on_tensorflow,
)
from classroom_monitor.trainer.checkpoint import RunFolder
from classroom_monitor.trainer.dataset.records import Split
from classroom_monitor.trainer.export import require_free
from classroom_monitor.trainer.finish import ENLARGED_FOLDER, Finished, finish
from classroom_monitor.trainer.fit import Fit
from classroom_monitor.trainer.learning import computing_in
from classroom_monitor.trainer.listener import TrainingListener
from classroom_monitor.trainer.networks.start import start_network
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.overrides import STAGE_SETTINGS, apply_overrides, settings_of
from classroom_monitor.trainer.preparation import enlarge, prepare, read_data
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipe_check import named_files, require_files
from classroom_monitor.trainer.recipes.registry import all_recipes, find_recipe

logger = logging.getLogger(__name__)

GPU_BATCH = 256
"""Smaller batches leave a GPU idle between steps of such small networks."""


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """A recipe as a list shows it."""

    name: str
    summary: str


def list_recipes() -> list[RecipeInfo]:
    """Return the recipes there are."""
    return [RecipeInfo(recipe.name, recipe.summary) for recipe in all_recipes()]


def small_settings(recipe_name: str, changes: Mapping[str, str]) -> dict[str, str]:
    """Return the settings with which a recipe takes a minute or two, with a user's changes.

    Stages that the user changes replace the small ones, however each of them is written.
    """
    small = dict(find_recipe(recipe_name).small)
    if not STAGE_SETTINGS.isdisjoint(changes):
        small = {name: value for name, value in small.items() if name not in STAGE_SETTINGS}
    return {**small, **changes}


def training_folder(out_dir: Path) -> Path:
    """Return where a run keeps checkpoints, its history and the report on its data."""
    return out_dir.with_name(out_dir.name + ".training")


def train(
    recipe_name: str,
    data_paths: Sequence[Path],
    out_dir: Path,
    overrides: Mapping[str, str],
    listener: TrainingListener,
) -> Path:
    """Train a recipe on data sets and return the new bundle's folder, out_dir.

    Checkpoints lie beside it in <out_dir>.training until the bundle is complete: the same call
    again goes on where a killed one stopped. Raises DataProblem for data or settings that can't
    be used, EnvironmentProblem where the train extra is missing; KeyboardInterrupt saves first.
    """
    recipe = _checked_recipe(recipe_name, out_dir, overrides)
    import_keras()
    require_scikit_learn()
    _tell_of_backend(recipe, listener)
    run_dir = training_folder(out_dir)
    split = prepare(read_data(recipe, data_paths), recipe, run_dir, listener)
    split = enlarge(split, recipe, out_dir.with_name(ENLARGED_FOLDER), listener)
    folder = RunFolder(run_dir, _fingerprint(recipe, split))
    outputs = outputs_of(recipe, split.training)
    with computing_in(recipe.learning.precision):
        network = start_network(recipe, len(outputs.names), listener)
    history = Fit(network, recipe, split, folder, listener).run()
    finish(Finished(network, recipe, split, history), out_dir, listener)
    for checkpoint in (folder.last, folder.best):
        checkpoint.unlink()
    return out_dir


def check_data(
    recipe_name: str,
    data_paths: Sequence[Path],
    out_dir: Path,
    overrides: Mapping[str, str],
    listener: TrainingListener,
) -> Path:
    """Check settings and data as train does before it trains; return the report's folder."""
    recipe = _checked_recipe(recipe_name, out_dir, overrides)
    prepare(read_data(recipe, data_paths), recipe, training_folder(out_dir), listener)
    return training_folder(out_dir)


def _checked_recipe(recipe_name: str, out_dir: Path, overrides: Mapping[str, str]) -> Recipe:
    recipe = apply_overrides(find_recipe(recipe_name), overrides)
    require_free(out_dir)
    require_files(recipe)
    return recipe


def _tell_of_backend(recipe: Recipe, listener: TrainingListener) -> None:
    """Say what of this machine is not made use of."""
    if not runs_on_tensorflow():
        listener.on_notice(
            "LiteRT engines are made with TensorFlow: at the end this run will ask for the same "
            "command with KERAS_BACKEND=tensorflow, which goes on from the checkpoint"
        )
    hints = []
    if recipe.learning.precision == "float32":
        hints.append("--set precision=mixed_bfloat16")
    if recipe.learning.batch < GPU_BATCH:
        hints.append(f"--set batch={GPU_BATCH}")
    if hints and has_gpu():
        listener.on_notice(f"a GPU is there, {' '.join(hints)} may make better use of it")


def _fingerprint(recipe: Recipe, split: Split) -> str:
    """Name the settings, files and pictures that decide a run."""
    settings = settings_of(recipe)
    for name in ("about", "test"):
        del settings[name]
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for name, path in named_files(recipe):
        if name != "test":
            content = path / "bundle.json" if path.is_dir() else path
            digest.update(content.read_bytes())
    for part in (split.training, split.validation):
        digest.update(part.images.tobytes())
        digest.update(part.votes.tobytes())
    return digest.hexdigest()
