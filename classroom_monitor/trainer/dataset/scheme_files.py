"""Label schemes from small JSON files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.records import LabelScheme

_KEYS = {"classes", "annotation", "others", "ignored"}


def read_scheme(path: Path) -> LabelScheme:
    """Return the scheme of a JSON file, as get_scheme describes it. Raises DataProblem."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataProblem(f"{path} is not a readable JSON file: {error}") from error
    if not isinstance(content, dict) or "classes" not in content or set(content) - _KEYS:
        raise DataProblem(
            f"{path} must hold an object with classes and at most {', '.join(sorted(_KEYS))}"
        )
    others = content.get("others", "together")
    if others not in ("together", "apart"):
        raise DataProblem(f"{path}: others is {others!r}, it must be together or apart")
    return LabelScheme(
        path.stem,
        _checked_classes(path, content["classes"]),
        str(content.get("annotation", "votes")),
        others,
        tuple(_checked_labels(path, "ignored", content.get("ignored", []))),
    )


def _checked_classes(path: Path, classes: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(classes, dict) or len(classes) < 2:
        raise DataProblem(f"{path}: classes must name at least two classes and their labels")
    checked = {name: _checked_labels(path, name, labels) for name, labels in classes.items()}
    labels = [label for members in checked.values() for label in members]
    doubled = [label for label in labels if labels.count(label) > 1]
    if doubled:
        raise DataProblem(f"{path}: the label {doubled[0]!r} is in two classes")
    return checked


def _checked_labels(path: Path, name: str, labels: Any) -> tuple[str, ...]:
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise DataProblem(f"{path}: {name} must be a list of labels")
    return tuple(labels)
