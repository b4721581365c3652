"""The report on a data set before anybody trains on it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.records import DataReport, Dataset, Part
from classroom_monitor.trainer.dataset.report import inspect_dataset, require_sound, write_report
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme
from classroom_monitor.trainer.dataset.splitting import split_dataset
from classroom_monitor.trainer.dataset.usable import is_usable
from classroom_monitor.trainer.recipe import DataPlan
from classroom_monitor.trainer.splits import find_duplicates
from tests.trainer.sources import picture

NAMES = ("awake", "bored", "not-a-face")
CLASSES = ("awake", "bored")


def dataset_of(labels: str) -> Dataset:
    """Return a picture for each letter: a and b are the classes, n is no face."""
    count = len(labels)
    return Dataset(
        np.stack([picture(number) for number in range(count)]),
        np.eye(3, dtype=np.float32)[["abn".index(label) for label in labels]],
        NAMES,
        tuple(f"set, row {row}" for row in range(count)),
        np.full(count, Part.NONE, np.int8),
        "Ours",
    )


def report_on(dataset: Dataset, plan: DataPlan | None = None) -> DataReport:
    """Return the report on the split that training would make."""
    scheme = get_scheme("own")
    usable = dataset.select(is_usable(dataset))
    plan = plan or DataPlan("own", split="4:1", held_out=0.2)
    split = split_dataset(
        usable, class_labels(usable, scheme), find_duplicates(usable.images), plan
    )
    copies = find_duplicates(dataset.images)
    return inspect_dataset(dataset, class_labels(dataset, scheme), CLASSES, copies, split)


def with_images(dataset: Dataset, changes: dict[int, np.ndarray]) -> Dataset:
    images = dataset.images.copy()
    for row, image in changes.items():
        images[row] = image
    return replace(dataset, images=images)


def test_classes_are_counted_in_each_part() -> None:
    report = report_on(dataset_of("a" * 50 + "b" * 25 + "n" * 5))
    assert report.counts == {
        "all": {"awake": 50, "bored": 25},
        "training": {"awake": 32, "bored": 16},
        "validation": {"awake": 8, "bored": 4},
        "test": {"awake": 10, "bored": 5},
    }
    assert report.imbalance == pytest.approx(2.0)
    assert (report.pictures, report.without_class, report.not_in_split) == (80, 5, 5)
    assert report.rejected == tuple(f"set, row {row}" for row in range(75, 80))
    assert report.licence == "Ours"
    require_sound(report)


def test_blank_pictures_copies_and_contradictions_are_named() -> None:
    plain = dataset_of("ab" * 30)
    nearly = cv2.convertScaleAbs(plain.images[6], alpha=0.9, beta=20)
    changes = {
        4: np.zeros_like(plain.images[0]),
        5: np.full_like(plain.images[0], 90),
        20: plain.images[10],  # the same class
        21: plain.images[8],  # another class
        30: nearly,
    }
    dataset = replace(with_images(plain, changes), unreadable=("x.png: no picture",))
    report = report_on(dataset)
    assert report.blank == ("set, row 4", "set, row 5")
    assert report.unreadable == ("x.png: no picture",)
    assert (report.exact, report.near) == (2, 3)
    assert report.contradictory == ((("set, row 8", "awake"), ("set, row 21", "bored")),)
    assert report.in_two_parts == ()
    assert [len(pictures) for pictures in report.examples] == [12, 12]


def test_pictures_in_two_own_parts_are_named() -> None:
    plain = dataset_of("ab" * 30)
    parts = np.repeat([Part.TRAINING, Part.VALIDATION, Part.NONE], 20).astype(np.int8)
    dataset = replace(with_images(plain, {22: plain.images[2], 44: plain.images[24]}), parts=parts)
    report = report_on(dataset, DataPlan("own"))
    assert report.in_two_parts == ("set, row 2", "set, row 44")
    assert report.not_in_split == 2


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        ("a" * 30, "The class bored has no picture: "),
        ("a" * 30 + "bb", "The class bored has no picture in the validation part: "),
    ],
)
def test_empty_classes_and_classes_in_one_part_are_problems(labels: str, problem: str) -> None:
    report = report_on(dataset_of(labels))
    assert report.problems[0].startswith(problem)
    with pytest.raises(DataProblem, match=problem):
        require_sound(report)
    assert report.imbalance is None or labels.count("b")


def test_no_test_part_is_no_problem() -> None:
    report = report_on(dataset_of("ab" * 20), DataPlan("own", held_out=0.2))
    assert set(report.counts["test"].values()) == {0}
    assert report.problems == ()


def test_the_report_is_written_for_people_and_programs(tmp_path: Path) -> None:
    plain = dataset_of("ab" * 60)
    blank = {row: np.zeros_like(plain.images[0]) for row in range(25)}
    folder = tmp_path / "run" / "data"
    report = report_on(with_images(plain, blank))
    for _ in range(2):  # a run that goes on writes it again
        write_report(report, folder)
    text = (folder / "data_report.md").read_text("utf-8")
    assert "| bored | 60 | " in text
    assert "## Black or otherwise of one grey, left out: 25" in text
    assert "- and 5 more, listed in data_report.json" in text
    content = json.loads((folder / "data_report.json").read_text("utf-8"))
    assert len(content["blank"]) == 25
    assert content["counts"]["all"] == {"awake": 60, "bored": 60}
    sheet = cv2.imdecode(
        np.frombuffer((folder / "data_examples.png").read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE
    )
    assert sheet is not None
    cell = cv2.resize(report.examples[1][0], (64, 64), interpolation=cv2.INTER_AREA)
    assert np.array_equal(sheet[72:136, 160:224], cell)
    assert sorted(path.name for path in folder.iterdir()) == [
        "data_examples.png",
        "data_report.json",
        "data_report.md",
    ]


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(DataProblem, match="Cannot write the report"):
        write_report(report_on(dataset_of("ab" * 30)), tmp_path / "file" / "run")
