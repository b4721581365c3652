"""Writes a model bundle: engines, weights, bundle.json, all or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.convert import convert_float32, convert_int8
from classroom_monitor.trainer.learning import computing_in
from classroom_monitor.trainer.networks.rebuild import at_one_size
from classroom_monitor.trainer.networks.shape import move_logits
from classroom_monitor.trainer.outputs import Outputs
from classroom_monitor.trainer.predict import crop_spec
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.weights_file import save_weights
from classroom_monitor.vision.bundle import BUNDLE_FORMAT

if TYPE_CHECKING:
    import keras

ROLES = {
    "float32.tflite": "litert-float32",
    "int8.tflite": "litert-int8",
    "network.weights.h5": "keras",
}
"""The bundle's files and what each is for."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the validation faces decided; offsets, one per class, go into the weights."""

    temperature: float
    offsets: tuple[float, ...]
    min_face_px: int
    min_certainty: float


@dataclass(frozen=True, slots=True)
class Description:
    """What bundle.json says besides the files; faces is how many were trained on."""

    recipe: Recipe
    outputs: Outputs
    calibration: Calibration
    faces: int


def require_free(folder: Path) -> None:
    """Raise DataProblem where the bundle's folder is taken: nothing is ever overwritten."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise DataProblem(f"{folder} is there already: name another output folder, or remove it")


def part_folder(folder: Path) -> Path:
    """Return where a bundle grows until it is complete, beside its place."""
    return folder.with_name(folder.name + ".part")


def exported_network(
    network: keras.Model, recipe: Recipe, outputs: Outputs, calibration: Calibration
) -> keras.Model:
    """Return the network at the bundle's input size, its logits moved by the classes' offsets.

    Moving all logits of a class by an offset moves their log-sum-exp by as much.
    """
    with computing_in("float32"):  # whatever it was trained in
        fixed = recipe.build(at_one_size(recipe), len(outputs.names))
    fixed.set_weights(network.get_weights())
    moves = np.zeros(len(outputs.names), np.float32)
    for group, offset in zip(outputs.groups, calibration.offsets, strict=True):
        moves[list(group)] = offset
    move_logits(fixed, moves)
    return fixed


def write_weights(network: keras.Model, crops: UInt8Array, folder: Path) -> None:
    """Write an exported network for every engine into a folder.

    crops, (n, size, size, channels) uint8, are the faces that int8 is fitted to.
    """
    save_weights(network, folder / "network.weights.h5")
    (folder / "float32.tflite").write_bytes(convert_float32(network))
    (folder / "int8.tflite").write_bytes(convert_int8(network, crops))


def write_description(folder: Path, content: Description) -> None:
    """Write bundle.json for the weights in a folder."""
    recipe, outputs, calibration = content.recipe, content.outputs, content.calibration
    spec = crop_spec(recipe.input)
    about = recipe.about
    description = {
        "format": BUNDLE_FORMAT,
        "name": about.name or recipe.name,
        "version": about.version,
        "licence": about.licence,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "recipe": settings_for_bundle(recipe),
        "data": {"what": about.data_name, "licence": about.data_licence, "n": content.faces},
        "classes": list(outputs.classes),
        "outputs": list(outputs.names),
        "groups": {
            name: [outputs.names[member] for member in group]
            for name, group in zip(outputs.classes, outputs.groups, strict=True)
        },
        "input": {"size_px": spec.size_px, "channels": spec.channels, "fit": spec.fit},
        "crop": {"scale": spec.scale, "shift_up": spec.shift_up},
        "temperature": calibration.temperature,
        "thresholds": {
            "min_face_px": calibration.min_face_px,
            "min_certainty": calibration.min_certainty,
        },
        "files": {name: _file_entry(folder / name, role) for name, role in ROLES.items()},
    }
    (folder / "bundle.json").write_text(json.dumps(description, indent=2) + "\n", "utf-8")


def settings_for_bundle(recipe: Recipe) -> dict[str, Any]:
    """Return the recipe's name and settings as JSON values; files by their names without folders.

    With the name a bundle's network is built again from them.
    """
    parts = ("data", "input", "network", "learning", "augmentation", "start")
    settings: dict[str, Any] = {"name": recipe.name}
    settings |= {part: asdict(getattr(recipe, part)) for part in parts}
    for part, name in (
        ("start", "pretrained"),
        ("input", "super_resolution"),
        ("data", "scheme"),
    ):
        settings[part][name] = Path(settings[part][name]).name
    settings["start"] |= recipe.start.bundle_names()
    return settings | {"test": Path(recipe.test).name}


def fresh_part_folder(folder: Path) -> Path:
    """Make the empty folder that a bundle grows in; what an earlier try left there is removed."""
    part = part_folder(folder)
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(parents=True)
    return part


def publish(part: Path, folder: Path) -> None:
    """Put a complete bundle in its place in one go."""
    require_free(folder)
    if folder.is_dir():
        folder.rmdir()
    part.rename(folder)


def _file_entry(path: Path, role: str) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "role": role,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
