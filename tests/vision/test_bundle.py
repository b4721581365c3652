"""A bundle is verified before anything in it is used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.bundle import load_bundle
from tests.vision.bundles import make_tiny_bundle, tiny_bundle_json, write_bundle_json


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_tiny_bundle(tmp_path / "tiny")


def assert_one_helpful_line(problem: BundleProblem, folder: Path) -> None:
    message = str(problem)
    assert "\n" not in message
    assert str(folder) in message
    assert any(way in message for way in ("again", "choose", "name a folder", "train"))


def test_a_good_bundle_is_read_whole(folder: Path) -> None:
    bundle = load_bundle(folder)
    bundle.require_moods()
    assert bundle.classes == MOODS
    assert bundle.groups == ((0, 1), (2,), (3,))
    assert (bundle.crop.size_px, bundle.crop.channels) == (16, 1)
    assert (bundle.crop.scale, bundle.crop.shift_up) == (1.2, 0.1)
    assert bundle.temperature == 1.5
    assert (bundle.thresholds.min_face_px, bundle.thresholds.min_certainty) == (20, 0.4)
    assert set(bundle.roles) == {"litert-float32", "litert-int8"}
    assert bundle.read_file("litert-int8") == (folder / "int8.tflite").read_bytes()


def test_faces_are_resized_unless_the_bundle_says_padded(tmp_path: Path) -> None:
    assert load_bundle(make_tiny_bundle(tmp_path / "silent")).crop.fit == "resize"
    padding = {"size_px": 16, "channels": 1, "fit": "pad"}
    assert load_bundle(make_tiny_bundle(tmp_path / "padded", input=padding)).crop.fit == "pad"


def test_whatever_is_missing_is_named(folder: Path) -> None:
    for name in tiny_bundle_json(folder):
        document = tiny_bundle_json(folder)
        del document[name]
        write_bundle_json(folder, document)
        with pytest.raises(BundleProblem, match=name) as caught:
            load_bundle(folder)
        assert_one_helpful_line(caught.value, folder)


def test_an_unknown_role_names_those_there_are(folder: Path) -> None:
    with pytest.raises(BundleProblem, match="litert-int8") as caught:
        load_bundle(folder).read_file("cuda")
    assert_one_helpful_line(caught.value, folder)


def test_other_classes_load_but_are_not_for_sessions(tmp_path: Path) -> None:
    folder = make_tiny_bundle(
        tmp_path / "two", classes=["no", "yes"], groups={"no": ["sad"], "yes": ["happy"]}
    )
    bundle = load_bundle(folder)
    assert bundle.groups == ((0,), (3,))
    with pytest.raises(BundleProblem, match="negative, neutral, positive") as caught:
        bundle.require_moods()
    assert_one_helpful_line(caught.value, folder)


def test_moods_in_another_order_are_not_for_sessions(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path / "turned", classes=list(reversed(MOODS)))
    with pytest.raises(BundleProblem, match="in this order"):
        load_bundle(folder).require_moods()


def change_byte(folder: Path) -> None:
    path = folder / "float32.tflite"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


def cut_short(folder: Path) -> None:
    path = folder / "int8.tflite"
    path.write_bytes(path.read_bytes()[:-1])


def remove_weights(folder: Path) -> None:
    (folder / "int8.tflite").unlink()


def weights_are_a_folder(folder: Path) -> None:
    (folder / "int8.tflite").unlink()
    (folder / "int8.tflite").mkdir()


def weights_are_a_link(folder: Path) -> None:
    target = (folder / "int8.tflite").rename(folder.parent / "elsewhere.tflite")
    (folder / "int8.tflite").symlink_to(target)


def remove_json(folder: Path) -> None:
    (folder / "bundle.json").unlink()


def spoil_json(folder: Path) -> None:
    (folder / "bundle.json").write_text("{", encoding="utf-8")


def huge_json(folder: Path) -> None:
    (folder / "bundle.json").write_text(" " * 1_000_001, encoding="utf-8")


def deep_json(folder: Path) -> None:
    (folder / "bundle.json").write_text("[" * 200_000, encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        change_byte,
        cut_short,
        remove_weights,
        weights_are_a_folder,
        weights_are_a_link,
        remove_json,
        spoil_json,
        huge_json,
        deep_json,
    ],
)
def test_damage_is_one_clear_line(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder)
    with pytest.raises(BundleProblem) as caught:
        load_bundle(folder)
    assert_one_helpful_line(caught.value, folder)


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BundleProblem) as caught:
        load_bundle(tmp_path / "nothing")
    assert_one_helpful_line(caught.value, tmp_path / "nothing")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("format", 2),
        ("format", True),
        ("name", ""),
        ("version", 3),
        ("licence", "free\nof charge"),
        ("licence", "\x1b[2J"),
        ("name", "n" * 501),
        ("recipe", []),
        ("classes", []),
        ("classes", ["negative", "negative", "positive"]),
        ("outputs", "sad"),
        ("groups", {"negative": ["sad"], "neutral": ["calm"]}),
        ("groups", {"negative": ["sad"], "neutral": ["calm"], "positive": ["sad"]}),
        ("groups", {"negative": ["sad"], "neutral": ["calm"], "positive": ["joy"]}),
        ("input", {"size_px": 0, "channels": 1}),
        ("input", {"size_px": 16, "channels": 2}),
        ("input", {"size_px": 16.5, "channels": 1}),
        ("input", {"size_px": 16, "channels": 1, "fit": "stretch"}),
        ("input", {"size_px": 16, "channels": 1, "fit": None}),
        ("input", {"channels": 1}),
        ("crop", {"scale": "wide", "shift_up": 0}),
        ("crop", None),
        ("temperature", 0),
        ("temperature", float("nan")),
        ("temperature", "1"),
        ("thresholds", {"min_face_px": 20, "min_certainty": 1.1}),
        ("files", {}),
        ("files", {"int8.tflite": "litert-int8"}),
    ],
)
def test_wrong_values_are_named(tmp_path: Path, member: str, value: object) -> None:
    folder = make_tiny_bundle(tmp_path / "tiny", **{member: value})
    with pytest.raises(BundleProblem, match=member) as caught:
        load_bundle(folder)
    assert_one_helpful_line(caught.value, folder)


@pytest.mark.parametrize("name", ["../float32.tflite", "/etc/hostname", "a/b", "..", "C:x", "a\\b"])
def test_no_file_outside_the_folder(folder: Path, name: str) -> None:
    document = tiny_bundle_json(folder)
    document["files"][name] = document["files"].pop("float32.tflite")
    write_bundle_json(folder, document)
    with pytest.raises(BundleProblem, match="plain file name"):
        load_bundle(folder)


def test_a_role_may_not_be_given_twice(folder: Path) -> None:
    document = tiny_bundle_json(folder)
    document["files"]["int8.tflite"]["role"] = "litert-float32"
    write_bundle_json(folder, document)
    with pytest.raises(BundleProblem, match="no role twice"):
        load_bundle(folder)


JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(data=st.data())
def test_any_json_loads_or_is_a_bundle_problem(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = make_tiny_bundle(tmp_path_factory.mktemp("any") / "tiny")
    document = tiny_bundle_json(folder)
    member = data.draw(st.sampled_from(sorted(document)))
    document[member] = data.draw(JSON_VALUES)
    (folder / "bundle.json").write_text(json.dumps(document), encoding="utf-8")
    try:
        load_bundle(folder)
    except BundleProblem as problem:
        assert_one_helpful_line(problem, folder)
