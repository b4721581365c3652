"""The card's sections on what a network learned from, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from classroom_monitor.trainer.augment import UNCHANGED
from classroom_monitor.trainer.published import setting_texts
from classroom_monitor.trainer.recipe import Recipe

_LEARNING = (
    "optimizer",
    "learning_rate",
    "schedule",
    "batch",
    "loss",
    "weight_decay",
    "label_smoothing",
    "mixup",
    "patience",
    "plateau",
    "seed",
)


def data_section(recipe: Recipe, faces: Mapping[str, int], classes: Mapping[str, int]) -> str:
    """Return the data as Markdown: faces of each part, and training faces of each class."""
    about, plan = recipe.about, recipe.data
    test = f", {faces['test']:,} to test on" if faces["test"] else ""
    counts = ", ".join(f"{name} {count:,}" for name, count in classes.items())
    return f"""
## Data

- What: {about.data_name}
- Licence: {about.data_licence}
- {faces["training"]:,} faces to learn from, {faces["validation"]:,} held out of learning for early
  stopping, temperature and thresholds{test}. Duplicates and near duplicates stay on one side.
- Label scheme: {Path(plan.scheme).name}.
- Split: {plan.split}. To learn from: {counts}. Balance: {_balance(recipe)}.
- Left out: blank pictures, those that people call no face, and those without a class unless
  votes are learned from.
- Targets: {_targets(recipe)}{_taught(recipe)}.
"""


def recipe_section(recipe: Recipe) -> str:
    """Return the recipe's settings as Markdown."""
    plan = recipe.learning
    stages = ", then ".join(f"{s.epochs} epochs at {s.size_px} px" for s in plan.stages)
    texts = setting_texts(recipe)
    network = ", ".join(f"{name} {texts[name]}" for name in asdict(recipe.network))
    learning = ", ".join(f"{name} {texts[name]}" for name in _LEARNING)
    return f"""
## Recipe

- {recipe.name}: {recipe.summary}. From: {recipe.origin.source}. Cost: {recipe.origin.cost}.
- Network: {network}; started from {_start(recipe)}.
- Input: {_input(recipe)}.{_enlarged(recipe)}
- Schedule: {stages}, the best epoch by {plan.monitor} is kept; {learning}.
- Augmentation: {_augmentation(recipe)}.
- A class's score is the log of the summed exponentials of its outputs' logits; these are
  divided by the temperature and put through a softmax. Each face is scored as it is and mirrored,
  and the logits averaged.
"""


def _balance(recipe: Recipe) -> str:
    plan = recipe.data
    if plan.balance == "oversample":
        return f"{plan.per_class:,} a class, by augmented copies or by leaving some out"
    if plan.balance == "factor":
        return f"rarer classes repeated, {plan.factor:g} times at most"
    return "by class weights" if plan.balance == "class_weight" else "none"


def _targets(recipe: Recipe) -> str:
    if recipe.learning.loss == "votes":
        return "each face's votes for eight expressions, as shares"
    return (
        "each class's share of a face's votes"
        if recipe.data.targets == "soft"
        else "one class a face"
    )


def _taught(recipe: Recipe) -> str:
    if not recipe.start.teacher_dirs:
        return ""
    votes = recipe.start.teacher_votes
    names = ", ".join(folder.name for folder in recipe.start.teacher_dirs)
    return f", with the opinion of {names} as {votes:g} more votes"


def _start(recipe: Recipe) -> str:
    texts = setting_texts(recipe)
    start = " and ".join(f.name for f in recipe.start.start_dirs) or texts["pretrained"]
    if not start:
        return "random weights"
    kept = recipe.start.frozen_until
    return f"{start}; layers before {kept} stay as they are" if kept else start


def _input(recipe: Recipe) -> str:
    plan = recipe.input
    colours = "grey" if plan.channels == 1 else "RGB"
    fit = "resized" if plan.fit == "resize" else "cropped or padded with black"
    return f"{plan.size_px} px, {colours}, {fit}"


def _enlarged(recipe: Recipe) -> str:
    model = setting_texts(recipe)["super_resolution"]
    return f" Faces were enlarged by {model} before, in training and in all tests." if model else ""


def _augmentation(recipe: Recipe) -> str:
    """Return what is changed, of everything that could be."""
    still = asdict(UNCHANGED)
    changed = [
        f"{name} {value if not isinstance(value, tuple) else ' to '.join(map(str, value))}"
        for name, value in asdict(recipe.augmentation).items()
        if value != still[name]
    ]
    whom = "" if recipe.data.augment == "all" else ", of balancing's copies only"
    return (", ".join(changed) or "none") + whom
