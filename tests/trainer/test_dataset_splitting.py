"""Splits by plan: shares, classes and seeds, and no picture on two sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset import splitting
from classroom_monitor.trainer.dataset.records import Dataset, Part, Split
from classroom_monitor.trainer.labels import IntArray
from classroom_monitor.trainer.recipe import DataPlan
from classroom_monitor.trainer.splits import find_duplicates, is_duplicate_of
from tests.trainer.sources import picture

MANY = np.stack([picture(number) for number in range(420)])


def dataset_of(
    numbers: list[int], parts: list[Part] | None = None, classes: int = 3
) -> tuple[Dataset, IntArray]:
    """Return the numbered pictures, in classes by number, and their labels."""
    labels = np.array([number % classes for number in numbers])
    dataset = Dataset(
        MANY[numbers],
        np.eye(classes, dtype=np.float32)[labels],
        tuple("abcdef"[:classes]),
        tuple(f"set, row {row}" for row in range(len(numbers))),
        np.array(parts or [Part.NONE] * len(numbers), dtype=np.int8),
    )
    return dataset, labels


def split_dataset(dataset: Dataset, labels: IntArray, plan: DataPlan) -> Split:
    """Split by the duplicates that there are."""
    return splitting.split_dataset(dataset, labels, find_duplicates(dataset.images), plan)


def parts_of(split: Split) -> dict[str, Dataset]:
    return {"training": split.training, "validation": split.validation, "test": split.test}


def numbers_of(part: Dataset) -> list[int]:
    """Return which of the pictures a part holds."""
    places = {image.tobytes(): number for number, image in enumerate(MANY)}
    return [places[image.tobytes()] for image in part.images]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (DataPlan("own", split="4:1", held_out=0.1), (303, 33, 84)),
        (DataPlan("own", split="80/20", held_out=0.25), (252, 84, 84)),
        (DataPlan("own", split="75/15/15"), (300, 60, 60)),
        (DataPlan("own", held_out=0.1), (378, 42, 0)),
    ],
)
def test_parts_have_their_shares_of_each_class(
    plan: DataPlan, expected: tuple[int, int, int]
) -> None:
    dataset, labels = dataset_of(list(range(420)))
    split = split_dataset(dataset, labels, plan)
    assert [len(part) for part in parts_of(split).values()] == list(expected)
    for part in parts_of(split).values():
        assert np.ptp(part.votes.sum(axis=0)) <= 1
    origins = [origin for part in parts_of(split).values() for origin in part.origins]
    assert sorted(origins) == sorted(dataset.origins)


def test_the_seed_decides_and_repeats() -> None:
    dataset, labels = dataset_of(list(range(90)))
    tests = [
        numbers_of(split_dataset(dataset, labels, DataPlan("own", split="4:1", seed=seed)).test)
        for seed in (1, 1, 2)
    ]
    assert tests[0] == tests[1] != tests[2]


@settings(max_examples=12)
@given(
    st.lists(st.integers(0, 40), max_size=60),
    st.sampled_from(["4:1", "75/15/15", "80/20", "own"]),
    st.integers(0, 99),
)
def test_no_picture_is_on_two_sides(copied: list[int], name: str, seed: int) -> None:
    dataset, labels = dataset_of([*range(41), *copied])
    plan = DataPlan("own", split=name, seed=seed, held_out=0.3)
    parts = [
        set(numbers_of(part)) for part in parts_of(split_dataset(dataset, labels, plan)).values()
    ]
    assert not parts[0] & parts[1]
    assert not (parts[0] | parts[1]) & parts[2]


def nearly(image: np.ndarray) -> np.ndarray:
    """Return a near duplicate that is too unlike to be the same picture."""
    changed = image.astype(np.float32)
    changed[:14, :14] = 255 - changed[:14, :14]
    return changed.astype(np.uint8)


def test_near_duplicates_of_held_out_pictures_do_not_train() -> None:
    dataset, labels = dataset_of(list(range(60)))
    copies = replace(
        dataset,
        images=np.stack([nearly(image) for image in dataset.images[:20]]),
        votes=dataset.votes[:20],
        origins=tuple(f"copy {row}" for row in range(20)),
        parts=dataset.parts[:20],
    )
    both = replace(
        dataset,
        images=np.concatenate([dataset.images, copies.images]),
        votes=np.concatenate([dataset.votes, copies.votes]),
        origins=dataset.origins + copies.origins,
        parts=np.concatenate([dataset.parts, copies.parts]),
    )
    plan = DataPlan("own", split="4:1", held_out=0.2)
    split = split_dataset(both, np.concatenate([labels, labels[:20]]), plan)
    assert not is_duplicate_of(split.training.images, split.test.images).any()
    assert not is_duplicate_of(split.training.images, split.validation.images).any()
    assert not is_duplicate_of(split.validation.images, split.test.images).any()
    assert len(split.training) + len(split.validation) + len(split.test) < len(both)


def test_series_are_drawn_as_a_whole() -> None:
    """Frames of a film: each is nearly the same as the next, but not as those further on."""
    series = []
    for number in range(30):
        start, end = MANY[2 * number].astype(np.float32), MANY[2 * number + 1].astype(np.float32)
        series += [((1 - t) * start + t * end).astype(np.uint8) for t in np.linspace(0, 1, 12)]
    labels = np.repeat(np.arange(30) % 3, 12)
    dataset = Dataset(
        np.stack(series),
        np.eye(3, dtype=np.float32)[labels],
        ("a", "b", "c"),
        tuple(f"{row // 12}" for row in range(360)),
        np.full(360, Part.NONE, np.int8),
    )
    split = split_dataset(dataset, labels, DataPlan("own", split="4:1", held_out=0.2))
    films = [set(part.origins) for part in parts_of(split).values()]
    assert not films[0] & films[1]
    assert not (films[0] | films[1]) & films[2]
    assert sum(len(part) for part in parts_of(split).values()) == 360
    assert len(split.test) == 72


def test_own_parts_are_kept_and_copies_leave_the_earlier_one() -> None:
    numbers = [0, 1, 2, 3, 4, 5, 6, 7, 1, 4, 8, 6]
    parts = [Part.TRAINING] * 7 + [Part.VALIDATION] * 2 + [Part.TEST] * 2 + [Part.NONE]
    dataset, labels = dataset_of(numbers, parts)
    split = split_dataset(dataset, labels, DataPlan("own"))
    assert numbers_of(split.training) == [0, 2, 3, 5, 6, 6]
    assert numbers_of(split.validation) == [7, 1]
    assert numbers_of(split.test) == [4, 8]


def test_without_an_own_validation_part_training_gives_some() -> None:
    parts = [Part.TRAINING] * 60 + [Part.TEST] * 20
    dataset, labels = dataset_of(list(range(80)), parts)
    split = split_dataset(dataset, labels, DataPlan("own", held_out=0.1))
    assert numbers_of(split.test) == list(range(60, 80))
    assert (len(split.training), len(split.validation)) == (54, 6)


def test_splits_that_leave_a_part_empty_are_refused() -> None:
    few, labels = dataset_of([0, 1, 2])
    with pytest.raises(DataProblem, match="none for validation"):
        split_dataset(few, labels, DataPlan("own"))
    tests, labels = dataset_of([0, 1, 2], [Part.TEST] * 3)
    with pytest.raises(DataProblem, match="none for"):
        split_dataset(tests, labels, DataPlan("own"))
    with pytest.raises(DataProblem, match="no split '90/10'"):
        split_dataset(few, labels, DataPlan("own", split="90/10"))
