"""The face models that ship with the program, verified against their manifest at load."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from classroom_monitor.errors import BundleProblem
from classroom_monitor.resources import assets_dir

SHORT_RANGE = "face_detection_short_range.tflite"
FULL_RANGE = "face_detection_full_range_sparse.tflite"


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


def read_manifest(folder: Path) -> dict[str, str]:
    """Return {file name: SHA-256} from a folder's manifest.json. Raises BundleProblem."""
    path = folder / "manifest.json"
    try:
        document = json.loads(path.read_bytes())
        return {str(name): str(entry["sha256"]) for name, entry in document["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BundleProblem(
            f"face model list {path} is missing or damaged: install the program again"
        ) from error
