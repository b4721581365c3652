"""Faces with a known class, to evaluate on: .npz with votes, a folder a class, or a CSV table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import MOODS, UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.data import load_voted_faces
from classroom_monitor.trainer.labels import (
    EXPRESSIONS,
    NO_CLASS,
    BoolArray,
    IntArray,
    expression_labels,
    valence_labels,
)
from classroom_monitor.vision.opencv import cv2

PICTURE_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".pgm", ".png", ".tif", ".tiff", ".webp"})


@dataclass(frozen=True, slots=True)
class LabelledFaces:
    """Face pictures, each (h, w) grey or (h, w, 3) BGR uint8, and their classes, (n,) int64.

    expressions, (n,) int64, holds indices into EXPRESSIONS or NO_CLASS where votes tell them.
    """

    images: Sequence[UInt8Array]
    truth: IntArray
    expressions: IntArray | None = None

    def select(self, chosen: BoolArray) -> LabelledFaces:
        """Return the faces that an (n,) bool mask chooses."""
        images = [image for image, is_chosen in zip(self.images, chosen, strict=True) if is_chosen]
        expressions = None if self.expressions is None else self.expressions[chosen]
        return LabelledFaces(images, self.truth[chosen], expressions)


def load_labelled_faces(path: Path, classes: Sequence[str]) -> LabelledFaces:
    """Read the faces that a path holds for these classes.

    An .npz gives the faces that have a class by their votes, a folder has a sub-folder of
    pictures per class, a .csv has the columns file (relative to the table) and target. Raises
    DataProblem where something is missing, unreadable, or a class has no face.
    """
    if path.is_dir():
        faces = _from_folders(path, classes)
    elif path.suffix.lower() == ".csv":
        faces = _from_table(path, classes)
    else:
        faces = _from_votes(path, classes)
    empty = [name for k, name in enumerate(classes) if not (faces.truth == k).any()]
    if empty:
        raise DataProblem(f"{path} holds no face of the class {empty[0]}: every class needs some")
    return faces


def _from_votes(path: Path, classes: Sequence[str]) -> LabelledFaces:
    faces = load_voted_faces([path])
    if tuple(classes) == MOODS:
        truth = valence_labels(faces.votes)
    elif set(classes) <= set(EXPRESSIONS):
        index = {EXPRESSIONS.index(name): k for k, name in enumerate(classes)}
        labels = expression_labels(faces.votes)
        truth = np.array([index.get(int(label), NO_CLASS) for label in labels], dtype=np.int64)
    else:
        raise DataProblem(
            f"{path} holds FER+ votes, which don't tell the classes {', '.join(classes)}: "
            "evaluate on a folder a class or a CSV table instead"
        )
    has_class = truth != NO_CLASS
    expressions = expression_labels(faces.votes)[has_class]
    return LabelledFaces(faces.images[has_class], truth[has_class], expressions)


def _from_folders(folder: Path, classes: Sequence[str]) -> LabelledFaces:
    labelled = []
    for k, name in enumerate(classes):
        if not (folder / name).is_dir():
            raise DataProblem(f"{folder} has no sub-folder {name}: it needs one for each class")
        pictures = sorted(p for p in (folder / name).iterdir() if _is_picture(p))
        labelled += [(picture, k) for picture in pictures]
    return _read_pictures(labelled)


def _from_table(table: Path, classes: Sequence[str]) -> LabelledFaces:
    try:
        with table.open(newline="", encoding="utf-8-sig") as handle:
            rows = list(csv.DictReader(handle))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataProblem(f"{table} is not a readable CSV table: {error}") from error
    if not rows or not {"file", "target"} <= set(rows[0]):
        raise DataProblem(f"{table} needs rows, and a header with the columns file and target")
    labelled = []
    for line, row in enumerate(rows, start=2):
        if row["target"] not in classes:
            raise DataProblem(
                f"{table}, line {line}: the target {row['target']!r} is none of "
                f"{', '.join(classes)}"
            )
        labelled.append((table.parent / row["file"], classes.index(row["target"])))
    return _read_pictures(labelled)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURE_SUFFIXES


def _read_pictures(labelled: Sequence[tuple[Path, int]]) -> LabelledFaces:
    images = [_read_picture(path) for path, _ in labelled]
    return LabelledFaces(images, np.array([k for _, k in labelled], dtype=np.int64))


def _read_picture(path: Path) -> UInt8Array:
    """Return (h, w, 3) uint8 BGR; read through bytes, which takes any file name anywhere."""
    try:
        encoded = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise DataProblem(f"Cannot read the picture {path}: {error.strerror}") from error
    image = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if image is None:
        raise DataProblem(f"{path} is not a picture that can be read: leave it out")
    return np.asarray(image, np.uint8)
