"""The rules that turn what people said into classes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.load import load_dataset
from classroom_monitor.trainer.dataset.names import FER2013_LABELS, LABELS
from classroom_monitor.trainer.dataset.records import Dataset, LabelScheme, Part
from classroom_monitor.trainer.dataset.schemes import (
    SCHEMES,
    class_labels,
    fill_scheme,
    get_scheme,
    soft_class_targets,
)
from classroom_monitor.trainer.labels import EXPRESSIONS, GROUPS, NO_CLASS


def answers(*rows: dict[str, int], names: tuple[str, ...] = LABELS) -> Dataset:
    """Return a data set of these votes; its pictures are black."""
    votes = np.array([[row.get(name, 0) for name in names] for row in rows], np.float32)
    return Dataset(
        np.zeros((len(rows), 4, 4), np.uint8),
        votes,
        names,
        tuple(f"votes.csv, row {row}" for row in range(2, len(rows) + 2)),
        np.full(len(rows), Part.NONE, np.int8),
    )


def class_of(votes: dict[str, int], scheme: LabelScheme) -> str | None:
    label = int(class_labels(answers(votes), scheme)[0])
    return None if label == NO_CLASS else list(scheme.classes)[label]


@pytest.mark.parametrize(
    ("votes", "mood"),
    [
        ({"happiness": 10}, "positive"),
        ({"neutral": 4, "sadness": 2, "anger": 2, "contempt": 1}, "negative"),
        ({"neutral": 5, "happiness": 4, "unknown": 1}, "neutral"),
        ({"neutral": 5, "sadness": 5}, None),
        ({"surprise": 6, "happiness": 4}, None),
        ({"happiness": 4, "surprise": 2, "unknown": 2}, None),
        ({}, None),
    ],
)
def test_a_mood_needs_strictly_more_votes_than_each_other_and_the_rest_together(
    votes: dict[str, int], mood: str | None
) -> None:
    assert class_of(votes, get_scheme("valence3")) == mood


@pytest.mark.parametrize(
    ("votes", "expression"),
    [
        ({"surprise": 6, "happiness": 4}, "surprise"),
        ({"fear": 5, "unknown": 5}, "fear"),
        ({"fear": 4, "unknown": 3, "not-a-face": 3}, "fear"),
        ({"fear": 4, "unknown": 5}, None),
        ({"fear": 5, "disgust": 5}, None),
    ],
)
def test_one_of_eight_needs_the_most_votes_and_no_fewer_than_unknown(
    votes: dict[str, int], expression: str | None
) -> None:
    assert class_of(votes, get_scheme("fer+8")) == expression
    some = LabelScheme("two", {"fear": ("fear",), "anger": ("anger",)}, others="apart")
    assert class_of(votes, some) == (expression if expression == "fear" else None)


@pytest.mark.parametrize(
    ("scheme", "by_label"),
    [
        ("fer7", dict(zip(FER2013_LABELS, FER2013_LABELS, strict=True))),
        ("joy_anger_sadness", {"happiness": "joy", "anger": "anger", "sadness": "sadness"}),
        (
            "happiness_sadness_neutral",
            {"happiness": "happiness", "sadness": "sadness", "neutral": "neutral"},
        ),
        (
            "positive_negative",
            {
                "happiness": "positive",
                "surprise": "positive",
                **dict.fromkeys(("anger", "disgust", "fear", "sadness", "contempt"), "negative"),
            },
        ),
        (
            "interest3",
            {
                "anger": "negative",
                "fear": "negative",
                "neutral": "neutral",
                "happiness": "positive",
            },
        ),
    ],
)
def test_each_scheme_takes_its_labels_and_leaves_the_others(
    scheme: str, by_label: dict[str, str]
) -> None:
    found = {label: class_of({label: 1}, get_scheme(scheme)) for label in LABELS}
    assert {label: name for label, name in found.items() if name} == by_label


def test_every_expression_but_surprise_belongs_to_one_mood() -> None:
    members = [expression for mood in MOODS for expression in GROUPS[mood]]
    assert sorted([*members, "surprise"]) == sorted(EXPRESSIONS)


def test_the_classes_of_three_are_in_the_order_of_moods() -> None:
    assert tuple(SCHEMES["valence3"].classes) == tuple(SCHEMES["interest3"].classes) == MOODS
    assert tuple(SCHEMES["fer+8"].classes) == EXPRESSIONS


def test_own_takes_the_names_that_the_data_has() -> None:
    data = answers({"bored": 1}, {"NF": 1}, {"awake": 1}, names=("awake", "bored", "NF"))
    scheme = fill_scheme(get_scheme("own"), data)
    assert list(scheme.classes) == ["awake", "bored"]
    assert class_labels(data, get_scheme("own")).tolist() == [1, NO_CLASS, 0]
    assert soft_class_targets(data, get_scheme("own")).tolist() == [[0, 1], [0, 0], [1, 0]]


def test_own_needs_two_labels() -> None:
    data = answers({"bored": 1}, names=("bored", "unknown"))
    with pytest.raises(DataProblem, match="bored, unknown: to tell classes apart takes two"):
        fill_scheme(get_scheme("own"), data)


def test_other_spellings_and_a_classes_own_name_are_understood() -> None:
    names = ("Happy", "angry", "sad", "neutral", "negative", "Not a face")
    data = answers(*({name: 1} for name in names), names=names)
    assert class_labels(data, get_scheme("valence3")).tolist() == [2, 0, 0, 1, 0, NO_CLASS]


def test_soft_targets_are_shares_of_the_classes() -> None:
    data = answers({"happiness": 6, "neutral": 2, "unknown": 2}, {"unknown": 10})
    targets = soft_class_targets(data, get_scheme("fer+8"))
    assert targets.dtype == np.float32
    assert targets[0, EXPRESSIONS.index("happiness")] == pytest.approx(0.75)
    assert targets.sum(axis=1) == pytest.approx([1.0, 0.0])
    moods = soft_class_targets(
        answers({"sadness": 1, "anger": 2, "neutral": 1}), SCHEMES["valence3"]
    )
    assert moods.tolist() == [[0.75, 0.25, 0.0]]


def test_a_label_outside_the_scheme_names_label_and_row() -> None:
    data = answers({"neutral": 1}, {"bored": 1}, names=("bored", "neutral"))
    with pytest.raises(DataProblem, match=r"votes\.csv, row 3: the label 'bored' is outside"):
        class_labels(data, get_scheme("valence3"))
    unused = answers({"neutral": 1}, names=("bored", "neutral"))
    assert class_labels(unused, get_scheme("valence3")).tolist() == [1]


def write_scheme(folder: Path, **content: Any) -> Path:
    path = folder / "school.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_a_scheme_can_be_a_file(tmp_path: Path) -> None:
    classes = {"away": ["bored", "asleep"], "here": ["awake", "neutral"]}
    path = write_scheme(tmp_path, classes=classes, ignored=["covered"], annotation="fer2013")
    scheme = get_scheme(path)
    assert (scheme.name, scheme.annotation, scheme.others) == ("school", "fer2013", "together")
    names = ("awake", "asleep", "covered", "anger")
    data = answers(*({name: 1} for name in names), names=names)
    assert class_labels(data, scheme).tolist() == [1, 0, NO_CLASS, NO_CLASS]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ({}, "object with classes"),
        ({"classes": {"a": ["x"]}}, "at least two"),
        ({"classes": {"a": ["x"], "b": "y"}}, "b must be a list"),
        ({"classes": {"a": ["x"], "b": ["x"]}}, "'x' is in two classes"),
        ({"classes": {"a": ["x"], "b": ["y"]}, "colour": 1}, "at most"),
        ({"classes": {"a": ["x"], "b": ["y"]}, "others": "any"}, "others is 'any'"),
        ({"classes": {"a": ["x"], "b": ["y"]}, "annotation": "mine"}, "annotation is 'mine'"),
    ],
)
def test_bad_scheme_files_are_refused(
    tmp_path: Path, content: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(DataProblem, match=complaint):
        get_scheme(write_scheme(tmp_path, **content))


def test_unknown_schemes_and_annotations_are_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.json"
    damaged.write_text("{", "utf-8")
    for name in ("valence", damaged, tmp_path / "absent.json"):
        with pytest.raises(DataProblem):
            get_scheme(name)
    with pytest.raises(DataProblem, match="one of votes, fer2013"):
        get_scheme("fer7", "mine")
    assert get_scheme("fer7", "votes").annotation == "votes"


def test_the_rules_count_as_the_design_says(shared_dir: Path) -> None:
    faces = load_dataset([shared_dir / "data" / "ferplus_valid.npz"])
    moods = class_labels(faces, get_scheme("valence3"))
    assert np.bincount(moods[moods != NO_CLASS]).tolist() == [931, 1164, 872]
    eight = class_labels(faces, get_scheme("fer+8"))
    counts = np.bincount(eight[eight != NO_CLASS]).tolist()
    assert counts == [1250, 882, 443, 399, 313, 31, 74, 24]
