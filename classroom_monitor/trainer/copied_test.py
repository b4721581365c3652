"""Tests as those write-ups did that balanced a set with augmented copies before they split it.

Their test sets hold copies of pictures that were trained on, which flatters every figure. The
honest test stands beside it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classroom_monitor.trainer.augment import Augmentation
from classroom_monitor.trainer.balance import augmented_copy, balanced
from classroom_monitor.trainer.dataset.records import Dataset, LabelScheme, Split
from classroom_monitor.trainer.dataset.schemes import class_labels
from classroom_monitor.trainer.recipe import DataPlan


def copied_test(
    split: Split, scheme: LabelScheme, plan: DataPlan, augmentation: Augmentation
) -> Dataset:
    """Return the test part of a set that was balanced first and split afterwards.

    The whole set is balanced as the plan says. Of its originals those of the test part are
    tested on, and of the copies, whose originals may stand in any part, the test part's share.
    """
    whole = _joined(split)
    choice = balanced(class_labels(whole, scheme), plan)
    is_tested = np.arange(len(whole)) >= len(whole) - len(split.test)
    drawn = np.random.default_rng((plan.seed, len(whole))).random(len(choice))
    share = len(split.test) / len(whole)
    places = np.flatnonzero(np.where(choice.is_copy, drawn < share, is_tested[choice.rows]))
    chosen = whole.select(choice.rows[places])
    images = chosen.images.copy()
    for row, place in enumerate(places):
        if choice.is_copy[place]:
            images[row] = augmented_copy(images[row], int(place), augmentation, plan.seed)
    return replace(chosen, images=images)


def _joined(split: Split) -> Dataset:
    parts = (split.training, split.validation, split.test)
    return replace(
        split.training,
        images=np.concatenate([part.images for part in parts]),
        votes=np.concatenate([part.votes for part in parts]),
        origins=tuple(origin for part in parts for origin in part.origins),
        parts=np.concatenate([part.parts for part in parts]),
    )
