"""The network: MobileNet for grey faces of any size, cut early, with its own scaling inside.

Howard et al. 2017, "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
Applications", as Keras builds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_monitor.contracts import Float32Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.arrays import read_arrays
from classroom_monitor.trainer.labels import EXPRESSIONS
from classroom_monitor.vision.bundle import load_bundle

if TYPE_CHECKING:
    import keras

LAST_LAYER = "conv_pw_11_relu"
"""Where MobileNet is cut: what follows is half of its weights and sees a face as 3x3 pixels."""


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """The network's shape: alpha scales every layer's width, dropout is of the pooled features."""

    alpha: float = 1.0
    dropout: float = 0.3


def build_network(settings: NetworkSettings, size_px: int | None = None) -> keras.Model:
    """Return a network from (n, size, size, 1) greys of 0 to 255 to (n, 8) expression logits.

    Without size_px it takes any size. Scaling to [-1, 1] is its first layer, so that whoever
    runs it feeds plain crops.
    """
    import keras

    shape = (size_px, size_px, 1)
    greys = keras.Input(shape, name="greys")
    scaled = keras.layers.Rescaling(1 / 127.5, offset=-1.0, name="scale")(greys)
    mobilenet = keras.applications.MobileNet(
        input_shape=shape, alpha=settings.alpha, include_top=False, weights=None, name="mobilenet"
    )
    cut = keras.Model(mobilenet.input, mobilenet.get_layer(LAST_LAYER).output, name="features")
    pooled = keras.layers.GlobalAveragePooling2D(name="pool")(cut(scaled))
    kept = keras.layers.Dropout(settings.dropout, seed=0, name="dropout")(pooled)
    logits = keras.layers.Dense(len(EXPRESSIONS), name="logits")(kept)
    return keras.Model(greys, logits, name="mobilenet_valence")


def load_pretrained(network: keras.Model, path: Path) -> None:
    """Start the network's MobileNet layers from an .npz of arrays named layer/variable.

    conv1's kernel for RGB is summed over its three colours: on grey pictures that computes the
    same as the RGB network fed the grey three times. Raises DataProblem where the file is
    missing or doesn't fit.
    """
    arrays = read_arrays(path)
    for layer in network.get_layer("features").layers:
        for variable in layer.weights:
            kind = variable.name
            if layer.name.startswith("conv_dw") and kind == "kernel":
                kind = "depthwise_kernel"  # what older Keras versions, and so such files, call it
            _assign(variable, f"{layer.name}/{kind}", arrays, path)


def load_start(network: keras.Model, bundle_dir: Path) -> None:
    """Start from the Keras weights of a bundle of the same network, of any input size.

    Raises BundleProblem or DataProblem where there are none that fit.
    """
    bundle = load_bundle(bundle_dir)
    weights = [bundle_dir / file.name for file in bundle.files if file.role == "keras"]
    if not weights:
        raise DataProblem(f"The bundle {bundle_dir} holds no Keras weights to start from")
    try:
        network.load_weights(weights[0])
    except ValueError as error:
        raise DataProblem(f"The weights of {bundle_dir} don't fit this network: {error}") from error


def freeze(network: keras.Model, until: str) -> None:
    """Leave the MobileNet layers before the named one as they are; "" lets all learn."""
    layers = network.get_layer("features").layers
    if until and until not in [layer.name for layer in layers]:
        raise DataProblem(f"frozen_until={until}: MobileNet has no such layer")
    for layer in layers:
        if layer.name == until or not until:
            return
        layer.trainable = False


def move_logits(network: keras.Model, moves: Float32Array) -> None:
    """Add (8,) float32 to what the network answers, for good."""
    bias = network.get_layer("logits").bias
    bias.assign(bias + moves)


def _assign(variable: Any, name: str, arrays: dict[str, Any], path: Path) -> None:
    """Put the array of that name into a Keras variable."""
    if name not in arrays:
        raise DataProblem(f"The pretrained weights {path} lack {name}")
    array = arrays[name]
    if name == "conv1/kernel":
        array = array.sum(axis=2, keepdims=True)
    if array.shape != tuple(variable.shape):
        raise DataProblem(
            f"The pretrained weights {path} don't fit: {name} is {array.shape}, the network's "
            f"is {tuple(variable.shape)}. Use weights of the same alpha, or none"
        )
    variable.assign(array)
