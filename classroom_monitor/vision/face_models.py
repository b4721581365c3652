"""The face models that ship with the program, verified against their manifest at load."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classroom_monitor.errors import BundleProblem
from classroom_monitor.resources import assets_dir

SHORT_RANGE = "face_detection_short_range.tflite"
FULL_RANGE = "face_detection_full_range_sparse.tflite"


@dataclass(frozen=True, slots=True)
class ShippedModels:
    """Where the shipped face models are and come from; size_bytes is that of all of them."""

    folder: Path
    licence: str
    source: str
    version: str
    size_bytes: int


def face_models_dir() -> Path:
    """Return the folder of the face models and their manifest.json. Raises BundleProblem."""
    return assets_dir() / "face_models"


def read_face_model(name: str, folder: Path | None = None) -> bytes:
    """Return a face model's content, its SHA-256 checked against manifest.json beside it.

    Raises BundleProblem where model or manifest is missing, damaged or changed.
    """
    folder = folder or face_models_dir()
    expected = read_manifest(folder).get(name)
    path = folder / name
    way_out = "install the program again"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BundleProblem(
            f"face model {path} can't be read ({error.strerror}): {way_out}"
        ) from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise BundleProblem(
            f"face model {path} is damaged or was changed (its SHA-256 isn't the one in "
            f"manifest.json): {way_out}"
        )
    return content


def shipped_models(folder: Path | None = None) -> ShippedModels:
    """Verify every shipped face model and say what they are together. Raises BundleProblem."""
    folder = folder or face_models_dir()
    document = _read_manifest(folder)
    size_bytes = sum(len(read_face_model(name, folder)) for name in read_manifest(folder))
    source, licence = (str(document.get(key, "not stated")) for key in ("source", "licence"))
    version = source.removeprefix("mediapipe ").split(",")[0]
    return ShippedModels(folder, licence, source, version, size_bytes)


def read_manifest(folder: Path) -> dict[str, str]:
    """Return {file name: SHA-256} from a folder's manifest.json. Raises BundleProblem."""
    return {name: str(entry["sha256"]) for name, entry in _read_manifest(folder)["files"].items()}


def _read_manifest(folder: Path) -> dict[str, Any]:
    """Return a manifest whose files each have a SHA-256. Raises BundleProblem."""
    path = folder / "manifest.json"
    try:
        document: dict[str, Any] = json.loads(path.read_bytes())
        for entry in document["files"].values():
            entry["sha256"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BundleProblem(
            f"face model list {path} is missing or damaged: install the program again"
        ) from error
    return document
