"""What a finished run is measured on: faces with a class, and test parts with copies in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS, Float32Array
from classroom_monitor.trainer import measure as measuring
from classroom_monitor.trainer.augment import UNCHANGED
from classroom_monitor.trainer.copied_test import copied_test
from classroom_monitor.trainer.dataset.names import LABELS
from classroom_monitor.trainer.dataset.records import Dataset, Split
from classroom_monitor.trainer.dataset.schemes import class_labels, get_scheme
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.trainer.labels import NO_CLASS
from classroom_monitor.trainer.measure import has_every_class, labelled_faces, training_accuracy
from classroom_monitor.trainer.recipe import DataPlan
from classroom_monitor.vision.bundle import Bundle, load_bundle
from tests.trainer.faces import drawn_faces
from tests.vision.bundles import make_tiny_bundle

VALENCE = get_scheme("valence3")


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return load_bundle(make_tiny_bundle(tmp_path / "tiny"))


def surprised(faces: Dataset, rows: Iterable[int]) -> Dataset:
    """Let everybody call some faces surprised, which is no mood."""
    votes = faces.votes.copy()
    for row in rows:
        votes[row] = 0
        votes[row, LABELS.index("surprise")] = 10
    return replace(faces, votes=votes)


def test_only_faces_with_a_class_are_measured_on() -> None:
    faces = labelled_faces(surprised(drawn_faces(12), [0, 7]), VALENCE)
    assert len(faces.images) == len(faces.truth) == 10
    assert NO_CLASS not in faces.truth
    assert faces.expressions is not None
    assert len(faces.expressions) == 10


def test_data_without_votes_for_all_expressions_tells_none() -> None:
    faces = drawn_faces(12)
    few = replace(faces, votes=faces.votes[:, :4], names=faces.names[:4])
    assert labelled_faces(few, VALENCE).expressions is None


def split_of(training: int, validation: int, test: int) -> Split:
    """Return a split whose pictures all carry their own number in a corner."""
    whole = drawn_faces(training + validation + test)
    images = whole.images.copy()
    images[:, 0, 0] = np.arange(len(images))
    whole = replace(whole, images=images)
    rows = np.arange(len(whole))
    return Split(
        whole.select(rows < training),
        whole.select((rows >= training) & (rows < training + validation)),
        whole.select(rows >= training + validation),
    )


def test_the_copied_test_holds_test_faces_and_copies_of_any() -> None:
    split = split_of(90, 30, 30)
    plan = DataPlan(scheme="valence3", balance="oversample", per_class=250, seed=4)
    faces = copied_test(split, VALENCE, plan, UNCHANGED)
    numbers = faces.images[:, 0, 0]
    assert len(faces) == pytest.approx(750 / 5, rel=0.2)
    assert np.bincount(class_labels(faces, VALENCE), minlength=3).min() > 750 / 5 / 3 * 0.7
    assert set(range(120, 150)) <= set(numbers.tolist())
    assert (numbers < 90).mean() > 0.3


def test_the_copied_test_changes_copies_only() -> None:
    split = split_of(90, 30, 30)
    plan = DataPlan(scheme="valence3", balance="oversample", per_class=250)
    turned = replace(UNCHANGED, rotation_deg=20.0)
    faces = copied_test(split, VALENCE, plan, turned)
    originals = {image.tobytes() for image in split.test.images}
    kept = [image.tobytes() in originals for image in faces.images]
    assert sum(kept) == 30
    assert faces.images.dtype == np.uint8


def test_every_class_is_needed_for_figures(bundle: Bundle) -> None:
    images = [np.zeros((16, 16), np.uint8)] * 3
    assert has_every_class(bundle, LabelledFaces(images, np.array([0, 1, 2])))
    assert not has_every_class(bundle, LabelledFaces(images, np.array([0, 2, 2])))


def test_training_accuracy_is_of_a_few_thousand_faces_at_most(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def first_class(_: object, __: object, faces: LabelledFaces) -> Float32Array:
        seen.append(len(faces.images))
        return np.tile(np.array([[0.6, 0.3, 0.1]], np.float32), (len(faces.images), 1))

    monkeypatch.setattr(measuring, "_probabilities", first_class)
    truth = np.zeros(2500, np.int64)
    truth[:500] = 2
    images = [np.zeros((16, 16), np.uint8)] * 2500
    accuracy = training_accuracy(bundle, LabelledFaces(images, truth), seed=1)
    assert seen == [measuring.TRAINING_FACES]
    assert accuracy == pytest.approx(0.8, abs=0.02)


def test_all_engines_are_measured_and_compared(bundle: Bundle) -> None:
    pytest.importorskip("sklearn", reason="needs the train extra")
    rng = np.random.default_rng(5)
    images = [rng.integers(0, 256, (16, 16)).astype(np.uint8) for _ in range(30)]
    measured = measuring.measure(bundle, LabelledFaces(images, np.arange(30) % 3), "noise")
    assert [row["engine"] for row in measured.rows] == ["litert-int8", "litert-float32"]
    assert measured.first["classes"] == list(MOODS)
    assert "accuracy_by_side_px" in measured.first
    assert 0.5 < measured.agreement <= 1.0
