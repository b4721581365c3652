"""What a card says of a run: figures beside the published ones, differences, what is rare."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.trainer.calibrate import CertaintyStep
from classroom_monitor.trainer.card import CardContent, write_card
from classroom_monitor.trainer.card_figures import worth_section
from classroom_monitor.trainer.choice import Choice
from classroom_monitor.trainer.export import Calibration
from classroom_monitor.trainer.measure import Measured
from classroom_monitor.trainer.metrics import classification_figures
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.published import Reached, differences, published_section
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.registry import all_recipes, find_recipe


def recipe_with(name: str, **settings: str) -> Recipe:
    return apply_overrides(find_recipe(name), settings)


def measured(confusion: list[list[int]], classes: tuple[str, ...], title: str) -> Measured:
    """Return figures of answers that give this confusion matrix, each 0.9 sure."""
    pytest.importorskip("sklearn", reason="needs the train extra")
    counts = np.array(confusion)
    truth, said = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    probabilities = np.full((len(truth), len(classes)), 0.1 / (len(classes) - 1), np.float32)
    probabilities[np.arange(len(truth)), said] = 0.9
    figures: dict[str, Any] = classification_figures(probabilities, truth, classes)
    extras = {"accuracy_by_side_px": {"16": 0.5}, "coverage": 0.75, "accuracy_used": 0.8}
    rows = [
        {**figures, **extras, "engine": "litert-int8"},
        {**figures, "engine": "litert-float32"},
    ]
    return Measured(title, rows, agreement=1.0)


def content(recipe: Recipe, classes: tuple[str, ...], **changes: Any) -> CardContent:
    confusion = (np.eye(len(classes), dtype=int) * 8 + 2).tolist()
    calibration = Calibration(1.5, (0.25,) * (len(classes) - 1) + (0.0,), 20, 0.4)
    given = CardContent(
        recipe=recipe,
        classes=classes,
        faces={"training": 1234, "validation": 100, "test": 56},
        history=[
            {
                "epoch": 1,
                "size_px": 48,
                "loss": 1.25,
                "held_out_loss": 1.5,
                "held_out_accuracy": 0.5,
            }
        ],
        choice=Choice(calibration, [CertaintyStep(0.0, 1.0, 0.7, 0.01)], {12: 0.5, 24: 0.7}),
        validation=measured(confusion, classes, "the held-out faces"),
        training_accuracy=0.876,
        prevalence=(10,) * len(classes),
        tests=[measured(confusion, classes, "the test part")],
        copied_test=None,
    )
    return replace(given, **changes)


@pytest.mark.parametrize("recipe", all_recipes(), ids=lambda recipe: recipe.name)
def test_every_recipe_has_a_card_with_all_its_parts(recipe: Recipe) -> None:
    classes = ("negative", "positive") if recipe.name == "baseline_cnn" else MOODS
    card = write_card(content(recipe, classes))
    offset = "positive +0.000" if recipe.data.balance == "none" else "no offsets"
    for part in (
        f"# {recipe.name}, version 1",
        "not an emotion",
        "1,234 faces to learn from, 100 held out",
        f"Label scheme: {recipe.data.scheme}.",
        recipe.origin.source,
        recipe.origin.cost,
        "litert-int8",
        "litert-float32",
        "Temperature 1.5",
        offset,
        "| 0.00 | 1.000 | 0.700 | 0.010 |",
        "| 1 | 48 | 1.2500 | 1.5000 | 0.5000 |",
        "## Limits",
    ):
        assert part in card
    assert ("## Published and measured" in card) == bool(recipe.origin.published)
    assert ("a session needs" in card) == (classes != MOODS)
    assert "{" not in card


def test_the_card_says_what_faces_were_learned_as() -> None:
    recipe = recipe_with("cnn_eight")
    assert "- Targets: one class a face." in write_card(content(recipe, MOODS))
    soft = apply_overrides(recipe, {"targets": "soft"})
    assert "- Targets: each class's share of a face's votes." in write_card(content(soft, MOODS))


def test_two_classes_have_the_four_standard_rates() -> None:
    tests = [measured([[30, 10], [5, 55]], ("negative", "positive"), "the test part")]
    card = write_card(content(recipe_with("baseline_cnn"), ("negative", "positive"), tests=tests))
    assert "TPR 0.917, FNR 0.083, TNR 0.750, FPR 0.250" in card


def reached(**changes: Any) -> Reached:
    test = measured([[30, 10], [20, 40]], ("negative", "positive"), "the test part")
    given = Reached(
        test=test,
        validation=test,
        copied_test=None,
        training_accuracy=0.9,
        training_majority=0.6,
    )
    return replace(given, **changes)


def rows_of(recipe: Recipe, figures: Reached) -> list[list[str]]:
    lines = published_section(recipe, figures).splitlines()
    table = [line for line in lines if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_published_figures_stand_beside_those_measured_here() -> None:
    accuracy, auc = rows_of(recipe_with("baseline_cnn"), reached())
    on = "the test part, 100 faces, litert-int8"
    assert accuracy == ["accuracy on 1,600 pictures", "0.55", "0.700", "0.600", on]
    assert auc[:2] == ["AUC on 1,600 pictures", "0.57"]
    assert auc[3:] == ["0.500", on]


@pytest.mark.parametrize(
    ("settings", "figures"),
    [({"limit": "0"}, reached), ({}, lambda: reached(test=None))],
    ids=["other settings", "no test faces"],
)
def test_what_was_not_run_is_left_empty(settings: dict[str, str], figures: Any) -> None:
    for row in rows_of(recipe_with("baseline_cnn", **settings), figures()):
        assert row[2:] == ["", "", ""]


def test_training_and_validation_figures_are_not_those_of_the_test() -> None:
    training, validation, test = rows_of(recipe_with("vgg19_three"), reached(test=None))
    assert training[2:] == ["0.900", "0.600", "training faces as they are"]
    assert validation[2] == "0.700"
    assert test[2] == ""


def test_both_ways_of_testing_have_a_row() -> None:
    recipe = recipe_with("cnn_eight", balance="oversample", per_class="500")
    flattered = measured([[40, 0], [10, 50]], ("negative", "positive"), "with copies")
    skewed, honest, copied = rows_of(recipe, reached(copied_test=flattered))
    assert skewed[2] == ""
    assert (honest[2], copied[2]) == ("0.700", "0.900")
    assert copied[4].startswith("with copies")


def test_every_difference_is_named() -> None:
    recipe = recipe_with(
        "mobilenet_interest", size="64", epochs="2", super_resolution="/tmp/FSRCNN_x4.pb"
    )
    named = differences(recipe)
    assert set(recipe.origin.differences) < set(named)
    for difference in (
        "this run: stages=64x2 instead of 128x25",
        "this run: size_px=64 instead of 128",
        "this run: super_resolution=FSRCNN_x4.pb instead of none",
        "this run: no pretrained weights were to be had, all started at random",
    ):
        assert difference in named
    assert "this run: learning_rate" not in " ".join(named)


def test_settings_that_a_figure_was_published_for_are_no_difference() -> None:
    assert differences(recipe_with("cnn_eight")) == list(
        recipe_with("cnn_eight").origin.differences
    )


def test_what_a_rare_answer_is_worth_is_told_by_bayes_formula() -> None:
    """Of 10,000 faces 500 are b: 450 of them are called b, and 1,900 of the others."""
    test = measured([[80, 20], [10, 90]], ("a", "b"), "the test part")
    section = worth_section([test], (95, 5))
    assert f"| b | 0.0500 | {450 / (450 + 1900):.3f} |" in section
    assert f"| a | 0.9500 | {7600 / (7600 + 50):.3f} |" in section


def test_a_class_that_is_never_said_is_worth_nothing() -> None:
    test = measured([[80, 0], [10, 0]], ("a", "b"), "the test part")
    assert "| b | 0.0500 | never said |" in worth_section([test], (95, 5))


def test_common_classes_need_no_such_table() -> None:
    test = measured([[80, 20], [10, 90]], ("a", "b"), "the test part")
    assert worth_section([test], (60, 40)) == ""
    assert worth_section([], (95, 5)) == ""
