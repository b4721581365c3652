"""VGG19 with two dense layers of its own.

Simonyan and Zisserman 2015, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
as Keras builds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom_monitor.trainer.networks.shape import (
    any_side_px,
    input_layer,
    logits_layer,
    require_shape,
)

if TYPE_CHECKING:
    import keras

    from classroom_monitor.trainer.recipe import Recipe

IMAGENET_MEAN_RGB = (123.68, 116.779, 103.939)
"""What VGG19's ImageNet weights expect to be taken off each colour."""


@dataclass(frozen=True, slots=True)
class Vgg19Settings:
    """The head's shape: the width of both dense layers, their dropout and L2 penalty."""

    dense: int = 128
    dropout: float = 0.5
    l2: float = 0.01


def build_vgg19(recipe: Recipe, classes: int) -> keras.Model:
    """Return VGG19's convolutions, pooled over the face, two dense layers and logits.

    The mean is taken off in the order RGB: weights made for BGR are turned round when they are
    loaded.
    """
    import keras
    from keras import layers

    settings: Vgg19Settings = recipe.network
    require_shape(
        recipe,
        {
            f"channels={recipe.input.channels}": recipe.input.channels == 3,
            f"dense={settings.dense}": settings.dense > 0,
            f"dropout={settings.dropout}": 0 <= settings.dropout < 1,
            f"l2={settings.l2}": settings.l2 >= 0,
        },
    )
    faces = input_layer(recipe, any_side_px(recipe))
    offset = [-mean for mean in IMAGENET_MEAN_RGB]
    x = layers.Rescaling(1.0, offset=offset, name="scale")(faces)
    vgg19 = keras.applications.VGG19(
        input_shape=faces.shape[1:], include_top=False, weights=None, name="features"
    )
    x = layers.GlobalAveragePooling2D(name="pool")(vgg19(x))
    for number in (1, 2):
        penalty = keras.regularizers.L2(settings.l2)
        name = f"dense{number}"
        x = layers.Dense(settings.dense, activation="relu", kernel_regularizer=penalty, name=name)(
            x
        )
        x = layers.Dropout(settings.dropout, seed=0, name=f"dropout{number}")(x)
    return keras.Model(faces, logits_layer(x, classes), name=recipe.name)
