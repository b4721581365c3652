"""Looks a data set over before hours are spent on it, and writes down what it found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.files import replace_text
from classroom_monitor.trainer.dataset.records import DataReport, Dataset, Split
from classroom_monitor.trainer.dataset.report_sheet import draw_examples
from classroom_monitor.trainer.dataset.report_text import to_markdown
from classroom_monitor.trainer.dataset.splitting import crossing, own_parts
from classroom_monitor.trainer.dataset.usable import is_blank, is_rejected
from classroom_monitor.trainer.labels import NO_CLASS, BoolArray, IntArray
from classroom_monitor.trainer.splits import DuplicateGroups

EXAMPLES = 12
"""Pictures of each class on the example sheet."""


def inspect_dataset(
    dataset: Dataset,
    labels: IntArray,
    classes: Sequence[str],
    duplicates: DuplicateGroups,
    split: Split,
) -> DataReport:
    """Return what is to be known of a data set as it was loaded, and of the split made of it.

    labels is (n,) int64, indices into classes or NO_CLASS; duplicates are the whole set's. Never
    raises for bad data: what forbids training is in the report's problems, and require_sound
    raises it.
    """
    blank = is_blank(dataset.images)
    counts = _counts(dataset, labels, classes, split)
    kept = sum(len(part) for part in (split.training, split.validation, split.test))
    return DataReport(
        classes=tuple(classes),
        pictures=len(dataset),
        without_class=int((labels == NO_CLASS).sum()),
        licence=dataset.licence,
        counts=counts,
        imbalance=_imbalance(counts["training"]),
        unreadable=dataset.unreadable,
        blank=_origins(dataset, blank),
        rejected=_origins(dataset, is_rejected(dataset) & ~blank),
        exact=_count_exact(dataset.images),
        near=len(dataset) - len(np.unique(duplicates.near)),
        contradictory=_contradictory(dataset, labels, classes, duplicates),
        in_two_parts=_origins(dataset, crossing(own_parts(dataset), duplicates.near)),
        not_in_split=len(dataset) - kept,
        problems=_problems(counts),
        examples=_examples(dataset, np.where(blank, NO_CLASS, labels), len(classes)),
    )


def require_sound(report: DataReport) -> None:
    """Raise DataProblem where a class is empty or has pictures in one part only."""
    if report.problems:
        raise DataProblem(report.problems[0])


def write_report(report: DataReport, folder: Path) -> None:
    """Write data_report.md, data_report.json and the example sheet data_examples.png.

    The sheet shows persons: folder is the one that the user named. An older report there is
    replaced. Raises DataProblem where the folder can't be written.
    """
    content = {key: value for key, value in asdict(report).items() if key != "examples"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_text(folder / "data_report.md", to_markdown(report))
        replace_text(
            folder / "data_report.json", json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        )
        (folder / "data_examples.png").write_bytes(draw_examples(report.classes, report.examples))
    except OSError as error:
        raise DataProblem(
            f"Cannot write the report on the data into {folder}: {error.strerror}"
        ) from error


def _counts(
    dataset: Dataset, labels: IntArray, classes: Sequence[str], split: Split
) -> dict[str, dict[str, int]]:
    """Return the pictures of each class in the whole set and in each part."""
    label_of = dict(zip(dataset.origins, labels.tolist(), strict=True))
    parts: dict[str, list[int]] = {"all": labels.tolist()}
    for name, part in (
        ("training", split.training),
        ("validation", split.validation),
        ("test", split.test),
    ):
        parts[name] = [label_of[origin] for origin in part.origins]
    return {
        name: {class_name: members.count(k) for k, class_name in enumerate(classes)}
        for name, members in parts.items()
    }


def _imbalance(training: dict[str, int]) -> float | None:
    fewest = min(training.values())
    return max(training.values()) / fewest if fewest else None


def _problems(counts: dict[str, dict[str, int]]) -> tuple[str, ...]:
    """Return a line for each class that is empty, or absent from a part that others are in."""
    lines = [
        f"The class {name} has no picture: give some, or choose a scheme without it"
        for name, count in counts["all"].items()
        if count == 0
    ]
    lines += [
        f"The class {name} has no picture in the {part} part: give more pictures of it, or "
        "choose another split"
        for part, members in counts.items()
        for name, count in members.items()
        if count == 0 and counts["all"][name] and any(members.values())
    ]
    return tuple(lines)


def _origins(dataset: Dataset, chosen: BoolArray) -> tuple[str, ...]:
    return tuple(dataset.origins[row] for row in np.flatnonzero(chosen))


def _count_exact(images: UInt8Array) -> int:
    return len(images) - len({image.tobytes() for image in images})


def _contradictory(
    dataset: Dataset, labels: IntArray, classes: Sequence[str], duplicates: DuplicateGroups
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the groups of the same picture whose members have different classes."""
    members: dict[int, list[int]] = {}
    for row in np.flatnonzero(labels != NO_CLASS):
        members.setdefault(int(duplicates.same[row]), []).append(int(row))
    return tuple(
        tuple((dataset.origins[row], classes[labels[row]]) for row in rows)
        for rows in members.values()
        if len(set(labels[rows].tolist())) > 1
    )


def _examples(dataset: Dataset, labels: IntArray, classes: int) -> tuple[UInt8Array, ...]:
    """Return some pictures of each class, from all over the data set."""
    chosen = []
    for k in range(classes):
        rows = np.flatnonzero(labels == k)
        places = np.linspace(0, len(rows) - 1, min(EXAMPLES, len(rows)))
        chosen.append(dataset.images[rows[places.astype(np.int64)]])
    return tuple(chosen)
