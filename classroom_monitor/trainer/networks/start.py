"""Where a network's weights start: at random, from pretrained ones, or from another bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.errors import DataProblem
from classroom_monitor.files import WEIGHTS_ERRORS
from classroom_monitor.trainer.backend import import_keras, runs_on_tensorflow
from classroom_monitor.trainer.networks.pretrained import read_pretrained
from classroom_monitor.vision.bundle import load_bundle

if TYPE_CHECKING:
    import keras

    from classroom_monitor.trainer.listener import TrainingListener
    from classroom_monitor.trainer.recipe import Recipe

FEATURES = "features"
"""The layer that holds a pretrained network's layers, where a network has one."""

OFTEN_ABSENT = frozenset({"conv_pw_13/kernel"})
"""Last layers that weights files lack at times: they start at random."""


def start_network(recipe: Recipe, classes: int, listener: TrainingListener) -> keras.Model:
    """Return the recipe's network of so many outputs with its starting weights, frozen as asked.

    What starts at random is never frozen: there is nothing in it to keep. Raises DataProblem or
    BundleProblem where what it is to start from is missing or doesn't fit.
    """
    import_keras().utils.set_random_seed(recipe.data.seed)
    network = _for_learning(recipe.build(recipe, classes))
    if recipe.start.start_dirs:
        load_start(network, recipe.start.start_dirs)
    elif recipe.start.pretrained:
        for name in load_pretrained(network, recipe):
            listener.on_notice(f"{recipe.start.pretrained} lacks {name}: it starts at random")
    elif _has_features(network):
        listener.on_notice(
            "no pretrained weights were named: starting from random weights, all of which learn. "
            "--set pretrained=FILE starts from ImageNet weights, --set pretrained=download fetches "
            "them"
        )
    if recipe.start.start_dirs or recipe.start.pretrained:
        freeze(network, recipe.start.frozen_until)
    return network


def load_pretrained(network: keras.Model, recipe: Recipe) -> list[str]:
    """Start the network's features from recipe.start.pretrained; return what that lacks.

    The first kernel's colours are summed where the network sees grey: that computes the same as
    the RGB network fed the grey three times. Raises DataProblem where nothing fits.
    """
    if not _has_features(network):
        raise DataProblem(
            f"pretrained={recipe.start.pretrained}: recipe {recipe.name} has a network of its own "
            "that starts from random weights, leave pretrained out"
        )
    arrays = read_pretrained(recipe)
    lacking = []
    for layer in network.get_layer(FEATURES).layers:
        for variable in layer.weights:
            name = _name_in(arrays, layer.name, variable.name)
            if name in arrays:
                _assign(variable, name, arrays[name], recipe.start.pretrained)
            elif name in OFTEN_ABSENT:
                lacking.append(name)
            else:
                raise DataProblem(f"The pretrained weights {recipe.start.pretrained} lack {name}")
    return lacking


def load_start(network: keras.Model, bundle_dirs: Sequence[Path]) -> None:
    """Start from the mean of the Keras weights of bundles of the same network, of any input size.

    Wortsman et al. 2022, "Model soups: averaging weights of multiple fine-tuned models improves
    accuracy without increasing inference time". Raises BundleProblem or DataProblem where there
    are none that fit.
    """
    each = []
    for bundle_dir in bundle_dirs:
        _load_bundle_weights(network, bundle_dir)
        each.append(network.get_weights())
    network.set_weights([np.mean(arrays, axis=0) for arrays in zip(*each, strict=True)])


def _load_bundle_weights(network: keras.Model, bundle_dir: Path) -> None:
    bundle = load_bundle(bundle_dir)
    weights = [bundle_dir / file.name for file in bundle.files if file.role == "keras"]
    if not weights:
        raise DataProblem(f"The bundle {bundle_dir} holds no Keras weights to start from")
    try:
        network.load_weights(weights[0])
    except WEIGHTS_ERRORS as error:
        raise DataProblem(f"The weights of {bundle_dir} don't fit this network: {error}") from error


def freeze(network: keras.Model, until: str) -> None:
    """Leave the layers before the named one as they are; "" lets all learn."""
    layers = network.get_layer(FEATURES).layers if _has_features(network) else network.layers
    if until and until not in [layer.name for layer in layers]:
        raise DataProblem(f"frozen_until={until}: the network has no such layer")
    for layer in layers:
        if layer.name == until or not until:
            return
        layer.trainable = False


def _for_learning(network: keras.Model) -> keras.Model:
    """Return the network as its backend learns fastest; it computes the same."""
    if not runs_on_tensorflow():
        return network
    from classroom_monitor.trainer.networks.fused_norm import with_fused_norms

    return with_fused_norms(network)


def _has_features(network: keras.Model) -> bool:
    return FEATURES in [layer.name for layer in network.layers]


def _name_in(arrays: dict[str, Any], layer: str, variable: str) -> str:
    """Return an array's name; older Keras versions called a depthwise kernel by another one."""
    older = f"{layer}/depthwise_{variable}"
    return older if older in arrays else f"{layer}/{variable}"


def _assign(variable: Any, name: str, array: Any, source: str) -> None:
    """Put an array into a Keras variable, colours summed where the network sees grey."""
    wanted = tuple(variable.shape)
    if array.ndim == 4 and array.shape[2] == 3 and wanted[2] == 1:
        array = np.sum(array, axis=2, keepdims=True)
    if array.shape != wanted:
        raise DataProblem(
            f"The pretrained weights {source} don't fit: {name} is {array.shape}, the network's "
            f"is {wanted}. Use weights of the same network and width, or none"
        )
    variable.assign(array)
