"""Reads ImageNet weights: from a file, or from where Keras keeps them when the user says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.arrays import read_arrays
from classroom_monitor.trainer.networks.vgg19 import Vgg19Settings
from classroom_monitor.vision.engines.keras_gpu.network import MobilenetSettings

if TYPE_CHECKING:
    import keras

    from classroom_monitor.trainer.recipe import Recipe

DOWNLOAD = "download"
"""The value of pretrained that lets Keras fetch its ImageNet weights from the network."""

BGR_KERNEL = "block1_conv1/kernel"
"""VGG19's first kernel, which Keras keeps in the order blue, green, red."""


def read_pretrained(recipe: Recipe) -> dict[str, Any]:
    """Return the arrays of recipe.start.pretrained, named layer/variable, colours in order RGB.

    It is an .npz of such arrays, a Keras weights file, or "download". Raises DataProblem where
    it is missing or can't be read.
    """
    pretrained = recipe.start.pretrained
    if Path(pretrained).suffix == ".npz":
        arrays = read_arrays(Path(pretrained))
    else:
        source = _download(recipe) if pretrained == DOWNLOAD else _from_file(recipe)
        arrays = {
            f"{layer.name}/{variable.name}": variable.numpy()
            for layer in source.layers
            for variable in layer.weights
        }
    if BGR_KERNEL in arrays:
        arrays[BGR_KERNEL] = arrays[BGR_KERNEL][:, :, ::-1]
    return arrays


def _from_file(recipe: Recipe) -> keras.Model:
    path = Path(recipe.start.pretrained)
    if not path.is_file():
        raise DataProblem(f"pretrained={path}: there is no such file")
    try:
        return _application(recipe, str(path))
    except (ValueError, OSError, KeyError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise DataProblem(
            f"pretrained={path} holds no weights of this network without its top ({reason}): "
            "name a Keras weights file of the same network, or an .npz"
        ) from error


def _download(recipe: Recipe) -> keras.Model:
    try:
        return _application(recipe, "imagenet")
    except Exception as error:  # what Keras raises without a network is no narrower
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise DataProblem(
            f"pretrained=download: Keras could not fetch the weights ({reason}); name a weights "
            "file with --set pretrained=FILE, or leave pretrained out to start at random"
        ) from error


def _application(recipe: Recipe, weights: str) -> keras.Model:
    """Return Keras's own network with these weights, without its top."""
    from keras import applications

    settings = recipe.network
    if isinstance(settings, MobilenetSettings):
        return applications.MobileNet(
            input_shape=(224, 224, 3), alpha=settings.alpha, include_top=False, weights=weights
        )
    if isinstance(settings, Vgg19Settings):
        return applications.VGG19(input_shape=(224, 224, 3), include_top=False, weights=weights)
    raise DataProblem(f"pretrained={weights}: Keras has no weights for recipe {recipe.name}")
