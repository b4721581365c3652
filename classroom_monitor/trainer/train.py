"""Trains a recipe and writes a model bundle: the trainer's front door."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.backend import (
    import_keras,
    require_scikit_learn,
    require_tensorflow,
)
from classroom_monitor.trainer.data import VotedFaces, load_voted_faces
from classroom_monitor.trainer.export import require_free, settings_for_bundle
from classroom_monitor.trainer.finish import Finished, finish
from classroom_monitor.trainer.fit import Fit, RunFolder, Split
from classroom_monitor.trainer.labels import is_trainable, valence_labels
from classroom_monitor.trainer.listener import TrainingListener
from classroom_monitor.trainer.network import build_network, freeze, load_pretrained, load_start
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipes.best import BEST
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence
from classroom_monitor.trainer.splits import duplicate_groups, held_out

if TYPE_CHECKING:
    import keras

logger = logging.getLogger(__name__)

MIN_FACES = 30

RECIPES = {"mobilenet_valence": MobilenetValence(), "best": BEST}


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """A recipe as a list shows it."""

    name: str
    summary: str


def list_recipes() -> list[RecipeInfo]:
    """Return the recipes there are."""
    return [
        RecipeInfo(
            "mobilenet_valence",
            "MobileNet on FER+ votes: negative, neutral, positive; an hour on two CPU cores",
        ),
        RecipeInfo("best", "mobilenet_valence taught by itself; 1.5 hours on two CPU cores"),
    ]


def train(
    recipe_name: str,
    data_paths: Sequence[Path],
    out_dir: Path,
    overrides: Mapping[str, str],
    listener: TrainingListener,
) -> Path:
    """Train a recipe on .npz files of voted faces and return the new bundle's folder, out_dir.

    Checkpoints lie beside it in <out_dir>.training until the bundle is complete: the same call
    again goes on where a killed one stopped. Raises DataProblem for data or settings that can't
    be used, EnvironmentProblem where the train extra is missing; KeyboardInterrupt saves first.
    """
    if recipe_name not in [info.name for info in list_recipes()]:
        known = ", ".join(info.name for info in list_recipes())
        raise DataProblem(f"There is no recipe {recipe_name!r}: choose {known}")
    recipe = apply_overrides(RECIPES[recipe_name], overrides)
    require_free(out_dir)
    _require_files(recipe)
    require_tensorflow()
    require_scikit_learn()
    faces = _usable_faces(load_voted_faces(data_paths), recipe)
    folder = RunFolder(out_dir.with_name(out_dir.name + ".training"), _fingerprint(recipe, faces))
    folder.path.mkdir(parents=True, exist_ok=True)
    split = split_faces(faces, recipe, listener)
    network = _start_network(recipe, listener)
    history = Fit(network, recipe, split, folder, listener).run()
    finish(Finished(network, recipe, split, history), out_dir, listener)
    shutil.rmtree(folder.path)
    return out_dir


def split_faces(faces: VotedFaces, recipe: MobilenetValence, listener: TrainingListener) -> Split:
    """Split seeded and stratified by mood; faces that look the same stay on one side."""
    listener.on_notice(f"looking for duplicates among {len(faces)} faces")
    chosen = held_out(
        valence_labels(faces.votes), duplicate_groups(faces.images), recipe.held_out, recipe.seed
    )
    return Split(faces.select(~chosen), faces.select(chosen))


def _require_files(recipe: MobilenetValence) -> None:
    """Raise DataProblem for files that would only be missed after an hour."""
    for setting, path in (
        ("pretrained", recipe.pretrained),
        ("test", recipe.test),
        ("start", recipe.start),
        ("teacher", recipe.teacher),
    ):
        if path and not Path(path).exists():
            raise DataProblem(f"{setting}={path}: there is no such file")


def _usable_faces(faces: VotedFaces, recipe: MobilenetValence) -> VotedFaces:
    """Return the faces worth training on, or fewer where the recipe's limit says so."""
    usable = faces.select(is_trainable(faces.images, faces.votes))
    logger.info("%d of %d faces are usable", len(usable), len(faces))
    if recipe.limit and recipe.limit < len(usable):
        order = np.random.default_rng(recipe.seed).permutation(len(usable))
        chosen = np.zeros(len(usable), dtype=np.bool_)
        chosen[order[: recipe.limit]] = True
        usable = usable.select(chosen)
    counts = np.bincount(valence_labels(usable.votes) + 1, minlength=4)[1:]
    if len(usable) < MIN_FACES or counts.min() < 2 / recipe.held_out:
        raise DataProblem(
            f"Too few usable faces to train on: {counts[0]} negative, {counts[1]} neutral and "
            f"{counts[2]} positive; each mood needs at least {round(2 / recipe.held_out)}"
        )
    return usable


def _start_network(recipe: MobilenetValence, listener: TrainingListener) -> keras.Model:
    import_keras().utils.set_random_seed(recipe.seed)
    network = build_network(recipe.network)
    if recipe.start:
        load_start(network, Path(recipe.start))
    elif recipe.pretrained:
        load_pretrained(network, Path(recipe.pretrained))
    else:
        listener.on_notice(
            "starting from random weights: --set pretrained=FILE starts from ImageNet weights"
        )
    freeze(network, recipe.frozen_until)
    return network


def _fingerprint(recipe: MobilenetValence, faces: VotedFaces) -> str:
    """Name the settings and data that decide a run."""
    digest = hashlib.sha256(json.dumps(settings_for_bundle(recipe), sort_keys=True).encode())
    digest.update(faces.images.tobytes())
    digest.update(faces.votes.tobytes())
    return digest.hexdigest()
