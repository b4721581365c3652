"""MobileNet for faces of any size, with its own scaling inside.

Howard et al. 2017, "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
Applications", as Keras builds it.
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

LAYERS = tuple(f"conv_pw_{block}_relu" for block in range(1, 14))
"""Where MobileNet may be cut."""


@dataclass(frozen=True, slots=True)
class MobilenetSettings:
    """The network's shape.

    alpha scales every layer's width. last_layer is where MobileNet is cut: what follows
    conv_pw_11_relu is half of its weights and sees a face as 3x3 pixels. pooling, "average" or
    "max", is over the whole face; dropout is of the pooled features.
    """

    alpha: float = 1.0
    last_layer: str = "conv_pw_11_relu"
    pooling: str = "average"
    dropout: float = 0.3


def build_mobilenet(recipe: Recipe, classes: int) -> keras.Model:
    """Return MobileNet up to its last_layer, pooled, with one dense layer of logits."""
    import keras

    settings: MobilenetSettings = recipe.network
    require_shape(
        recipe,
        {
            f"alpha={settings.alpha}": settings.alpha > 0,
            f"last_layer={settings.last_layer}": settings.last_layer in LAYERS,
            f"pooling={settings.pooling}": settings.pooling in ("average", "max"),
            f"dropout={settings.dropout}": 0 <= settings.dropout < 1,
        },
    )
    faces = input_layer(recipe, any_side_px(recipe))
    scaled = keras.layers.Rescaling(1 / 127.5, offset=-1.0, name="scale")(faces)
    mobilenet = keras.applications.MobileNet(
        input_shape=faces.shape[1:],
        alpha=settings.alpha,
        include_top=False,
        weights=None,
        name="mobilenet",
    )
    last = mobilenet.get_layer(settings.last_layer).output
    features = keras.Model(mobilenet.input, last, name="features")(scaled)
    if settings.pooling == "max":
        pooled = keras.layers.GlobalMaxPooling2D(name="pool")(features)
    else:
        pooled = keras.layers.GlobalAveragePooling2D(name="pool")(features)
    kept = keras.layers.Dropout(settings.dropout, seed=0, name="dropout")(pooled)
    return keras.Model(faces, logits_layer(kept, classes), name=recipe.name)
