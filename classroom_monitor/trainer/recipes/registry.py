"""All recipes, found by their names."""

from __future__ import annotations

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.baseline_cnn import BASELINE_CNN
from classroom_monitor.trainer.recipes.best import BEST
from classroom_monitor.trainer.recipes.cnn_eight import CNN_EIGHT
from classroom_monitor.trainer.recipes.deepcnn_three import DEEPCNN_THREE
from classroom_monitor.trainer.recipes.mobilenet_interest import MOBILENET_INTEREST
from classroom_monitor.trainer.recipes.mobilenet_valence import MOBILENET_VALENCE
from classroom_monitor.trainer.recipes.vgg19_three import VGG19_THREE


def all_recipes() -> tuple[Recipe, ...]:
    """Return every recipe, the program's own ones first."""
    return (
        MOBILENET_VALENCE,
        BEST,
        BASELINE_CNN,
        CNN_EIGHT,
        DEEPCNN_THREE,
        MOBILENET_INTEREST,
        VGG19_THREE,
    )


def find_recipe(name: str) -> Recipe:
    """Return the recipe of a name. Raises DataProblem, which names those there are."""
    for recipe in all_recipes():
        if recipe.name == name:
            return recipe
    known = ", ".join(recipe.name for recipe in all_recipes())
    raise DataProblem(f"There is no recipe {name!r}: choose {known}")
