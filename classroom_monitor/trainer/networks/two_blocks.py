"""A plain network of two convolution blocks with a single sigmoid: the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom_monitor.trainer.networks.shape import (
    flattened,
    input_layer,
    one_side_px,
    require_shape,
    single_logit_layer,
)

if TYPE_CHECKING:
    import keras

    from classroom_monitor.trainer.recipe import Recipe


@dataclass(frozen=True, slots=True)
class TwoBlocksSettings:
    """The network's shape: filters of every convolution, widths of both dense layers, dropout."""

    filters: int = 64
    dense1: int = 128
    dense2: int = 64
    dropout: float = 0.5


def build_two_blocks(recipe: Recipe, classes: int) -> keras.Model:
    """Return two blocks of two 3x3 convolutions and max pooling, two dense layers and a sigmoid.

    The sigmoid's logit z is given as the logits 0 and z of two classes.
    """
    import keras
    from keras import layers

    settings: TwoBlocksSettings = recipe.network
    require_shape(
        recipe,
        {
            f"scheme={recipe.data.scheme}": classes == 2,
            f"filters={settings.filters}": settings.filters > 0,
            f"dense1={settings.dense1}": settings.dense1 > 0,
            f"dense2={settings.dense2}": settings.dense2 > 0,
            f"dropout={settings.dropout}": 0 <= settings.dropout < 1,
        },
    )
    faces = input_layer(recipe, one_side_px(recipe))
    x = layers.Rescaling(1 / 255, name="scale")(faces)
    for block in (1, 2):
        for conv in (1, 2):
            name = f"block{block}_conv{conv}"
            x = layers.Conv2D(settings.filters, 3, padding="same", activation="relu", name=name)(x)
        x = layers.MaxPooling2D(name=f"block{block}_pool")(x)
    x = flattened(x)
    for number, width in enumerate((settings.dense1, settings.dense2), start=1):
        x = layers.Dense(width, activation="relu", name=f"dense{number}")(x)
        x = layers.Dropout(settings.dropout, seed=0, name=f"dropout{number}")(x)
    return keras.Model(faces, single_logit_layer(x), name=recipe.name)
