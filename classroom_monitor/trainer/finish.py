"""After training: calibrates the network, makes the bundle, measures it and writes its card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.augment import augment
from classroom_monitor.trainer.backend import require_tensorflow
from classroom_monitor.trainer.card import CardContent, write_card
from classroom_monitor.trainer.choice import Choice, choose
from classroom_monitor.trainer.copied_test import copied_test
from classroom_monitor.trainer.dataset.records import Dataset, LabelScheme, Split
from classroom_monitor.trainer.dataset.schemes import fill_scheme, get_scheme
from classroom_monitor.trainer.evaluation.history import write_bundle_history
from classroom_monitor.trainer.export import (
    Description,
    exported_network,
    fresh_part_folder,
    publish,
    write_description,
    write_weights,
)
from classroom_monitor.trainer.listener import TrainingListener
from classroom_monitor.trainer.measure import (
    Measured,
    has_every_class,
    labelled_faces,
    measure,
    training_accuracy,
)
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.predict import crop_spec
from classroom_monitor.trainer.preparation import read_data
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.splits import is_duplicate_of
from classroom_monitor.trainer.super_resolution import enlarged
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.crops import crop_whole_images

if TYPE_CHECKING:
    import keras

CALIBRATION_PIXELS = 400 * 96 * 96
"""Pixels of the faces that int8's ranges are measured on, as they are and once more augmented."""

ENLARGED_FOLDER = "enlarged_faces"
"""Where faces that super-resolution has enlarged are kept, beside the bundle."""

MIN_CALIBRATION_FACES = 50
MAX_CALIBRATION_FACES = 400

MAX_INT8_LOSS = 0.005
"""Accuracy that int8 may cost before the user is told."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A trained network with all that its bundle tells about it."""

    network: keras.Model
    recipe: Recipe
    split: Split
    history: list[dict[str, float]]

    @property
    def scheme(self) -> LabelScheme:
        """The classes, with those of the data where the recipe takes the data's own."""
        plan = self.recipe.data
        return fill_scheme(get_scheme(plan.scheme, plan.annotation), self.split.training)


def finish(run: Finished, out_dir: Path, listener: TrainingListener) -> None:
    """Write the bundle of a finished run to out_dir, which appears only when it is complete."""
    require_tensorflow()
    outputs = outputs_of(run.recipe, run.split.training)
    listener.on_notice("calibrating on the held-out faces")
    held_out = labelled_faces(run.split.validation, run.scheme)
    choice = choose(run.network, run.recipe, outputs, held_out)
    part = fresh_part_folder(out_dir)
    listener.on_notice("making the LiteRT engines")
    network = exported_network(run.network, run.recipe, outputs, choice.calibration)
    write_weights(network, _representative_crops(run), part)
    faces = len(run.split.training)
    write_description(part, Description(run.recipe, outputs, choice.calibration, faces))
    listener.on_notice("measuring the bundle")
    card = _measured_card(run, choice, load_bundle(part), _named_dataset(run, out_dir, listener))
    _warn_of_int8_loss(card.validation, listener)
    (part / "report.md").write_text(write_card(card), encoding="utf-8")
    write_bundle_history(run.history, part)
    publish(part, out_dir)


def _representative_crops(run: Finished) -> UInt8Array:
    """Return training faces as they are and augmented, (n, size, size, channels) uint8."""
    spec = crop_spec(run.recipe.input)
    count = CALIBRATION_PIXELS // spec.size_px**2
    count = min(max(count, MIN_CALIBRATION_FACES), MAX_CALIBRATION_FACES)
    rng = np.random.default_rng(run.recipe.data.seed)
    images = run.split.training.images
    chosen = images[rng.permutation(len(images))[:count]]
    side_px = chosen.shape[1]
    changed = [augment(face, side_px, run.recipe.augmentation, rng) for face in chosen]
    return crop_whole_images([*chosen, *changed], spec).images


def _named_dataset(run: Finished, out_dir: Path, listener: TrainingListener) -> Dataset | None:
    """Read the test faces that the user named, enlarged as those that were trained on."""
    recipe = run.recipe
    if not recipe.test:
        return None
    dataset = read_data(recipe, [Path(recipe.test)])
    model = recipe.input.super_resolution
    if not model:
        return dataset
    cache_dir = out_dir.with_name(ENLARGED_FOLDER)
    return replace(dataset, images=enlarged(dataset.images, model, cache_dir, listener))


def _measured_card(
    run: Finished, choice: Choice, bundle: Bundle, named: Dataset | None
) -> CardContent:
    """Measure the bundle on every part of the data and on the test faces that the user named."""
    split = run.split
    held_out = labelled_faces(split.validation, run.scheme)
    training = labelled_faces(split.training, run.scheme)
    return CardContent(
        recipe=run.recipe,
        classes=bundle.classes,
        faces={
            "training": len(split.training),
            "validation": len(split.validation),
            "test": len(split.test),
        },
        history=run.history,
        choice=choice,
        validation=measure(bundle, held_out, "the faces held out of training"),
        training_accuracy=training_accuracy(bundle, training, run.recipe.data.seed),
        prevalence=tuple(np.bincount(training.truth, minlength=len(bundle.classes))),
        tests=[*_part_tests(run, bundle), *_named_tests(run, bundle, named)],
        copied_test=_copied_test(run, bundle),
    )


def _part_tests(run: Finished, bundle: Bundle) -> list[Measured]:
    """Measure on the test part of the data, where there is one."""
    if len(run.split.test) == 0:
        return []
    return [measure(bundle, labelled_faces(run.split.test, run.scheme), "the test part")]


def _copied_test(run: Finished, bundle: Bundle) -> Measured | None:
    """Measure as write-ups do that balance with augmented copies before they split."""
    plan = run.recipe.data
    if plan.balance not in ("oversample", "factor") or len(run.split.test) == 0:
        return None
    faces = copied_test(run.split, run.scheme, plan, run.recipe.augmentation)
    title = "a test part with augmented copies in it, as in the write-up"
    return measure(bundle, labelled_faces(faces, run.scheme), title)


def _named_tests(run: Finished, bundle: Bundle, named: Dataset | None) -> list[Measured]:
    """Measure on the user's test faces, and on those of them that resemble none trained on."""
    if named is None:
        return []
    name = Path(run.recipe.test).name
    faces = labelled_faces(named, run.scheme)
    measured = [measure(bundle, faces, f"{name}, which decided nothing")]
    known = is_duplicate_of(faces.images, run.split.training.images)
    unknown = faces.select(~known)
    if known.any() and has_every_class(bundle, unknown):
        title = f"{name} without {known.sum()} faces much like one trained on"
        measured.append(measure(bundle, unknown, title))
    return measured


def _warn_of_int8_loss(measured: Measured, listener: TrainingListener) -> None:
    accuracy = {row["engine"]: row["accuracy"] for row in measured.rows}
    lost = accuracy["litert-float32"] - accuracy["litert-int8"]
    if lost > MAX_INT8_LOSS:
        listener.on_notice(f"int8 loses {lost:.3f} accuracy on held-out faces: prefer float32")
