"""MobileNet for faces of any size, as the GPU's engine builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom_monitor.trainer.networks.shape import (
    any_side_px,
    input_layer,
    logits_layer,
    require_shape,
)
from classroom_monitor.vision.engines.keras_gpu.network import (
    MobilenetSettings,
    mobilenet_features,
)

if TYPE_CHECKING:
    import keras

    from classroom_monitor.trainer.recipe import Recipe


def build_mobilenet(recipe: Recipe, classes: int) -> keras.Model:
    """Return MobileNet up to its last_layer, pooled, with one dense layer of logits."""
    import keras

    settings: MobilenetSettings = recipe.network
    require_shape(recipe, settings.checks())
    faces = input_layer(recipe, any_side_px(recipe))
    features = mobilenet_features(settings, faces)
    return keras.Model(faces, logits_layer(features, classes), name=recipe.name)
