"""A bundle's description holds all that its use needs, and a bundle appears whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import BundleProblem, DataProblem
from classroom_monitor.trainer.export import (
    ROLES,
    Calibration,
    Description,
    fresh_part_folder,
    publish,
    require_free,
    settings_for_bundle,
    write_description,
)
from classroom_monitor.trainer.networks.rebuild import at_one_size, recipe_of
from classroom_monitor.trainer.outputs import Outputs, outputs_of
from classroom_monitor.trainer.overrides import apply_overrides
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.registry import all_recipes, find_recipe
from classroom_monitor.vision.bundle import load_bundle
from tests.trainer.faces import drawn_faces

RECIPES = pytest.mark.parametrize("recipe", all_recipes(), ids=lambda recipe: recipe.name)


def described(folder: Path, recipe: Recipe, outputs: Outputs) -> Path:
    """Write weights that are none, and the bundle.json for them."""
    folder.mkdir()
    for name in ROLES:
        (folder / name).write_bytes(name.encode())
    calibration = Calibration(1.25, (0.0,) * len(outputs.classes), 18, 0.45)
    write_description(folder, Description(recipe, outputs, calibration, faces=77))
    return folder


@RECIPES
def test_a_description_is_read_back_as_it_was_meant(recipe: Recipe, tmp_path: Path) -> None:
    outputs = outputs_of(recipe, drawn_faces(3))
    bundle = load_bundle(described(tmp_path / "new", recipe, outputs))
    assert (bundle.name, bundle.classes, bundle.outputs) == (
        recipe.name,
        outputs.classes,
        outputs.names,
    )
    assert bundle.groups == outputs.groups
    assert (bundle.crop.size_px, bundle.crop.channels, bundle.crop.fit) == (
        recipe.input.size_px,
        recipe.input.channels,
        recipe.input.fit,
    )
    assert (bundle.temperature, bundle.thresholds.min_face_px) == (1.25, 18)
    assert bundle.thresholds.min_certainty == 0.45
    assert bundle.data["n"] == 77
    if bundle.classes != MOODS:
        with pytest.raises(BundleProblem, match="'evaluate' and 'classify' only"):
            bundle.require_moods()


@RECIPES
def test_the_recipe_of_a_bundle_builds_the_same_network(recipe: Recipe, tmp_path: Path) -> None:
    outputs = outputs_of(recipe, drawn_faces(3))
    found = recipe_of(load_bundle(described(tmp_path / "new", recipe, outputs)))
    assert found.name == recipe.name
    assert found.network == recipe.network
    assert found.learning.stages == at_one_size(recipe).learning.stages


def test_settings_of_the_network_are_kept_in_the_bundle(tmp_path: Path) -> None:
    changes = {"filters1": "12", "activation": "elu", "dropout": "0.5", "name": "mine"}
    recipe = apply_overrides(find_recipe("cnn_eight"), changes)
    bundle = load_bundle(described(tmp_path / "new", recipe, outputs_of(recipe, drawn_faces(3))))
    assert bundle.name == "mine"
    network = recipe_of(bundle).network
    assert (network.filters1, network.activation, network.dropout) == (12, "elu", 0.5)


def test_older_descriptions_with_fewer_settings_are_still_built(tmp_path: Path) -> None:
    recipe = find_recipe("mobilenet_valence")
    folder = described(tmp_path / "old", recipe, outputs_of(recipe, drawn_faces(3)))
    document = json.loads((folder / "bundle.json").read_text("utf-8"))
    document["recipe"] = {"name": "mobilenet_valence", "network": {"alpha": 0.5, "dropout": 0.3}}
    del document["input"]["fit"]
    (folder / "bundle.json").write_text(json.dumps(document), "utf-8")
    found = recipe_of(load_bundle(folder))
    assert found.network == replace(recipe.network, alpha=0.5)
    assert found.input.fit == "resize"


def test_no_folder_of_whoever_trained_gets_into_a_bundle() -> None:
    settings = {
        name: f"/home/someone/{name}.npz"
        for name in ("pretrained", "start", "teacher", "test", "super_resolution")
    }
    recipe = find_recipe("mobilenet_valence")
    recipe = replace(
        recipe,
        start=replace(
            recipe.start,
            pretrained=settings["pretrained"],
            start=settings["start"],
            teacher=f"{settings['teacher']},/home/someone/other",
        ),
        input=replace(recipe.input, super_resolution=settings["super_resolution"]),
        data=replace(recipe.data, scheme="/home/someone/scheme.json"),
        test=settings["test"],
    )
    text = json.dumps(settings_for_bundle(recipe))
    assert "someone" not in text
    assert "teacher.npz,other" in text
    for name in (*settings, "scheme"):
        assert f"{name}." in text


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    require_free(taken)
    (taken / "note.txt").write_text("mine", "utf-8")
    part = fresh_part_folder(tmp_path / "taken")
    with pytest.raises(DataProblem, match="is there already"):
        publish(part, taken)
    assert (taken / "note.txt").read_text("utf-8") == "mine"


def test_a_bundle_appears_whole_in_the_place_of_an_empty_folder(tmp_path: Path) -> None:
    out = tmp_path / "new"
    out.mkdir()
    (fresh_part_folder(out) / "left over").write_text("of a killed run", "utf-8")
    part = fresh_part_folder(out)
    assert list(part.iterdir()) == []
    (part / "bundle.json").write_text("{}", "utf-8")
    publish(part, out)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert [path.name for path in out.iterdir()] == ["bundle.json"]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("classes", ["negative", "neutral"]),
        ("outputs", ["neutral"]),
        ("input", {"size_px": 96, "channels": 3, "fit": "cut"}),
        ("files", {}),
        ("temperature", 0),
    ],
)
def test_a_bundle_whose_description_was_changed_is_refused(
    tmp_path: Path, member: str, value: Any
) -> None:
    recipe = find_recipe("mobilenet_valence")
    folder = described(tmp_path / "new", recipe, outputs_of(recipe, drawn_faces(3)))
    document = json.loads((folder / "bundle.json").read_text("utf-8"))
    document[member] = value
    (folder / "bundle.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(BundleProblem):
        load_bundle(folder)
