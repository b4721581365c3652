"""The MobileNet of the shipped bundle in Keras; the trainer builds it from here, too.

Howard et al. 2017, "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
Applications", as Keras builds it.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from classroom_monitor.errors import BundleProblem
from classroom_monitor.files import WEIGHTS_ERRORS
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.engines.network_classifier import first_line

if TYPE_CHECKING:
    import keras

ROLE = "keras"
"""The role of the file that holds Keras weights."""

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

    def checks(self) -> dict[str, bool]:
        """Return each setting, written name=value, and whether a network can be built with it."""
        return {
            f"alpha={self.alpha}": self.alpha > 0,
            f"last_layer={self.last_layer}": self.last_layer in LAYERS,
            f"pooling={self.pooling}": self.pooling in ("average", "max"),
            f"dropout={self.dropout}": 0 <= self.dropout < 1,
        }


def mobilenet_features(settings: MobilenetSettings, faces: Any) -> Any:
    """Return (n, k) pooled features of (n, size, size, channels) greys or RGB of 0 to 255.

    faces and what is returned are Keras's symbolic tensors. MobileNet is cut at its last_layer.
    """
    import keras

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
    return keras.layers.Dropout(settings.dropout, seed=0, name="dropout")(pooled)


def mobilenet_settings(bundle: Bundle) -> MobilenetSettings | None:
    """Return the settings of a bundle's MobileNet, None where its network is another one."""
    given = bundle.recipe.get("network")
    kinds = {field.name: type(field.default) for field in fields(MobilenetSettings)}
    if not isinstance(given, Mapping) or set(given) != set(kinds):
        return None
    if any(type(given[name]) not in (kind, int) for name, kind in kinds.items()):
        return None
    settings = MobilenetSettings(**given)
    return settings if all(settings.checks().values()) else None


def load_network(bundle: Bundle) -> keras.Model:
    """Return a bundle's MobileNet with its weights: (n, size, size, channels) to (n, outputs).

    Raises BundleProblem where the bundle holds no Keras weights, they don't fit, or its network
    is no MobileNet.
    """
    import keras

    settings = mobilenet_settings(bundle)
    bundle.read_file(ROLE)
    if settings is None:
        raise BundleProblem(
            f"the network of model bundle {bundle.folder} is none that the GPU engine builds: "
            "choose a LiteRT engine"
        )
    crop = bundle.crop
    faces = keras.Input((crop.size_px, crop.size_px, crop.channels))
    logits = keras.layers.Dense(len(bundle.outputs), name="logits")
    network = keras.Model(faces, logits(mobilenet_features(settings, faces)))
    name = next(file.name for file in bundle.files if file.role == ROLE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # so Keras says what it could not load
            network.load_weights(bundle.folder / name)
    except (UserWarning, *WEIGHTS_ERRORS) as error:
        raise BundleProblem(
            f"the Keras weights of model bundle {bundle.folder} don't fit its network "
            f"({first_line(error)}): choose a LiteRT engine, or get the bundle again"
        ) from error
    return network
