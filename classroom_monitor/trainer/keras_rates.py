"""How fast Keras runs a bundle's network: as published demos call it, and at its quickest.

Most of them call `model.predict` with one face at a time, for every face of every frame.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.backend import import_keras, require_tensorflow
from classroom_monitor.trainer.networks.rebuild import keras_network
from classroom_monitor.vision.bundle import Bundle

TURNS = 5

_MATRIX_SIDE = 4096
_PRODUCTS = 8  # in a row, so that waiting for the answer hardly counts


def keras_rates(
    bundle: Bundle, crops: UInt8Array, batch: int, budget_s: float
) -> tuple[float, float]:
    """Return faces a second of one `predict` a face, and of a `tf.function` on a batch.

    crops is (n, size, size, channels) uint8, repeated to fill a batch; each of the two is measured
    for about budget_s, after a call that compiles it. Raises EnvironmentProblem where TensorFlow is
    missing or isn't Keras's backend, and BundleProblem where the network can't be built again.
    """
    require_tensorflow()
    import tensorflow as tf

    network = keras_network(bundle)
    one = crops[:1].astype(np.float32)
    many = tf.constant(np.resize(crops, (batch, *crops.shape[1:])).astype(np.float32))
    batched = tf.function(lambda images: network(images, training=False))
    calls = (lambda: network.predict(one, verbose=0), lambda: _answered(batched(many)))
    predicting_s, batched_s = (float(np.median(times_s)) for times_s in _in_turns(calls, budget_s))
    return 1 / predicting_s, batch / batched_s


def matrix_gflops(budget_s: float) -> float:
    """Return the rate of float32 matrix multiplication where Keras computes, in GFLOP/s.

    As Keras comes, which on some GPUs means at reduced precision. Raises EnvironmentProblem
    where Keras is missing.
    """
    keras = import_keras()
    rng = np.random.default_rng(0)
    shape = (_MATRIX_SIDE, _MATRIX_SIDE)
    left = keras.ops.convert_to_tensor(rng.random(shape, np.float32))

    def multiply() -> None:
        product = left
        for _ in range(_PRODUCTS):
            product = keras.ops.matmul(product, left) / _MATRIX_SIDE
        np.asarray(keras.ops.convert_to_numpy(product[:1, :1]))

    return _PRODUCTS * 2 * _MATRIX_SIDE**3 / min(_in_turns([multiply], budget_s)[0]) / 1e9


def _answered(tensor: Any) -> Any:
    """The numbers themselves: on a GPU a call returns before they are there."""
    return tensor.numpy()


def _in_turns(calls: Sequence[Callable[[], object]], budget_s: float) -> tuple[list[float], ...]:
    """Return the seconds of each call's runs, in turns: interference falls on all alike."""
    times_s: tuple[list[float], ...] = tuple([] for _ in calls)
    for call in calls:
        call()
    for _ in range(TURNS):
        for call, taken_s in zip(calls, times_s, strict=True):
            until_s = time.perf_counter() + budget_s / TURNS
            begun_s = time.perf_counter()
            while not taken_s or begun_s < until_s:
                call()
                ended_s = time.perf_counter()
                taken_s.append(ended_s - begun_s)
                begun_s = ended_s
    return times_s
