"""Engines beside the program's own that `models check` tries where they are installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping

import numpy as np

from classroom_monitor.contracts import CropBatch, Float32Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.bundle_check import Answer
from classroom_monitor.vision.classifier import class_probabilities
from classroom_monitor.vision.crops import mirror_crops


def training_engines() -> Mapping[str, Answer]:
    """Return Keras by its role in bundles, if the train extra is installed; it isn't imported."""
    wanted = ("keras", "tensorflow")
    if any(importlib.util.find_spec(package) is None for package in wanted):
        return {}
    return {"keras": keras_answer}


def keras_answer(bundle: Bundle, crops: CropBatch) -> Float32Array:
    """Return the (n, classes) probabilities that a bundle's Keras network gives, as live ones are.

    Raises BundleProblem where the network can't be built again or its numbers aren't finite.
    """
    from classroom_monitor.trainer.networks.rebuild import keras_network

    network = keras_network(bundle)
    as_they_are = network.predict_on_batch(crops.images)
    mirrored = network.predict_on_batch(mirror_crops(crops).images)
    logits = np.asarray((as_they_are + mirrored) / 2, np.float32)
    if not np.isfinite(logits).all():
        raise BundleProblem(
            f"the Keras network of model bundle {bundle.folder} gives numbers that aren't finite: "
            "train it again"
        )
    return class_probabilities(logits, bundle.groups, bundle.temperature)
