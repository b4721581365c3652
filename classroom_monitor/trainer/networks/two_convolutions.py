"""A small network of two convolutions and two dense layers, with its shape as settings."""

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

MAX_KERNEL_PX = 15


@dataclass(frozen=True, slots=True)
class TwoConvolutionsSettings:
    """The network's shape; kernels are sides in pixels, dense1 and dense2 widths."""

    filters1: int = 32
    kernel1: int = 5
    filters2: int = 16
    kernel2: int = 3
    dense1: int = 128
    dense2: int = 32
    activation: str = "relu"
    dropout: float = 0.25


def build_two_convolutions(recipe: Recipe, classes: int) -> keras.Model:
    """Return two convolutions, each with pooling, two dense layers with dropout, and logits."""
    import keras
    from keras import layers

    settings: TwoConvolutionsSettings = recipe.network
    require_shape(recipe, _checks(settings))
    faces = input_layer(recipe, one_side_px(recipe))
    x = layers.Rescaling(1 / 255, name="scale")(faces)
    shapes = ((settings.filters1, settings.kernel1), (settings.filters2, settings.kernel2))
    for number, (filters, kernel) in enumerate(shapes, start=1):
        x = layers.Conv2D(
            filters, kernel, padding="same", activation=settings.activation, name=f"conv{number}"
        )(x)
        x = layers.MaxPooling2D(name=f"pool{number}")(x)
    x = flattened(x)
    for number, width in enumerate((settings.dense1, settings.dense2), start=1):
        x = layers.Dense(width, activation=settings.activation, name=f"dense{number}")(x)
        x = layers.Dropout(settings.dropout, seed=0, name=f"dropout{number}")(x)
    return keras.Model(faces, logits_layer(x, classes), name=recipe.name)


def _checks(settings: TwoConvolutionsSettings) -> dict[str, bool]:
    widths = ("filters1", "filters2", "dense1", "dense2")
    kernels = ("kernel1", "kernel2")
    checks = {f"{name}={getattr(settings, name)}": getattr(settings, name) > 0 for name in widths}
    for name in kernels:
        kernel = getattr(settings, name)
        checks[f"{name}={kernel}"] = 0 < kernel <= MAX_KERNEL_PX
    checks[f"activation={settings.activation}"] = settings.activation in ACTIVATIONS
    checks[f"dropout={settings.dropout}"] = 0 <= settings.dropout < 1
    return checks
