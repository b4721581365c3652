"""Writes small data sets of every kind that can be read, of pictures told apart by a number."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.dataset.names import LABELS

SIDE_PX = 48

FERPLUS_HEADER = ["Usage", "Image name", *LABELS[:-1], "NF"]
FERPLUS_FOLDERS = {
    "Training": "FER2013Train",
    "PublicTest": "FER2013Valid",
    "PrivateTest": "FER2013Test",
}


def picture(number: int, side_px: int = SIDE_PX) -> UInt8Array:
    """Return a (side, side) uint8 picture of smooth blotches, each number another one."""
    coarse = np.random.default_rng(number).integers(0, 256, (6, 6)).astype(np.uint8)
    return np.asarray(cv2.resize(coarse, (side_px, side_px), interpolation=cv2.INTER_CUBIC))


def write_picture(path: Path, number: int, side_px: int = SIDE_PX) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded = cv2.imencode(".png", picture(number, side_px))[1]
    path.write_bytes(encoded.tobytes())
    return path


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path


def pixels(number: int) -> str:
    return " ".join(map(str, picture(number).ravel()))


def write_fer2013(path: Path, rows: Iterable[tuple[object, str]]) -> Path:
    """Write FER2013's table with the given emotions and usages; row k shows picture(k)."""
    content = [(emotion, pixels(k), usage) for k, (emotion, usage) in enumerate(rows)]
    return write_csv(path, ["emotion", "pixels", "Usage"], content)


def write_ferplus(folder: Path, rows: Iterable[tuple[str, str, str]]) -> Path:
    """Write FER+'s layout; a row is its usage, the picture's name and the label of ten votes.

    The picture shows the number in its name; a row without a name has no file.
    """
    content: list[list[object]] = []
    for usage, name, label in rows:
        content.append([usage, name, *(10 * (label == column) for column in LABELS)])
        if name:
            number = int(name.removeprefix("fer").removesuffix(".png"))
            write_picture(folder / FERPLUS_FOLDERS[usage] / name, number)
    write_csv(folder / "fer2013new.csv", FERPLUS_HEADER, content)
    return folder
