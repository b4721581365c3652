"""After training: calibrates the network, makes the bundle, measures it and writes its card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.augment import augment
from classroom_monitor.trainer.calibrate import (
    SIZES_PX,
    CertaintyStep,
    choose_min_certainty,
    choose_min_face_px,
    fit_scaling,
    risk_coverage,
    shrunk,
)
from classroom_monitor.trainer.card import CardContent, write_card
from classroom_monitor.trainer.evaluate import evaluate_faces, same_answers
from classroom_monitor.trainer.export import (
    Calibration,
    exported_network,
    fresh_part_folder,
    publish,
    write_description,
    write_weights,
)
from classroom_monitor.trainer.fit import Split
from classroom_monitor.trainer.labelled import LabelledFaces, load_labelled_faces
from classroom_monitor.trainer.labels import NO_CLASS, expression_labels, valence_labels
from classroom_monitor.trainer.listener import TrainingListener
from classroom_monitor.trainer.predict import (
    CROP_SCALE,
    GROUP_INDICES,
    crop_spec,
    predict_logits,
)
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence
from classroom_monitor.trainer.splits import is_duplicate_of
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import (
    ENGINES,
    class_probabilities,
    open_classifier,
)
from classroom_monitor.vision.crops import crop_whole_images

if TYPE_CHECKING:
    import keras

CALIBRATION_FACES = 400
"""Faces that int8's ranges are measured on, as they are and once more augmented."""

MAX_INT8_LOSS = 0.005
"""Accuracy that int8 may cost before the user is told."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A trained network with all that its bundle tells about it."""

    network: keras.Model
    recipe: MobilenetValence
    split: Split
    history: list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the held-out faces decided, with the measurements behind it."""

    calibration: Calibration
    curve: list[CertaintyStep]
    accuracy_by_px: dict[int, float]


def finish(run: Finished, out_dir: Path, listener: TrainingListener) -> None:
    """Write the bundle of a finished run to out_dir, which appears only when it is complete."""
    held_out = _labelled(run.split)
    listener.on_notice("calibrating on the held-out faces")
    choice = _calibrate(run, held_out)
    part = fresh_part_folder(out_dir)
    listener.on_notice("making the LiteRT engines")
    network = exported_network(run.network, run.recipe, choice.calibration)
    write_weights(network, _representative_crops(run), part)
    write_description(part, run.recipe, choice.calibration, len(run.split.training))
    listener.on_notice("measuring the bundle")
    card = _measured_card(run, choice, held_out, load_bundle(part))
    _warn_of_int8_loss(card, listener)
    (part / "report.md").write_text(write_card(card), encoding="utf-8")
    publish(part, out_dir)


def _labelled(split: Split) -> LabelledFaces:
    """Return the held-out faces that have a mood."""
    truth = valence_labels(split.held_out.votes)
    has_mood = truth != NO_CLASS
    expressions = expression_labels(split.held_out.votes)
    return LabelledFaces(split.held_out.images[has_mood], truth[has_mood], expressions[has_mood])


def _calibrate(run: Finished, held_out: LabelledFaces) -> _Choice:
    images, truth = np.asarray(held_out.images), held_out.truth
    scaling = fit_scaling(_logits(run, images), truth, GROUP_INDICES)
    unlimited = Calibration(scaling.temperature, scaling.offsets, 0, 0.0)
    network = exported_network(run.network, run.recipe, unlimited)
    exported = replace(run, network=network)

    def answers(faces: UInt8Array) -> Float32Array:
        return class_probabilities(_logits(exported, faces), GROUP_INDICES, scaling.temperature)

    probabilities = answers(images)
    curve = risk_coverage(probabilities, truth)
    accuracy_by_px = {
        box_px: _accuracy(answers(shrunk(images, round(box_px * CROP_SCALE))), held_out)
        for box_px in SIZES_PX
    }
    calibration = replace(
        unlimited,
        min_face_px=choose_min_face_px(accuracy_by_px, _accuracy(probabilities, held_out)),
        min_certainty=choose_min_certainty(curve),
    )
    return _Choice(calibration, curve, accuracy_by_px)


def _logits(run: Finished, images: UInt8Array) -> Float32Array:
    return predict_logits(run.network, images, run.recipe.stages[-1].size_px)


def _accuracy(probabilities: Float32Array, faces: LabelledFaces) -> float:
    return float((probabilities.argmax(axis=1) == faces.truth).mean())


def _representative_crops(run: Finished) -> UInt8Array:
    """Return training faces as they are and augmented, (n, size, size, 1) uint8."""
    size_px = run.recipe.stages[-1].size_px
    rng = np.random.default_rng(run.recipe.seed)
    images = run.split.training.images
    chosen = images[rng.permutation(len(images))[:CALIBRATION_FACES]]
    plain = crop_whole_images(chosen, crop_spec(size_px)).images
    changed = [augment(face, size_px, run.recipe.augmentation, rng) for face in chosen]
    return np.concatenate([plain, np.stack(changed)[..., None]])


def _measured_card(
    run: Finished, choice: _Choice, held_out: LabelledFaces, bundle: Bundle
) -> CardContent:
    """Measure both engines on the held-out faces and, where there are some, on test faces."""
    figures = {"the held-out part of the training data": _measure(bundle, held_out)}
    if run.recipe.test:
        figures |= _test_figures(run, bundle)
    return CardContent(
        recipe=run.recipe,
        faces=len(run.split.training),
        held_out_faces=len(run.split.held_out),
        history=run.history,
        calibration=choice.calibration,
        curve=choice.curve,
        accuracy_by_px=choice.accuracy_by_px,
        figures=figures,
        agreement=_agreement(bundle, held_out),
    )


def _test_figures(run: Finished, bundle: Bundle) -> dict[str, list[dict[str, Any]]]:
    """Measure on the test faces, and on those of them that resemble none trained on."""
    test = Path(run.recipe.test)
    faces = load_labelled_faces(test, bundle.classes)
    figures = {f"{test.name}, which decided nothing": _measure(bundle, faces)}
    known = is_duplicate_of(faces.images, run.split.training.images)
    unknown = faces.select(~known)
    if known.any() and len(np.unique(unknown.truth)) == len(bundle.classes):
        title = f"{test.name} without {known.sum()} faces much like one trained on"
        figures[title] = _measure(bundle, unknown)
    return figures


def _measure(bundle: Bundle, faces: LabelledFaces) -> list[dict[str, Any]]:
    rows = []
    for engine in ENGINES:
        classifier = open_classifier(bundle, engine)
        rows.append(evaluate_faces(classifier, bundle, faces))
        classifier.close()
    return rows


def _agreement(bundle: Bundle, faces: LabelledFaces) -> float:
    crops = crop_whole_images(faces.images, bundle.crop)
    answers = []
    for engine in ENGINES:
        classifier = open_classifier(bundle, engine)
        answers.append(classifier.score(crops).probabilities)
        classifier.close()
    return same_answers(answers[0], answers[1])


def _warn_of_int8_loss(card: CardContent, listener: TrainingListener) -> None:
    rows = next(iter(card.figures.values()))
    accuracy = {row["engine"]: row["accuracy"] for row in rows}
    lost = accuracy["litert-float32"] - accuracy["litert-int8"]
    if lost > MAX_INT8_LOSS:
        listener.on_notice(f"int8 loses {lost:.3f} accuracy on held-out faces: prefer float32")
