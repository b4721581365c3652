"""Turns a Keras network into LiteRT engines, float32 and int8. Needs TensorFlow."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.trainer.backend import require_tensorflow
from classroom_monitor.trainer.networks.shape import move_logits

if TYPE_CHECKING:
    import keras

logger = logging.getLogger(__name__)


def convert_float32(network: keras.Model) -> bytes:
    """Return a LiteRT model of (n, size, size, channels) float32 of 0 to 255, any n."""
    return _convert(network, lambda _: None)


def convert_int8(network: keras.Model, crops: UInt8Array) -> bytes:
    """Return a LiteRT model that counts in int8; it takes uint8 faces and gives float32 logits.

    crops, (n, size, size, channels) uint8, are faces like those it will see: the ranges of all
    layers are measured on them (Jacob et al. 2018, "Quantization and Training of Neural Networks
    for Efficient Integer-Arithmetic-Only Inference"). Rounding moves the logits by a little on
    average, which would make one class rarer; that mean is measured on the same faces and taken
    off again (the bias correction of Nagel et al. 2019, "Data-Free Quantization", on the last
    layer). The network is left as it was.
    """
    model = _quantise(network, crops)
    moved = (_litert_logits(model, crops) - _keras_logits(network, crops)).mean(axis=0)
    move_logits(network, -moved)
    corrected = _quantise(network, crops)
    move_logits(network, moved)
    logger.info("took mean shifts of up to %.3f off int8's logits", np.abs(moved).max())
    return corrected


def _litert_logits(model: bytes, crops: UInt8Array) -> Float32Array:
    """Return the (n, outputs) float32 logits of a converted model for crops."""
    import tensorflow as tf

    with warnings.catch_warnings():
        # It points to the LiteRT package, which only the live engine uses.
        warnings.simplefilter("ignore")
        interpreter = tf.lite.Interpreter(model_content=model)
    given = interpreter.get_input_details()[0]
    interpreter.resize_tensor_input(given["index"], crops.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], crops.astype(given["dtype"]))
    interpreter.invoke()
    answers = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    return np.asarray(answers, np.float32)


def _keras_logits(network: keras.Model, crops: UInt8Array) -> Float32Array:
    from keras import ops

    return np.asarray(ops.convert_to_numpy(network.predict_on_batch(crops)), np.float32)


def _quantise(network: keras.Model, crops: UInt8Array) -> bytes:
    # Both ends of the grey scale are shown, so that the input's quantisation step is exactly 1.
    ends = np.zeros_like(crops[0])
    ends[: len(ends) // 2] = 255

    def representative() -> Iterator[list[Any]]:
        for crop in (ends, *crops):
            yield [crop[None].astype(np.float32)]

    def prepare(converter: Any) -> None:
        import tensorflow as tf

        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = representative
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = tf.uint8
        converter.inference_output_type = tf.float32

    return _convert(network, prepare)


def _convert(network: keras.Model, prepare: Callable[[Any], None]) -> bytes:
    """Convert through a saved model: the short way prints on standard output."""
    require_tensorflow()
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # The converter warns of its own successor and of input statistics that only matter
        # without representative data.
        warnings.simplefilter("ignore")
        network.export(folder, format="tf_saved_model", verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        prepare(converter)
        model = bytes(converter.convert())
    logger.info("made a LiteRT model of %d bytes", len(model))
    return model
