"""Settings by name."""

from __future__ import annotations

import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence, Stage

RECIPE = MobilenetValence()


def test_settings_of_the_recipe_and_its_parts_are_replaced() -> None:
    changed = apply_overrides(
        RECIPE,
        {"batch": "8", "alpha": "0.25", "rotation_deg": "5", "name": "mine", "stages": "48x2,64x1"},
    )
    assert (changed.batch, changed.network.alpha) == (8, 0.25)
    assert (changed.augmentation.rotation_deg, changed.about.name) == (5.0, "mine")
    assert changed.stages == (Stage(48, 2), Stage(64, 1))
    assert apply_overrides(RECIPE, {}) == RECIPE


def test_size_and_epochs_make_a_single_stage() -> None:
    last = RECIPE.stages[-1]
    assert apply_overrides(RECIPE, {"epochs": "1"}).stages == (Stage(last.size_px, 1),)
    assert apply_overrides(RECIPE, {"size": "48", "epochs": "3"}).stages == (Stage(48, 3),)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("colour", "red", "Unknown setting 'colour'"),
        ("batch", "many", "whole number"),
        ("learning_rate", "fast", "number is needed"),
        ("stages", "big", "size x epochs"),
        ("size", "8", "32 to 512"),
        ("epochs", "0", "at least one epoch"),
        ("held_out", "0.9", "below 0.5"),
        ("limit", "-1", "limit 0 or more"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: str, complaint: str) -> None:
    with pytest.raises(DataProblem, match=complaint):
        apply_overrides(RECIPE, {name: value})
