"""Scores face crops with Keras on a GPU, in batches filled up to a few fixed sizes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.errors import EngineProblem
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.engines.keras_gpu import devices
from classroom_monitor.vision.engines.keras_gpu.network import load_network
from classroom_monitor.vision.engines.network_classifier import NetworkClassifier, first_line

if TYPE_CHECKING:
    import keras

logger = logging.getLogger(__name__)

BATCH_SIZES = (16, 64, 256, 1024)
"""A batch is filled up to the next of these sizes, larger ones are run in parts of the last.

Each size is compiled once. They are chosen and not measured, because no GPU was at hand: one is
expected to take about as long for a few faces as for many, so that, other than on a CPU, filling
up costs less than a second run.
"""

SESSION_SIZES = BATCH_SIZES[:2]
"""Compiled as the engine is opened, because a session needs them soon and must not wait then."""


class KerasGpuClassifier(NetworkClassifier):
    """A bundle's network in Keras, compiled by its backend; pixels go to the device as bytes."""

    def __init__(self, bundle: Bundle, engine: str) -> None:
        """Load Keras, build the network, and run it on what a session's batches are like.

        Raises EngineProblem where Keras has no GPU or fails on it, and BundleProblem where the
        bundle's Keras weights can't be used.
        """
        super().__init__(bundle, engine)
        device = devices.require_gpu()
        self._failures = _failures()
        try:
            network = load_network(bundle)
            models = {both_ways: _face_model(network, both_ways) for both_ways in (True, False)}
        except self._failures as error:
            raise self._problem(error) from error
        self._compiled = {both_ways: _compiled(model) for both_ways, model in models.items()}
        crop = bundle.crop
        for size in SESSION_SIZES:
            self._run(np.zeros((size, crop.size_px, crop.size_px, crop.channels), np.uint8), True)
        logger.info("%s runs on %s", engine, device)

    def close(self) -> None:
        """Free the network and what was compiled of it."""
        self._compiled.clear()

    def _run(self, images: UInt8Array, both_ways: bool) -> Float32Array:
        rows = np.empty((len(images), len(self._bundle.outputs)), np.float32)
        for start in range(0, len(images), BATCH_SIZES[-1]):
            part = images[start : start + BATCH_SIZES[-1]]
            rows[start : start + len(part)] = self._run_part(part, both_ways)
        return rows

    def _run_part(self, images: UInt8Array, both_ways: bool) -> Float32Array:
        size = next(size for size in BATCH_SIZES if size >= len(images))
        filled = np.zeros((size, *images.shape[1:]), np.uint8)
        filled[: len(images)] = images
        try:
            logits = self._compiled[both_ways](filled)
        except self._failures as error:
            raise self._problem(error) from error
        return logits[: len(images)]

    def _problem(self, error: Exception) -> EngineProblem:
        reason = first_line(error)
        return EngineProblem(
            f"engine {self._engine} failed on the GPU ({reason}): choose another engine"
        )


def _face_model(network: keras.Model, both_ways: bool) -> keras.Model:
    """Return the network from bytes to logits, with both_ways to the mean with mirror images'."""
    import keras
    from keras import ops

    pixels = keras.Input(network.input_shape[1:], dtype="uint8")
    faces = ops.cast(pixels, "float32")
    if not both_ways:
        return keras.Model(pixels, network(faces))
    logits = network(ops.concatenate([faces, ops.flip(faces, axis=2)]))
    pairs = ops.reshape(logits, (2, -1, logits.shape[-1]))
    return keras.Model(pixels, ops.mean(pairs, axis=0))


def _compiled(model: keras.Model) -> Callable[[UInt8Array], Float32Array]:
    """Return what runs a model on one batch, compiled once for each size of batch."""
    import keras

    if keras.backend.backend() == "tensorflow":
        return _compiled_by_tensorflow(model)
    return lambda images: np.asarray(model.predict_on_batch(images), np.float32)


def _compiled_by_tensorflow(model: keras.Model) -> Callable[[UInt8Array], Float32Array]:
    import tensorflow

    function = tensorflow.function(lambda images: model(images, training=False))

    @cache
    def for_batches(*shape: int) -> Any:
        return function.get_concrete_function(tensorflow.TensorSpec(shape, "uint8"))

    def run(images: UInt8Array) -> Float32Array:
        logits = for_batches(*images.shape)(tensorflow.constant(images))
        return np.asarray(logits.numpy(), np.float32)

    return run


def _failures() -> tuple[type[Exception], ...]:
    """Return what a backend raises where the device or its libraries fail."""
    import keras

    failures: tuple[Any, ...] = (RuntimeError, ValueError, MemoryError)
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        failures += (tensorflow.errors.OpError,)
    return failures
