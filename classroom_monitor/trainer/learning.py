"""What the network learns by: the loss, the metric, the optimizer and its schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import MOODS, Float32Array
from classroom_monitor.trainer.labels import EXPRESSIONS, group_columns
from classroom_monitor.trainer.recipes.mobilenet_valence import MobilenetValence

if TYPE_CHECKING:
    import keras


def compile_network(network: keras.Model, recipe: MobilenetValence, steps: int) -> None:
    """Give the network its loss, and AdamW with warm-up and a cosine over all steps.

    Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization"; batch norms and biases
    are not decayed.
    """
    import keras

    warmup = min(recipe.warmup_steps, steps // 10)
    schedule = keras.optimizers.schedules.CosineDecay(
        recipe.learning_rate / 100,
        decay_steps=max(1, steps - warmup),
        warmup_target=recipe.learning_rate,
        warmup_steps=warmup,
    )
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    network.compile(
        optimizer,
        loss=votes_loss(recipe.valence_weight),
        metrics=[mood_accuracy],
        # XLA took over a minute to compile the first batch on a CPU.
        jit_compile=False,
    )
    optimizer.build(network.trainable_variables)


def votes_loss(valence_weight: float) -> Any:
    """Return the loss: cross-entropy of the eight expressions plus that of the three moods.

    The second one is over the moods' summed probabilities, weighted by how many of a face's
    votes name a mood; it pulls apart what is judged in the end.
    """
    from keras import ops

    members = _mood_members()

    def loss(targets: Any, logits: Any) -> Any:
        log_probabilities = ops.log_softmax(logits, axis=-1)
        expressions = -ops.sum(targets * log_probabilities, axis=-1)
        moods = ops.matmul(ops.exp(log_probabilities), members) + 1e-7
        mood_log = ops.log(moods / ops.sum(moods, axis=-1, keepdims=True))
        valence = -ops.sum(ops.matmul(targets, members) * mood_log, axis=-1)
        return ops.mean(expressions + valence_weight * valence)

    return loss


def mood_accuracy(targets: Any, logits: Any) -> Any:
    """Return how often, per face, the likeliest mood is the one with the most votes."""
    from keras import ops

    members = _mood_members()
    wanted = ops.argmax(ops.matmul(targets, members), axis=-1)
    given = ops.argmax(ops.matmul(ops.softmax(logits, axis=-1), members), axis=-1)
    return ops.cast(ops.equal(wanted, given), "float32")


def seed_dropout(network: keras.Model, seed: int, step: int) -> None:
    """Let the next batch drop what it always drops, so that a resumed run equals an unbroken one.

    step counts the batches of the whole run.
    """
    state = network.get_layer("dropout").seed_generator.state
    state.assign(np.array([seed, step], dtype=state.dtype))


def _mood_members() -> Float32Array:
    """Return (8, 3) float32: 1 where the expression of a row belongs to the mood of a column."""
    members = np.zeros((len(EXPRESSIONS), len(MOODS)), np.float32)
    for column, mood in enumerate(MOODS):
        members[group_columns(mood), column] = 1.0
    return members
