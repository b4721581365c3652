"""Batch norms that TensorFlow computes in one pass while they learn.

Keras computes a batch's mean, variance and normal form by an operation each, forwards and
backwards, which on a CPU takes a good part of a batch's time. tests.training_speed measures what
one pass saves.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf
from keras import ops


class BatchNormalization(keras.layers.BatchNormalization):  # type: ignore[misc]
    """Keras's layer, in one pass where it learns from pictures, (n, h, w, channels).

    It is called as Keras's is, since files of weights name layers by their class.
    """

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:
        """Return the normal form of (n, h, w, channels) inputs; training learns from them."""
        if not training or not self.trainable or mask is not None or not self._is_fusible():
            return super().call(inputs, training=training, mask=mask)
        outputs, mean, variance, *_ = tf.compat.v1.nn.fused_batch_norm(
            ops.cast(inputs, "float32"),
            self.gamma if self.scale else ops.ones_like(self.moving_mean),
            self.beta if self.center else ops.zeros_like(self.moving_mean),
            epsilon=self.epsilon,
            is_training=True,
        )
        # TensorFlow estimates the variance behind the batch; Keras takes the batch's own.
        pixels = ops.cast(ops.prod(ops.shape(inputs)[:3]), "float32")
        self._follow(self.moving_mean, mean)
        self._follow(self.moving_variance, variance * (1.0 - 1.0 / pixels))
        return ops.cast(outputs, self.compute_dtype)

    def _is_fusible(self) -> bool:
        return len(self._reduction_axes) == 3 and self._reduction_axes[-1] == 2

    def _follow(self, average: Any, value: Any) -> None:
        value = ops.stop_gradient(value)
        average.assign(average * self.momentum + value * (1.0 - self.momentum))


def with_fused_norms(network: keras.Model) -> keras.Model:
    """Return the same network, weights and names, with batch norms of this kind."""
    fused = keras.models.clone_model(network, clone_function=_fused, recursive=True)
    fused.set_weights(network.get_weights())
    return fused


def _fused(layer: Any) -> Any:
    kind = type(layer)
    if kind is keras.layers.BatchNormalization:
        kind = BatchNormalization
    return kind.from_config(layer.get_config())
