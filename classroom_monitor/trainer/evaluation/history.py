"""The training history that a bundle may carry: history.json, a list of a record per epoch."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from classroom_monitor.errors import BundleProblem

FILE_NAME = "history.json"


def write_bundle_history(history: list[dict[str, float]], bundle_folder: Path) -> None:
    """Write history.json into a bundle's folder."""
    text = json.dumps(history, indent=1) + "\n"
    (bundle_folder / FILE_NAME).write_text(text, encoding="utf-8")


def read_history(bundle_folder: Path) -> list[dict[str, float]]:
    """Return the bundle's epochs, each with its number as epoch; none where it has no history.

    What isn't a finite number is left out. Raises BundleProblem where the file is no such list.
    """
    path = bundle_folder / FILE_NAME
    if not path.is_file():
        return []
    try:
        epochs = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BundleProblem(
            f"the training history {path} can't be read ({error}): remove it"
        ) from error
    if not isinstance(epochs, list) or not all(isinstance(epoch, dict) for epoch in epochs):
        raise BundleProblem(f"the training history {path} is no list of epochs: remove it")
    return [{"epoch": float(k), **_numbers_of(epoch)} for k, epoch in enumerate(epochs, start=1)]


def _numbers_of(epoch: dict[str, Any]) -> dict[str, float]:
    return {
        str(name): float(value)
        for name, value in epoch.items()
        if isinstance(value, int | float) and math.isfinite(value)
    }
