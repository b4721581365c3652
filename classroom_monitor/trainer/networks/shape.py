"""What every network here has in common: how it takes faces in and gives its answers out.

Each takes (n, size, size, channels) greys or RGB of 0 to 255, scales them itself, and ends in a
dense layer named "logits".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.errors import DataProblem

if TYPE_CHECKING:
    import keras

    from classroom_monitor.trainer.recipe import Recipe

LOGITS = "logits"
"""The name of the last layer with weights."""

ACTIVATIONS = ("elu", "gelu", "leaky_relu", "relu", "selu", "silu", "tanh")
"""The activations that a recipe's setting may name; LiteRT's int8 counts with all of them."""


def any_side_px(recipe: Recipe) -> int | None:
    """Return the side of a recipe's input in pixels, None where its stages have several."""
    sides = {stage.size_px for stage in recipe.learning.stages} | {recipe.input.size_px}
    return recipe.input.size_px if len(sides) == 1 else None


def one_side_px(recipe: Recipe) -> int:
    """Return the side of the input in pixels, for a network that can have one size only."""
    side_px = any_side_px(recipe)
    if side_px is None:
        stages = ", ".join(f"{s.size_px}x{s.epochs}" for s in recipe.learning.stages)
        raise DataProblem(
            f"stages={stages}: the network of {recipe.name} takes one input size, give all stages "
            "the same one"
        )
    return side_px


def require_shape(recipe: Recipe, checks: dict[str, bool]) -> None:
    """Raise DataProblem for the first setting, written name=value, whose check is False."""
    for setting, is_good in checks.items():
        if not is_good:
            raise DataProblem(f"{setting}: the network of {recipe.name} can't be built with that")


def input_layer(recipe: Recipe, side_px: int | None) -> keras.KerasTensor:
    """Return the network's input for square faces, of any size where side_px is None."""
    import keras

    channels = recipe.input.channels
    return keras.Input((side_px, side_px, channels), name="greys" if channels == 1 else "rgb")


def flattened(features: Any) -> Any:
    """Return (n, h * w * c) of (n, h, w, c) features.

    Keras's own layer asks for the batch size while it runs, which LiteRT then keeps at 1.
    """
    from keras import ops

    height, width, channels = features.shape[1:]
    return ops.reshape(features, (-1, height * width * channels))


def logits_layer(features: Any, classes: int) -> Any:
    """Return (n, classes) float32 logits of (n, k) features, whatever the layers compute in."""
    import keras

    return keras.layers.Dense(classes, dtype="float32", name=LOGITS)(features)


def single_logit_layer(features: Any) -> Any:
    """Return (n, 2) logits 0 and z: their softmax is the sigmoid of z."""
    import keras

    single = keras.layers.Dense(1, dtype="float32", name=LOGITS)(features)
    nothing = keras.layers.Rescaling(0.0, dtype="float32", name="nothing")(single)
    return keras.layers.Concatenate(dtype="float32", name="two_logits")([nothing, single])


def move_logits(network: keras.Model, moves: Float32Array) -> None:
    """Add (outputs,) float32 to what the network answers, for good.

    Where a single logit stands for two classes it moves by their difference, which is all that a
    softmax sees.
    """
    bias = network.get_layer(LOGITS).bias
    fitting = moves if len(moves) == bias.shape[0] else moves[1:] - moves[0]
    bias.assign(bias + np.asarray(fitting, np.float32))
