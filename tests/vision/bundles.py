"""Makes a small bundle of random weights for tests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

DATA = Path(__file__).parent / "data"
ROLES = {"float32.tflite": "litert-float32", "int8.tflite": "litert-int8"}


def tiny_bundle_json(folder: Path) -> dict[str, Any]:
    """Return a bundle.json that fits the files in folder."""
    files = {
        name: {
            "role": role,
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
            "bytes": (folder / name).stat().st_size,
        }
        for name, role in ROLES.items()
    }
    return {
        "format": 1,
        "name": "tiny",
        "version": "1.0",
        "licence": "Apache-2.0",
        "created": "2026-11-22",
        "recipe": {"name": "tiny"},
        "data": {},
        "classes": ["negative", "neutral", "positive"],
        "outputs": ["sad", "angry", "calm", "happy"],
        "groups": {"negative": ["sad", "angry"], "neutral": ["calm"], "positive": ["happy"]},
        "input": {"size_px": 16, "channels": 1},
        "crop": {"scale": 1.2, "shift_up": 0.1},
        "temperature": 1.5,
        "thresholds": {"min_face_px": 20, "min_certainty": 0.4},
        "files": files,
    }


def write_bundle_json(folder: Path, document: object) -> None:
    """Write folder/bundle.json."""
    (folder / "bundle.json").write_text(json.dumps(document), encoding="utf-8")


def make_tiny_bundle(folder: Path, **changes: object) -> Path:
    """Write a bundle into folder, its bundle.json's members replaced by changes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ROLES:
        (folder / name).write_bytes((DATA / f"tiny_{name}").read_bytes())
    write_bundle_json(folder, tiny_bundle_json(folder) | changes)
    return folder


def poison(folder: Path, name: str = "float32.tflite") -> None:
    """Put numbers that aren't finite among a bundle's weights; bundle.json says they are right."""
    weights = bytearray((folder / name).read_bytes())
    numbers = np.frombuffer(bytes(weights), np.float32, count=len(weights) // 4)
    for index in np.flatnonzero((np.abs(numbers) > 1e-3) & (np.abs(numbers) < 1)):
        weights[index * 4 : index * 4 + 4] = np.float32(np.nan).tobytes()
    replace_weights(folder, name, bytes(weights))


def replace_weights(folder: Path, name: str, weights: bytes) -> None:
    """Replace a file of a bundle and say so in its bundle.json."""
    (folder / name).write_bytes(weights)
    document = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    document["files"][name]["sha256"] = hashlib.sha256(weights).hexdigest()
    document["files"][name]["bytes"] = len(weights)
    write_bundle_json(folder, document)
