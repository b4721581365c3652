"""Writes the model card that lies in a bundle as report.md."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_monitor.contracts import MOODS
from classroom_monitor.trainer.calibrate import MAX_ACCURACY_LOSS, MAX_ADDED_BIAS
from classroom_monitor.trainer.card_figures import figures_section, worth_section
from classroom_monitor.trainer.card_recipe import data_section, recipe_section
from classroom_monitor.trainer.card_texts import GENERAL_LIMITS, MOOD_LIMITS, MOOD_USE, OTHER_USE
from classroom_monitor.trainer.choice import Choice
from classroom_monitor.trainer.measure import Measured
from classroom_monitor.trainer.published import Reached, published_section
from classroom_monitor.trainer.recipe import Recipe


@dataclass(frozen=True, slots=True)
class CardContent:
    """All that a card tells.

    faces counts the parts training, validation and test. prevalence counts the training faces of
    each class. tests holds the figures on the test part and on the user's own test faces,
    copied_test those on a test part with augmented copies.
    """

    recipe: Recipe
    classes: tuple[str, ...]
    faces: dict[str, int]
    history: list[dict[str, float]]
    choice: Choice
    validation: Measured
    training_accuracy: float
    prevalence: tuple[int, ...]
    tests: list[Measured]
    copied_test: Measured | None


def write_card(content: CardContent) -> str:
    """Return the card as Markdown."""
    about = content.recipe.about
    counts = zip(content.classes, content.prevalence, strict=True)
    copied = [content.copied_test] if content.copied_test else []
    sections = [
        f"# {about.name or content.recipe.name}, version {about.version}",
        _use_section(content),
        data_section(content.recipe, content.faces, dict(counts)),
        recipe_section(content.recipe),
        published_section(content.recipe, _reached(content)),
        *(figures_section(measured) for measured in [*content.tests, *copied]),
        figures_section(content.validation),
        worth_section([*content.tests[:1], *copied], content.prevalence),
        _calibration_section(content),
        _history_section(content),
        GENERAL_LIMITS + (MOOD_LIMITS if content.classes == MOODS else ""),
    ]
    return "\n\n".join(section.strip() for section in sections if section) + "\n"


def _use_section(content: CardContent) -> str:
    classes = ", ".join(content.classes)
    use = MOOD_USE if content.classes == MOODS else OTHER_USE
    return f"A network that scores a face picture as one of: {classes}.\n{use}"


def _reached(content: CardContent) -> Reached:
    counts = content.prevalence
    return Reached(
        test=content.tests[0] if content.tests else None,
        validation=content.validation,
        copied_test=content.copied_test,
        training_accuracy=content.training_accuracy,
        training_majority=max(counts) / max(sum(counts), 1),
    )


def _calibration_section(content: CardContent) -> str:
    choice = content.choice
    calibration = choice.calibration
    sizes = ", ".join(f"{px} px {a:.3f}" for px, a in choice.accuracy_by_px.items())
    return "\n".join(
        [
            "## Calibration and thresholds, from the held-out faces",
            "",
            f"Temperature {calibration.temperature:g}{_offsets(content)}, by least NLL.",
            "",
            f"Smallest face: {calibration.min_face_px} px wide as the face finder boxes it. "
            f"Accuracy of shrunk faces by that width: {sizes}; the smallest within "
            f"{MAX_ACCURACY_LOSS:g} of full size was taken.",
            "",
            f"Least certainty: {calibration.min_certainty:g}. The lowest one whose shares are "
            f"within {MAX_ADDED_BIAS:g} of the truest: unsure faces are not spread evenly over the "
            "classes, so leaving them out makes accuracy look better and the shares wrong.",
            "",
            "| least certainty | coverage | accuracy | share error |",
            "|---|---|---|---|",
            *(
                f"| {s.min_certainty:.2f} | {s.coverage:.3f} | {s.accuracy:.3f} | {s.bias:.3f} |"
                for s in choice.curve
            ),
        ]
    )


def _offsets(content: CardContent) -> str:
    """Tell the offsets, or why there are none."""
    if content.recipe.data.balance != "none":
        return (
            " and no offsets, which would undo the balancing: the answers are meant for classes "
            "that are equally common"
        )
    offsets = ", ".join(
        f"{name} {offset:+.3f}"
        for name, offset in zip(content.classes, content.choice.calibration.offsets, strict=True)
    )
    return (
        f" and an offset for each class ({offsets}, part of the weights; without them the shares "
        "of many faces would lean towards the classes that the network says too often)"
    )


def _history_section(content: CardContent) -> str:
    rows = [
        f"| {r['epoch']:.0f} | {r['size_px']:.0f} | {r['loss']:.4f} | {r['held_out_loss']:.4f} "
        f"| {r['held_out_accuracy']:.4f} |"
        for r in content.history
    ]
    return "\n".join(
        [
            "## Training history",
            "",
            "The loss is on augmented faces, the held-out figures on faces as they are.",
            "",
            "| epoch | size px | loss | held-out loss | held-out accuracy |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )
