"""LiteRT scoring: batches, engines, calibration, and networks that don't fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import CropBatch
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import (
    CPU_ENGINES,
    LiteRtClassifier,
    class_probabilities,
    open_classifier,
)
from classroom_monitor.vision.crops import mirror_crops
from tests.vision.bundles import make_tiny_bundle, poison, tiny_bundle_json, write_bundle_json
from tests.vision.engines.faces import tiny_crops


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return load_bundle(make_tiny_bundle(tmp_path / "tiny"))


@pytest.mark.parametrize("engine", CPU_ENGINES)
@pytest.mark.parametrize("count", [0, 1, 3, 16, 37])
def test_rows_are_probabilities_and_do_not_depend_on_the_batch(
    bundle: Bundle, engine: str, count: int
) -> None:
    classifier = open_classifier(bundle, engine)
    batch = tiny_crops(count)
    rows = classifier.score(batch).probabilities
    assert rows.shape == (count, 3)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-5)
    alone = [
        classifier.score(CropBatch(batch.images[i : i + 1])).probabilities for i in range(count)
    ]
    np.testing.assert_allclose(rows, np.concatenate([np.empty((0, 3)), *alone]), atol=1e-5)
    classifier.close()


def test_scores_depend_on_the_crop(bundle: Bundle) -> None:
    rows = open_classifier(bundle, "litert-float32").score(tiny_crops(20)).probabilities
    assert rows.std(axis=0).max() > 0.01


def test_a_face_scores_alike_mirrored(bundle: Bundle) -> None:
    faces = tiny_crops(5)
    mirrored = mirror_crops(faces)
    assert (faces.images != mirrored.images).any()
    classifier = open_classifier(bundle, "litert-float32")
    assert (classifier.logits(faces.images) != classifier.logits(mirrored.images)).any()
    np.testing.assert_allclose(
        classifier.score(faces).probabilities, classifier.score(mirrored).probabilities, atol=1e-6
    )


def test_one_way_scores_the_crops_as_they_are(bundle: Bundle) -> None:
    faces = tiny_crops(5)
    classifier = open_classifier(bundle, "litert-float32")
    expected = classifier.probabilities_from_logits(classifier.logits(faces.images))
    one_way = classifier.score(faces, both_ways=False).probabilities
    np.testing.assert_allclose(one_way, expected, atol=1e-6)
    assert np.abs(one_way - classifier.score(faces).probabilities).max() > 1e-4


def test_both_engines_agree(bundle: Bundle) -> None:
    exact, small = (open_classifier(bundle, engine) for engine in ("litert-float32", "litert-int8"))
    batch = tiny_crops(40)
    difference = exact.score(batch).probabilities - small.score(batch).probabilities
    assert np.abs(difference).max() < 0.03


def test_auto_prefers_int8_and_takes_what_there_is(bundle: Bundle, tmp_path: Path) -> None:
    assert open_classifier(bundle).engine == "litert-int8"
    folder = make_tiny_bundle(tmp_path / "float_only")
    document = tiny_bundle_json(folder)
    del document["files"]["int8.tflite"]
    write_bundle_json(folder, document)
    assert open_classifier(load_bundle(folder)).engine == "litert-float32"


def test_an_unknown_engine_is_refused(bundle: Bundle) -> None:
    with pytest.raises(BundleProblem, match="choose auto"):
        open_classifier(bundle, "abacus")


@pytest.mark.parametrize(
    "changes",
    [
        {"input": {"size_px": 16, "channels": 3}},
        {"input": {"size_px": 24, "channels": 1}},
        {
            "outputs": ["sad", "calm", "happy"],
            "groups": {"negative": ["sad"], "neutral": ["calm"], "positive": ["happy"]},
        },
    ],
)
def test_a_network_that_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    folder = make_tiny_bundle(tmp_path / "unfit", **changes)
    with pytest.raises(BundleProblem, match="get the bundle again") as caught:
        open_classifier(load_bundle(folder), "litert-float32")
    assert str(folder) in str(caught.value)


def test_weights_that_are_no_network_are_refused(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path / "text")
    (folder / "int8.tflite").write_text("no network at all", encoding="utf-8")
    write_bundle_json(folder, tiny_bundle_json(folder))
    with pytest.raises(BundleProblem, match="can't be run"):
        open_classifier(load_bundle(folder), "litert-int8")


def test_weights_swapped_after_loading_are_refused(bundle: Bundle) -> None:
    (bundle.folder / "int8.tflite").write_bytes(b"another")
    with pytest.raises(BundleProblem, match="damaged or was changed"):
        open_classifier(bundle, "litert-int8")


def test_numbers_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path / "nan")
    poison(folder)
    classifier = LiteRtClassifier(load_bundle(folder), "litert-float32")
    with pytest.raises(BundleProblem, match="finite"):
        classifier.score(tiny_crops(2))


def test_groups_add_probabilities_up_and_leave_others_out() -> None:
    shares = np.array([[0.1, 0.2, 0.3, 0.15, 0.25]])
    pooled = class_probabilities(np.log(shares).astype(np.float32), ((0, 1), (2,), (3,)), 1.0)
    np.testing.assert_allclose(pooled, [[0.3 / 0.75, 0.3 / 0.75, 0.15 / 0.75]], rtol=1e-5)


def test_temperature_flattens_and_large_logits_stay_finite() -> None:
    logits = np.array([[900.0, 0.0, -900.0]], np.float32)
    sharp = class_probabilities(logits, ((0,), (1,), (2,)), 1.0)
    flat = class_probabilities(logits, ((0,), (1,), (2,)), 1e4)
    assert np.isfinite(sharp).all()
    assert sharp[0, 0] == 1
    assert flat[0, 0] < 0.4
