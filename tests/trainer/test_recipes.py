"""Every recipe says what its write-up says, and can be found, made small and described."""

from __future__ import annotations

import subprocess
import sys

import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.augment import UNCHANGED
from classroom_monitor.trainer.dataset.schemes import get_scheme
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.published import setting_texts
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.registry import all_recipes, find_recipe

RECIPES = pytest.mark.parametrize("recipe", all_recipes(), ids=lambda recipe: recipe.name)

AS_PUBLISHED = {
    "baseline_cnn": {
        "scheme": "positive_negative",
        "annotation": "fer2013",
        "split": "4:1",
        "limit": "1600",
        "filters": "64",
        "optimizer": "adam",
        "loss": "binary",
        "stages": "48x10",
    },
    "vgg19_three": {
        "scheme": "joy_anger_sadness",
        "balance": "oversample",
        "per_class": "4000",
        "held_out": "0.2",
        "channels": "3",
        "dense": "128",
        "optimizer": "adam",
        "learning_rate": "1e-05",
        "frozen_until": "block5_conv1",
        "monitor": "loss",
        "stages": "224x75",
    },
    "deepcnn_three": {
        "scheme": "happiness_sadness_neutral",
        "channels": "1",
        "stages": "48x10",
    },
    "mobilenet_interest": {
        "scheme": "interest3",
        "split": "75/15/15",
        "pooling": "max",
        "optimizer": "adam",
        "learning_rate": "0.01",
        "batch": "32",
        "patience": "15",
        "plateau": "5",
        "monitor": "accuracy",
        "stages": "128x25",
    },
    "cnn_eight": {
        "scheme": "fer+8",
        "split": "80/20",
        "size_px": "50",
        "channels": "1",
        "fit": "pad",
        "filters1": "32",
        "kernel1": "5",
        "filters2": "16",
        "kernel2": "3",
        "dense1": "128",
        "dense2": "32",
    },
    "mobilenet_valence": {
        "scheme": "valence3",
        "loss": "votes",
        "stages": "64x9,96x7",
        "learning_rate": "0.0008",
        "warmup_steps": "500",
        "weight_decay": "0.0005",
        "last_layer": "conv_pw_11_relu",
    },
    "best": {"stages": "64x12,80x10", "frozen_until": "", "patience": "18"},
}


def test_there_are_the_seven_recipes_each_under_its_name() -> None:
    assert {recipe.name for recipe in all_recipes()} == set(AS_PUBLISHED)
    assert len(all_recipes()) == len(AS_PUBLISHED)


@pytest.mark.parametrize("name", AS_PUBLISHED)
def test_settings_are_those_of_the_write_up(name: str) -> None:
    texts = setting_texts(find_recipe(name))
    assert {key: texts[key] for key in AS_PUBLISHED[name]} == AS_PUBLISHED[name]


def test_an_unknown_name_tells_the_known_ones() -> None:
    with pytest.raises(DataProblem, match="'resnet': choose mobilenet_valence, best, baseline_cnn"):
        find_recipe("resnet")


@RECIPES
def test_a_recipe_can_be_run_as_it_is_and_made_small(recipe: Recipe) -> None:
    assert apply_overrides(recipe, {}) == recipe
    small = apply_overrides(recipe, recipe.small)
    assert small.data.limit > 0
    assert recipe.data.limit == 0 or small.data.limit < recipe.data.limit
    epochs = sum(stage.epochs for stage in small.learning.stages)
    assert epochs < sum(stage.epochs for stage in recipe.learning.stages)


@RECIPES
def test_a_recipe_names_its_source_cost_and_figures(recipe: Recipe) -> None:
    assert get_scheme(recipe.data.scheme, recipe.data.annotation).classes
    assert recipe.summary
    assert recipe.origin.source
    assert recipe.origin.cost
    texts = setting_texts(recipe)
    for published in recipe.origin.published:
        assert 0 < published.value < 1
        assert set(published.when) <= set(texts)
    assert bool(recipe.origin.published) == bool(recipe.origin.differences)


@RECIPES
def test_what_is_balanced_with_copies_has_changes_to_make_them_by(recipe: Recipe) -> None:
    if recipe.data.balance == "oversample":
        assert recipe.augmentation != UNCHANGED


def test_listing_recipes_imports_no_keras() -> None:
    code = (
        "import sys; from classroom_monitor.trainer.recipes.registry import all_recipes; "
        "all_recipes(); sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
