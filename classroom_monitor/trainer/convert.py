"""Turns a Keras network into LiteRT engines, float32 and int8. Needs TensorFlow."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.backend import require_tensorflow

if TYPE_CHECKING:
    import keras

logger = logging.getLogger(__name__)


def convert_float32(network: keras.Model) -> bytes:
    """Return a LiteRT model of (n, size, size, 1) float32 greys of 0 to 255, any n."""
    return _convert(_converter(network))


def convert_int8(network: keras.Model, crops: UInt8Array) -> bytes:
    """Return a LiteRT model that counts in int8; it takes uint8 greys and gives float32 logits.

    crops, (n, size, size, 1) uint8, are faces like those it will see: the ranges of all layers
    are measured on them. Weights are quantised per channel (Jacob et al. 2018, "Quantization and
    Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference").
    """
    import tensorflow as tf

    # Both ends of the grey scale are shown, so that the input's quantisation step is exactly 1.
    ends = np.zeros_like(crops[0])
    ends[: len(ends) // 2] = 255

    def representative() -> Iterator[list[Any]]:
        for crop in (ends, *crops):
            yield [crop[None].astype(np.float32)]

    converter = _converter(network)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = representative
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.uint8
    converter.inference_output_type = tf.float32
    return _convert(converter)


def _converter(network: keras.Model) -> Any:
    require_tensorflow()
    import tensorflow as tf

    return tf.lite.TFLiteConverter.from_keras_model(network)


def _convert(converter: Any) -> bytes:
    with warnings.catch_warnings():
        # The converter warns of its own successor and of input statistics that only matter
        # without representative data.
        warnings.simplefilter("ignore")
        model = bytes(converter.convert())
    logger.info("made a LiteRT model of %d bytes", len(model))
    return model
