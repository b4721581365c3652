"""Kinds that training and evaluation read: data sets, and Keras weights in bundles."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classroom_monitor.cli.model_engines import training_engines
from classroom_monitor.contracts import CropBatch
from classroom_monitor.trainer.dataset.load import load_dataset
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.opencv import cv2
from tests.fakes.videos import shape_picture
from tests.fuzz.kind import Place
from tests.fuzz.kinds.bundles import forged_json
from tests.fuzz.kinds.files import npz
from tests.fuzz.mutations import mutate, nudge
from tests.fuzz.texts import hostile_text

_WEIGHTS = "network.weights.h5"
_SIZE_PX, _OUTPUTS = 16, ("negative", "neutral", "positive")


class Datasets:
    """Tables of pictures or pixels, and archives of faces with votes."""

    def __init__(self) -> None:
        faces, votes = np.zeros((4, 8, 8), np.uint8), np.ones((4, 10), np.uint8)
        pixels = " ".join(["7"] * 64)
        self._good = {
            "faces.npz": npz(images=faces, votes=votes, fer2013=np.zeros(4, np.uint8)),
            "fer2013.csv": f"emotion,pixels,Usage\n3,{pixels},Training\n6,{pixels},\n".encode(),
            "table.csv": b"file,target,part\na.png,happy,training\na.png,sad,test\n",
        }
        self._picture = cv2.imencode(".png", shape_picture(1))[1].tobytes()

    def make(self, dice: random.Random, place: Place) -> Path:
        name = dice.choice(tuple(self._good))
        good = self._good[name]
        if name.endswith(".csv") and dice.random() < 0.4:
            row = ",".join(f'"{hostile_text(dice)}"' for _ in range(3))
            good += row.encode("utf-8", "surrogatepass")
        path = place.inputs / name
        path.write_bytes(nudge(dice, good) if dice.random() < 0.3 else mutate(dice, good))
        (place.inputs / "a.png").write_bytes(self._picture)
        return path

    def attempt(self, case: Path, place: Place) -> str:
        dataset = load_dataset([case], side_px=12)
        assert dataset.images.shape[1:] == (12, 12)
        return "read"

    def close(self) -> None:
        pass


class KerasWeights:
    """Bundles with broken Keras weights and forged recipes, as `models check` tries them.

    In this process, where a crash of HDF5's native code is seen; needs the train extra.
    """

    def __init__(self) -> None:
        from classroom_monitor.trainer.networks.rebuild import keras_network

        with TemporaryDirectory() as parent:
            folder = Path(parent)
            (folder / _WEIGHTS).write_bytes(b"none yet")
            self._document = _describe(folder)
            network = _network(load_bundle(folder))
            network.save_weights(folder / _WEIGHTS)
            self._good = (folder / _WEIGHTS).read_bytes()
            _describe(folder)
            keras_network(load_bundle(folder))
        self._answer = training_engines()["keras"]

    def make(self, dice: random.Random, place: Place) -> Path:
        folder = place.inputs / "bundle"
        folder.mkdir()
        broken = nudge(dice, self._good) if dice.random() < 0.5 else mutate(dice, self._good)
        forged = dice.random() < 0.3
        (folder / _WEIGHTS).write_bytes(self._good if forged else broken)
        _describe(folder)
        if forged:
            path = folder / "bundle.json"
            path.write_bytes(forged_json(dice, path.read_bytes(), within="recipe"))
        return folder

    def attempt(self, case: Path, place: Place) -> str:
        bundle = load_bundle(case)
        side, channels = bundle.crop.size_px, bundle.crop.channels
        self._answer(bundle, CropBatch(np.zeros((2, side, side, channels), np.uint8)))
        return "answered"

    def close(self) -> None:
        pass


def _describe(folder: Path) -> dict[str, Any]:
    """Write a bundle.json for the weights that are in a folder."""
    weights = (folder / _WEIGHTS).read_bytes()
    entry = {
        "role": "keras",
        "sha256": hashlib.sha256(weights).hexdigest(),
        "bytes": len(weights),
    }
    document = {
        **{"format": 1, "name": "tiny", "version": "1.0", "licence": "Apache-2.0"},
        **{"created": "2026-11-22", "data": {}, "temperature": 1.0},
        "recipe": {"name": "cnn_eight", "network": {}},
        **{"classes": _OUTPUTS, "outputs": _OUTPUTS},
        "groups": {name: [name] for name in _OUTPUTS},
        "input": {"size_px": _SIZE_PX, "channels": 1},
        "crop": {"scale": 1.2, "shift_up": 0.1},
        "thresholds": {"min_face_px": 20, "min_certainty": 0.4},
        "files": {_WEIGHTS: entry},
    }
    (folder / "bundle.json").write_text(json.dumps(document), encoding="utf-8")
    return document


def _network(bundle: Any) -> Any:
    """Build the network that a bundle's recipe stands for, with weights by chance."""
    from classroom_monitor.trainer.backend import import_keras
    from classroom_monitor.trainer.networks.rebuild import recipe_of

    import_keras()
    recipe = recipe_of(bundle)
    return recipe.build(recipe, len(bundle.outputs))
