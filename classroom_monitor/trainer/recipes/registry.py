"""All recipes, found by their names."""

from __future__ import annotations

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.best import BEST
from classroom_monitor.trainer.recipes.cnn_eight import CNN_EIGHT
from classroom_monitor.trainer.recipes.deepcnn_three import DEEPCNN_THREE
from classroom_monitor.trainer.recipes.mobilenet_valence import MOBILENET_VALENCE


def all_recipes() -> tuple[Recipe, ...]:
    """Return every recipe, the program's own ones first."""
    return (MOBILENET_VALENCE, BEST, CNN_EIGHT, DEEPCNN_THREE)


def find_recipe(name: str) -> Recipe:
    """Return the recipe of a name. Raises DataProblem, which names those there are."""
    for recipe in all_recipes():
        if recipe.name == name:
            return recipe
    known = ", ".join(recipe.name for recipe in all_recipes())
    raise DataProblem(f"There is no recipe {name!r}: choose {known}")
