"""What the network learns by: the loss, the metric, the optimizer and its schedule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.trainer.outputs import Outputs
from classroom_monitor.trainer.recipe import LearningPlan

if TYPE_CHECKING:
    import keras


def compile_network(network: keras.Model, plan: LearningPlan, outputs: Outputs, steps: int) -> None:
    """Give the network its loss, and an optimizer whose schedule is over all steps of the run."""
    weight = plan.valence_weight if plan.loss == "votes" else 0.0
    optimizer = _optimizer(plan, steps)
    network.compile(
        optimizer,
        loss=class_loss(outputs, weight),
        metrics=[_class_accuracy(outputs)],
        # XLA took over a minute to compile the first batch on a CPU.
        jit_compile=False,
    )
    network.optimizer.build(network.trainable_variables)


def class_loss(outputs: Outputs, class_weight: float) -> Any:
    """Return the loss: each face's cross-entropy of the outputs, and weighted that of the classes.

    The second one is over the classes' summed probabilities, weighted by how many of a face's
    votes name a class; it pulls apart what is judged in the end. Where each class is an output,
    the weight is 0. Of the two logits 0 and z this is the binary cross-entropy of z's sigmoid.
    """
    from keras import ops

    members = outputs.members()

    def loss(targets: Any, logits: Any) -> Any:
        log_probabilities = ops.log_softmax(ops.cast(logits, "float32"), axis=-1)
        entropy = -ops.sum(ops.multiply(targets, log_probabilities), axis=-1)
        if class_weight == 0.0:
            return entropy
        classes = ops.matmul(ops.exp(log_probabilities), members) + 1e-7
        class_log = ops.log(classes / ops.sum(classes, axis=-1, keepdims=True))
        class_entropy = -ops.sum(ops.matmul(targets, members) * class_log, axis=-1)
        return entropy + class_weight * class_entropy

    return loss


def seed_dropout(network: keras.Model, seed: int, step: int) -> None:
    """Let the next batch drop what it always drops, so that a resumed run equals an unbroken one.

    step counts the batches of the whole run.
    """
    for index, generator in enumerate(_dropout_seeds(network)):
        state = generator.state
        state.assign(np.array([seed + index, step], dtype=state.dtype))


def learning_rate(network: keras.Model) -> float:
    """Return the rate of the next step."""
    from keras import ops

    return float(ops.convert_to_numpy(network.optimizer.learning_rate))


def halve_learning_rate(network: keras.Model) -> None:
    """Halve a constant rate."""
    optimizer = network.optimizer
    optimizer.learning_rate = learning_rate(network) / 2


@contextmanager
def averaged_weights(network: keras.Model, plan: LearningPlan) -> Iterator[None]:
    """Inside, the network's weights are their moving average, where the plan asks for one.

    Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better Generalization".
    """
    if plan.averaging == 0.0:
        yield
        return
    weights = network.get_weights()
    network.optimizer.finalize_variable_values(network.trainable_variables)
    try:
        yield
    finally:
        network.set_weights(weights)


@contextmanager
def computing_in(precision: str) -> Iterator[None]:
    """Let layers that are made inside compute in Keras's numbers of that name."""
    import keras

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(precision)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _optimizer(plan: LearningPlan, steps: int) -> Any:
    """Return Adam or AdamW.

    Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization"; batch norms and biases
    are not decayed.
    """
    import keras

    rate = plan.learning_rate if plan.schedule == "constant" else _cosine(plan, steps)
    averaging: dict[str, Any] = {}
    if plan.averaging:
        averaging = {"use_ema": True, "ema_momentum": plan.averaging}
    if plan.optimizer == "adam":
        return keras.optimizers.Adam(rate, **averaging)
    optimizer = keras.optimizers.AdamW(rate, weight_decay=plan.weight_decay, **averaging)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer


def _cosine(plan: LearningPlan, steps: int) -> Any:
    """Return a rate that rises over the warm-up steps and falls by a cosine over all others."""
    import keras

    warmup = min(plan.warmup_steps, steps // 10)
    return keras.optimizers.schedules.CosineDecay(
        plan.learning_rate / 100,
        decay_steps=max(1, steps - warmup),
        warmup_target=plan.learning_rate,
        warmup_steps=warmup,
    )


def _class_accuracy(outputs: Outputs) -> Any:
    """Return the metric: how often the likeliest class is the one with the most votes."""
    from keras import ops

    members: Float32Array = outputs.members()

    def accuracy(targets: Any, logits: Any) -> Any:
        wanted = ops.argmax(ops.matmul(targets, members), axis=-1)
        probabilities = ops.softmax(ops.cast(logits, "float32"), axis=-1)
        given = ops.argmax(ops.matmul(probabilities, members), axis=-1)
        return ops.cast(ops.equal(wanted, given), "float32")

    return accuracy


def _dropout_seeds(network: keras.Model) -> Iterator[Any]:
    """Yield the random states of the layers that have one, nested ones too, in their order."""
    for layer in network.layers:
        if hasattr(layer, "layers"):
            yield from _dropout_seeds(layer)
        elif getattr(layer, "seed_generator", None) is not None:
            yield layer.seed_generator
