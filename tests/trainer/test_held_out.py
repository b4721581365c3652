"""The faces that a bundle's training held out, found again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.errors import BundleProblem, DataProblem
from classroom_monitor.trainer.dataset.records import Split
from classroom_monitor.trainer.dataset.schemes import get_scheme
from classroom_monitor.trainer.evaluation.figures import study_figures
from classroom_monitor.trainer.evaluation.held_out import HELD_OUT, held_out_faces
from classroom_monitor.trainer.evaluation.report import summary_blocks
from classroom_monitor.trainer.evaluation.study import study
from classroom_monitor.trainer.evaluation.subject import Request
from classroom_monitor.trainer.export import settings_for_bundle
from classroom_monitor.trainer.preparation import prepare, read_data
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.vision.bundle import load_bundle
from tests.trainer.faces import drawn_faces, save_faces
from tests.trainer.runs import Recorder, tiny_recipe
from tests.vision.bundles import make_tiny_bundle

SCHEME = get_scheme("valence3")
RECIPE = tiny_recipe(held_out="0.2", seed="3", limit="80")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return save_faces(tmp_path / "faces.npz", drawn_faces(100))


@pytest.fixture
def split(data: Path, tmp_path: Path) -> Split:
    """The parts that a training run would make."""
    return prepare(read_data(RECIPE, [data]), RECIPE, tmp_path / "report", Recorder())


def bundle_of(recipe: Recipe, faces: int, folder: Path, **changes: Any) -> Path:
    """Return a bundle that says it learned by a recipe from so many faces."""
    settings = json.loads(json.dumps(settings_for_bundle(recipe)))
    return make_tiny_bundle(folder, recipe=settings | changes, data={"n": faces})


def test_they_are_those_that_training_held_out(data: Path, split: Split, tmp_path: Path) -> None:
    folder = bundle_of(RECIPE, len(split.training), tmp_path / "tiny")
    faces = held_out_faces(load_bundle(folder), data, SCHEME)
    assert len(split.validation) > 9
    np.testing.assert_array_equal(np.stack(list(faces.images)), split.validation.images)
    measured = study(Request(folder, data, part=HELD_OUT), lambda *_step: None)
    figures = study_figures(measured)
    assert (figures["n"], figures["part"]) == (len(split.validation), HELD_OUT)
    assert "faces.npz, part held-out" in str(summary_blocks(measured)[0])


def test_other_data_than_it_was_trained_on_is_refused(
    data: Path, split: Split, tmp_path: Path
) -> None:
    bundle = load_bundle(bundle_of(RECIPE, len(split.training) + 1, tmp_path / "tiny"))
    with pytest.raises(DataProblem, match=r"isn't what .*tiny was trained on"):
        held_out_faces(bundle, data, SCHEME)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": "unheard of"}, "no recipe"),
        ({"data": None}, "no JSON object"),
        ({"data": {"scheme": "mine.json"}}, "no label scheme"),
        ({"data": {"scheme": "valence3", "seed": "one"}}, "seed, which doesn't fit"),
        ({"learning": {}}, "no JSON object"),
    ],
)
def test_a_bundle_that_does_not_tell_is_refused(
    changes: dict[str, Any], complaint: str, data: Path, tmp_path: Path
) -> None:
    bundle = load_bundle(bundle_of(RECIPE, 1, tmp_path / "tiny", **changes))
    with pytest.raises(BundleProblem, match=f"held out .*{complaint}"):
        held_out_faces(bundle, data, SCHEME)
