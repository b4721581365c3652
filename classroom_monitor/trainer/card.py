"""Writes the model card that lies in a bundle as report.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from classroom_monitor.contracts import MOODS
from classroom_monitor.trainer.calibrate import (
    MAX_ACCURACY_LOSS,
    MAX_ADDED_BIAS,
    CertaintyStep,
)
from classroom_monitor.trainer.export import Calibration
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence


@dataclass(frozen=True, slots=True)
class CardContent:
    """All that a card tells.

    figures holds evaluate's answer per data set and engine, by a title such as "test data".
    agreement is how often both engines name the same mood on held-out faces.
    """

    recipe: MobilenetValence
    faces: int
    held_out_faces: int
    history: list[dict[str, float]]
    calibration: Calibration
    curve: list[CertaintyStep]
    accuracy_by_px: dict[int, float]
    figures: dict[str, list[dict[str, Any]]]
    agreement: float


def write_card(content: CardContent) -> str:
    """Return the card as Markdown."""
    about = content.recipe.about
    sections = [
        f"# {about.name}, version {about.version}",
        _USE,
        _data_section(content),
        _recipe_section(content),
        *(_figures_section(title, rows) for title, rows in content.figures.items()),
        _calibration_section(content),
        _history_section(content),
        _LIMITS,
    ]
    return "\n\n".join(section.strip() for section in sections) + "\n"


_USE = """
A small network that scores a face picture as negative, neutral or positive. It is made for one
use: to estimate how a room as a whole looks, from the mean over many faces.

## Intended use

- Shares of a room, second by second, with the group minimum that the program enforces.
- An expression is not an emotion: what a face shows is not what a person feels, thinks or has
  understood. The scores say how people who look at such a picture would describe it.
- Groups, not people: it is not made to judge, compare, grade or follow individuals, and its
  answer for a single face is often wrong.
- No medical, legal, hiring or grading decision may rest on it.
"""

_LIMITS = """
## Limits

- It learned from pictures collected on the web: stills, many of them posed, acted or chosen for
  their expression. Faces in a lecture are calmer, seen from the side and from above, smaller and
  darker. On data unlike its training data expect clearly lower figures; negative faces are the
  ones that are missed most: half of them may be.
- The labels are votes of about ten people per picture, who often disagree; a part of the errors
  below is disagreement among people.
- "Negative" joins sadness, anger, disgust, fear and contempt; a frown of concentration
  looks negative and may be counted so. Surprise belongs to no mood.
- Age, gender and skin colour are neither labelled nor balanced in the data: accuracy was
  not measured per group and must be expected to differ.
- Glasses, beards, masks, hands before the face and strong light from the side lower accuracy.
"""


def _data_section(content: CardContent) -> str:
    about = content.recipe.about
    return f"""
## Data

- What: {about.data_name}
- Licence: {about.data_licence}
- {content.faces:,} faces to learn from and {content.held_out_faces:,} held out of learning, for
  early stopping, temperature and thresholds. Duplicates and near duplicates stay on one side.
- Left out: faces that at least half of the votes call unknown or not a face, and blank pictures.
- Targets: each face's votes for eight expressions, as shares.
"""


def _recipe_section(content: CardContent) -> str:
    recipe = content.recipe
    stages = ", then ".join(f"{s.epochs} epochs at {s.size_px} px" for s in recipe.stages)
    start = "ImageNet weights" if recipe.pretrained else "random weights"
    low_px, high_px = recipe.augmentation.shrink_px
    return f"""
## Recipe

- Network: MobileNet v1 (width {recipe.network.alpha:g}) cut at conv_pw_11_relu, grey input, global
  average pooling, dropout {recipe.network.dropout:g}, eight logits; started from {start}.
- Schedule: {stages}; AdamW, rate {recipe.learning_rate:g} with warm-up and cosine, weight decay
  {recipe.weight_decay:g}, batch {recipe.batch}.
- Loss: cross-entropy with the votes over eight expressions, plus {recipe.valence_weight:g} times
  that over the three moods.
- Augmentation: box shift, rotation, zoom, shear, mirror, light, contrast, gamma, dimming, blur,
  noise, hidden parts, other backgrounds, and shrinking to {low_px} to {high_px} px and back.
- A mood's score is the log of the summed exponentials of its expressions' logits; the three are
  divided by the temperature and put through a softmax. Each face is scored as it is and mirrored,
  and the logits averaged.
"""


def _figures_section(title: str, rows: list[dict[str, Any]]) -> str:
    return "\n\n".join([f"## Figures on {title}", *(_figures(row) for row in rows)])


def _figures(row: dict[str, Any]) -> str:
    confusion = [
        f"| {mood} | " + " | ".join(str(n) for n in counts) + f" | {row['recall'][mood]:.3f} |"
        for mood, counts in zip(MOODS, row["confusion"], strict=True)
    ]
    sizes = ", ".join(f"{px} px {a:.3f}" for px, a in row["accuracy_by_side_px"].items())
    lines = [
        f"Engine {row['engine']}, {row['n']:,} faces: accuracy **{row['accuracy']:.4f}** "
        f"(always the commonest mood: {row['baseline_accuracy']:.3f}), macro F1 "
        f"{row['macro_f1']:.4f}, AUC {row['auc']:.4f}, ECE {row['ece']:.4f}, NLL {row['nll']:.4f}, "
        f"Brier {row['brier']:.4f}.{_expression_text(row)}",
        "",
        "| truth | " + " | ".join(f"called {mood}" for mood in MOODS) + " | recall |",
        "|---|---|---|---|---|",
        *confusion,
        "",
        f"Shrunk to a picture side of: {sizes}. At the default thresholds "
        f"{row['coverage']:.3f} of the faces count, with accuracy {row['accuracy_used'] or 0:.4f}.",
    ]
    return "\n".join(lines)


def _expression_text(row: dict[str, Any]) -> str:
    accuracy = row.get("expression_accuracy")
    return "" if accuracy is None else f" Eight expressions: {accuracy:.4f}."


def _calibration_section(content: CardContent) -> str:
    calibration = content.calibration
    curve = [
        f"| {s.min_certainty:.2f} | {s.coverage:.3f} | {s.accuracy:.3f} | {s.bias:.3f} |"
        for s in content.curve
    ]
    sizes = ", ".join(f"{px} px {a:.3f}" for px, a in content.accuracy_by_px.items())
    offsets = ", ".join(
        f"{mood} {offset:+.3f}" for mood, offset in zip(MOODS, calibration.offsets, strict=True)
    )
    return "\n".join(
        [
            "## Calibration and thresholds, from the held-out faces",
            "",
            f"Temperature {calibration.temperature:g} and an offset for each mood ({offsets}, part "
            "of the weights), by least NLL: a network that learns from votes calls negative "
            "faces neutral too often. int8 and float32 name the same mood for "
            f"{content.agreement:.4f} of the faces. The rest of this section is measured before "
            "conversion, each face scored once.",
            "",
            f"Smallest face: {calibration.min_face_px} px wide as the face finder boxes it. "
            f"Accuracy of shrunk faces by that width: {sizes}; the smallest within "
            f"{MAX_ACCURACY_LOSS:g} of full size was taken.",
            "",
            f"Least certainty: {calibration.min_certainty:g}. The lowest one whose shares are "
            f"within {MAX_ADDED_BIAS:g} of the truest: unsure faces are not spread evenly over the "
            "moods, so leaving them out makes accuracy look better and the shares wrong.",
            "",
            "| least certainty | coverage | accuracy | share error |",
            "|---|---|---|---|",
            *curve,
        ]
    )


def _history_section(content: CardContent) -> str:
    rows = [
        f"| {r['epoch']} | {r['size_px']} | {r['loss']:.4f} | {r['held_out_loss']:.4f} "
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
