"""A deep plain network: seven convolutions with batch norm, dropout and pooling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom_monitor.trainer.networks.shape import (
    ACTIVATIONS,
    flattened,
    input_layer,
    logits_layer,
    one_side_px,
    require_shape,
)

if TYPE_CHECKING:
    import keras

    from classroom_monitor.trainer.recipe import Recipe

BLOCKS = ((1, 1), (2, 2), (4, 4, 4))
"""The width of each convolution in multiples of filters; a block ends in pooling and dropout."""


@dataclass(frozen=True, slots=True)
class SevenLayersSettings:
    """The network's shape: filters of the first two convolutions, then twice and four times that.

    dropout follows each block, head_dropout the dense layer.
    """

    filters: int = 32
    dense: int = 128
    activation: str = "relu"
    dropout: float = 0.25
    head_dropout: float = 0.5


def build_seven_layers(recipe: Recipe, classes: int) -> keras.Model:
    """Return seven 3x3 convolutions in three blocks, a dense layer and logits."""
    import keras
    from keras import layers

    settings: SevenLayersSettings = recipe.network
    require_shape(
        recipe,
        {
            f"filters={settings.filters}": settings.filters > 0,
            f"dense={settings.dense}": settings.dense > 0,
            f"activation={settings.activation}": settings.activation in ACTIVATIONS,
            f"dropout={settings.dropout}": 0 <= settings.dropout < 1,
            f"head_dropout={settings.head_dropout}": 0 <= settings.head_dropout < 1,
        },
    )
    faces = input_layer(recipe, one_side_px(recipe))
    x = layers.Rescaling(1 / 255, name="scale")(faces)
    for block, widths in enumerate(BLOCKS, start=1):
        for conv, width in enumerate(widths, start=1):
            name = f"block{block}_conv{conv}"
            filters = width * settings.filters
            x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name)(x)
            x = layers.BatchNormalization(name=f"{name}_bn")(x)
            x = layers.Activation(settings.activation, name=f"{name}_act")(x)
        x = layers.MaxPooling2D(name=f"block{block}_pool")(x)
        x = layers.Dropout(settings.dropout, seed=0, name=f"dropout{block}")(x)
    x = flattened(x)
    x = layers.Dense(settings.dense, activation=settings.activation, name="dense")(x)
    x = layers.Dropout(settings.head_dropout, seed=0, name="head_dropout")(x)
    return keras.Model(faces, logits_layer(x, classes), name=recipe.name)
