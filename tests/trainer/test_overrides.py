"""Settings by name."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.overrides import apply_overrides, setting_names, settings_of
from classroom_monitor.trainer.recipe import Recipe, Stage
from classroom_monitor.trainer.recipes.cnn_eight import CNN_EIGHT
from classroom_monitor.trainer.recipes.mobilenet_valence import MOBILENET_VALENCE as RECIPE
from classroom_monitor.trainer.recipes.registry import all_recipes


def test_settings_of_the_recipe_and_its_parts_are_replaced() -> None:
    changed = apply_overrides(
        RECIPE,
        {
            "batch": "8",
            "alpha": "0.25",
            "rotation_deg": "5",
            "zoom": "0.9,1.1",
            "name": "mine",
            "loss": "categorical",
            "stages": "48x2,64x1",
            "seed": "7",
            "test": "faces.npz",
        },
    )
    assert (changed.learning.batch, changed.network.alpha) == (8, 0.25)
    assert (changed.augmentation.rotation_deg, changed.augmentation.zoom) == (5.0, (0.9, 1.1))
    assert (changed.about.name, changed.learning.loss) == ("mine", "categorical")
    assert changed.learning.stages == (Stage(48, 2), Stage(64, 1))
    assert (changed.input.size_px, changed.data.seed, changed.test) == (64, 7, "faces.npz")
    assert apply_overrides(RECIPE, {}) == RECIPE


def test_size_and_epochs_make_a_single_stage() -> None:
    last = RECIPE.learning.stages[-1]
    assert apply_overrides(RECIPE, {"epochs": "1"}).learning.stages == (Stage(last.size_px, 1),)
    changed = apply_overrides(RECIPE, {"size": "48", "epochs": "3"})
    assert (changed.learning.stages, changed.input.size_px) == ((Stage(48, 3),), 48)


def test_stages_are_written_in_one_way_at_a_time() -> None:
    with pytest.raises(DataProblem, match="leave size and epochs out"):
        apply_overrides(RECIPE, {"stages": "48x1", "epochs": "3"})


@dataclass(frozen=True, slots=True)
class Shape:
    """Network settings of every kind."""

    filters: tuple[int, ...] = (32, 16)
    activations: tuple[str, str] = ("relu", "relu")
    is_wide: bool = False


def test_networks_may_have_switches_and_lists() -> None:
    recipe = replace(CNN_EIGHT, network=Shape())
    changed = apply_overrides(
        recipe, {"filters": "8,8,4", "activations": "relu,tanh", "is_wide": "true"}
    )
    assert changed.network == Shape((8, 8, 4), ("relu", "tanh"), True)
    for name, value, complaint in [
        ("activations", "relu", "2 values"),
        ("filters", "8,many", "whole number"),
        ("is_wide", "perhaps", "choose one of true"),
    ]:
        with pytest.raises(DataProblem, match=complaint):
            apply_overrides(recipe, {name: value})


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("colour", "red", "Unknown setting 'colour'"),
        ("batch", "many", "whole number"),
        ("learning_rate", "fast", "number is needed"),
        ("learning_rate", "0", "above 0"),
        ("stages", "big", "size x epochs"),
        ("size", "8", "32 to 512"),
        ("epochs", "0", "at least one epoch"),
        ("held_out", "0.9", "below 0.5"),
        ("limit", "-1", "limit=-1"),
        ("balance", "evenly", "choose one of none, class_weight"),
        ("balance", "oversample", "needs per_class"),
        ("balance", "factor", "a factor above 1"),
        ("plateau", "3", "halves a constant rate"),
        ("optimizer", "adam", "needs optimizer=adamw"),
        ("loss", "categorical", "needs loss=votes"),
        ("targets", "soft", "loss=votes learns from votes in any case"),
        ("channels", "2", "1 .grey. or 3"),
        ("label_smoothing", "1", "below 1"),
        ("patience", "-1", "0 or more"),
        ("learning_rate", "nan", "number is needed"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: str, complaint: str) -> None:
    taught = apply_overrides(RECIPE, {"teacher": "models/older"})
    with pytest.raises(DataProblem, match=complaint):
        apply_overrides(taught, {name: value})


@pytest.mark.parametrize("recipe", all_recipes(), ids=lambda recipe: recipe.name)
def test_every_recipe_names_each_setting_once_and_has_a_small_mode(recipe: Recipe) -> None:
    names = setting_names(recipe)
    assert len(set(names)) == len(names)
    small = apply_overrides(recipe, recipe.small)
    assert small != recipe
    assert json.loads(json.dumps(settings_of(small)))["learning"]["batch"] == small.learning.batch
