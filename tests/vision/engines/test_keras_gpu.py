"""The GPU's engine, run on the processor: what it computes and how it fails."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_monitor.contracts import CropBatch, UInt8Array
from classroom_monitor.errors import BundleProblem, EngineProblem
from classroom_monitor.model_choice import default_model
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import (
    GPU_ENGINE,
    engines_here,
    open_classifier,
    open_with_fallback,
)
from classroom_monitor.vision.engines.keras_gpu import classifier as keras_classifier
from classroom_monitor.vision.engines.keras_gpu.classifier import KerasGpuClassifier
from classroom_monitor.vision.engines.keras_gpu.network import mobilenet_settings
from tests.vision.bundles import make_tiny_bundle, replace_weights
from tests.vision.engines.faces import drawn_crops

pytestmark = [
    pytest.mark.usefixtures("keras"),
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

WEIGHTS = "network.weights.h5"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle(default_model().folder)


@pytest.fixture(scope="module")
def opened(keras_on_cpu: bool, bundle: Bundle) -> KerasGpuClassifier:
    if not keras_on_cpu:
        pytest.skip("needs the train extra")
    return KerasGpuClassifier(bundle, GPU_ENGINE)


@pytest.fixture
def copy(bundle: Bundle, tmp_path: Path) -> Path:
    """A copy of the shipped bundle that a test may spoil."""
    return Path(shutil.copytree(bundle.folder, tmp_path / "best"))


def with_recipe(bundle: Bundle, **changes: Any) -> Bundle:
    """Return a bundle whose network's settings are changed."""
    network = {**bundle.recipe["network"], **changes}
    return replace(bundle, recipe={**bundle.recipe, "network": network})


@pytest.mark.parametrize("both_ways", [True, False])
@pytest.mark.parametrize("count", [0, 1, 6, 7, 17])
def test_rows_do_not_depend_on_how_a_batch_is_filled_up(
    opened: KerasGpuClassifier,
    bundle: Bundle,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    both_ways: bool,
) -> None:
    """With sizes of 2 and 6 a batch is filled up, fits, or is run in parts."""
    crops = CropBatch(drawn_crops(bundle).images[:count])
    in_one = opened.score(crops, both_ways).probabilities
    monkeypatch.setattr(keras_classifier, "BATCH_SIZES", (2, 6))
    in_parts = opened.score(crops, both_ways).probabilities
    assert in_one.shape == (count, 3)
    np.testing.assert_allclose(in_one, in_parts, atol=1e-5)
    exact = open_classifier(bundle, "litert-float32").score(crops, both_ways).probabilities
    np.testing.assert_allclose(in_one, exact, atol=1e-3)


def test_only_the_fixed_sizes_are_run(
    opened: KerasGpuClassifier, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def note(images: UInt8Array) -> Any:
        sizes.append(len(images))
        return np.zeros((len(images), len(bundle.outputs)), np.float32)

    monkeypatch.setattr(opened, "_compiled", {True: note, False: note})
    shape = (bundle.crop.size_px, bundle.crop.size_px, 1)
    for count in (1, 16, 17, 300, 1025):
        opened.score(CropBatch(np.zeros((count, *shape), np.uint8)))
    assert sizes == [16, 16, 64, 1024, 1024, 16]


def test_auto_takes_it_where_there_is_a_gpu_and_its_weights(bundle: Bundle, tmp_path: Path) -> None:
    assert engines_here(bundle)[0] == GPU_ENGINE
    assert GPU_ENGINE not in engines_here(load_bundle(make_tiny_bundle(tmp_path / "tiny")))
    assert GPU_ENGINE not in engines_here(with_recipe(bundle, filters=8))


@pytest.mark.parametrize(
    "changes",
    [{"alpha": -1.0}, {"alpha": "wide"}, {"last_layer": "top"}, {"pooling": None}, {"depth": 3}],
)
def test_a_network_that_is_no_mobilenet_is_refused(
    bundle: Bundle, changes: dict[str, object]
) -> None:
    other = with_recipe(bundle, **changes)
    assert mobilenet_settings(other) is None
    with pytest.raises(BundleProblem, match="none that the GPU engine builds"):
        open_classifier(other, GPU_ENGINE)


def test_weights_of_another_network_are_refused(bundle: Bundle) -> None:
    with pytest.raises(BundleProblem, match="don't fit its network") as caught:
        open_classifier(with_recipe(bundle, alpha=0.5), GPU_ENGINE)
    assert "\n" not in str(caught.value)


def test_damaged_keras_weights_give_way_to_litert(copy: Path) -> None:
    replace_weights(copy, WEIGHTS, b"no weights at all")
    bundle = load_bundle(copy)
    classifier = open_with_fallback(bundle)
    assert classifier.engine == "litert-int8"
    assert "the engine keras-gpu failed" in classifier.notice


def test_weights_that_are_not_finite_give_way_to_litert(copy: Path) -> None:
    h5py = pytest.importorskip("h5py")
    with h5py.File(copy / WEIGHTS, "r+") as weights:
        kernels: list[Any] = []
        weights.visititems(lambda _, item: kernels.append(item) if hasattr(item, "shape") else None)
        for kernel in kernels:
            kernel[...] = np.nan
    replace_weights(copy, WEIGHTS, (copy / WEIGHTS).read_bytes())
    bundle = load_bundle(copy)
    classifier = open_with_fallback(bundle)
    assert classifier.engine == GPU_ENGINE
    crops = drawn_crops(bundle)
    scores = classifier.score(crops).probabilities
    assert classifier.engine == "litert-int8"
    wanted = open_classifier(bundle, "litert-int8").score(crops).probabilities
    np.testing.assert_array_equal(scores, wanted)


def test_a_gpu_that_fails_while_it_runs_gives_way_to_litert(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real failure of TensorFlow: a matrix product whose shapes don't fit."""
    import tensorflow

    classifier = open_with_fallback(bundle)
    crops = drawn_crops(bundle)
    assert classifier.score(crops).probabilities.shape == (20, 3)

    def fail(images: UInt8Array) -> Any:
        return tensorflow.raw_ops.MatMul(a=[[1.0, 2.0]], b=[[1.0, 2.0]])

    monkeypatch.setattr(classifier._current, "_compiled", {True: fail, False: fail})
    scores = classifier.score(crops).probabilities
    assert classifier.engine == "litert-int8"
    assert "failed on the GPU" in classifier.notice
    wanted = open_classifier(bundle, "litert-int8").score(crops).probabilities
    np.testing.assert_array_equal(scores, wanted)


def test_a_gpu_that_fails_as_the_network_is_built_gives_way_to_litert(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Bundle) -> Any:
        raise RuntimeError("CUDA driver version is insufficient for CUDA runtime version")

    monkeypatch.setattr(keras_classifier, "load_network", fail)
    classifier = open_with_fallback(bundle)
    assert classifier.engine == "litert-int8"
    assert "driver version is insufficient" in classifier.notice


def test_the_problem_of_a_failing_gpu_is_one_line(
    opened: KerasGpuClassifier, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(images: UInt8Array) -> Any:
        raise RuntimeError("CUDA out of memory.\nTried to allocate 2 GiB")

    monkeypatch.setattr(opened, "_compiled", {True: fail, False: fail})
    with pytest.raises(EngineProblem, match="out of memory") as caught:
        opened.score(drawn_crops(bundle))
    assert "\n" not in str(caught.value)
