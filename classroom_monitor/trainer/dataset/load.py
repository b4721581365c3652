"""Reads data sets of every kind into one record."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.archives import read_archive
from classroom_monitor.trainer.dataset.entries import NOT_STATED, Entries
from classroom_monitor.trainer.dataset.folders import read_folder
from classroom_monitor.trainer.dataset.names import LABELS
from classroom_monitor.trainer.dataset.pictures import read_picture
from classroom_monitor.trainer.dataset.records import Dataset
from classroom_monitor.trainer.dataset.tables import FERPLUS_TABLE, read_table
from classroom_monitor.vision.crops import CropSpec, crop_whole_image

logger = logging.getLogger(__name__)

MAX_UNREADABLE_SHARE = 0.1
"""Where more of the pictures can't be read, something is wrong with the data as a whole (the
wrong folder, a copy that broke off), and to go on with the rest would hide it."""


def load_dataset(paths: Sequence[Path], annotation: str = "votes", side_px: int = 48) -> Dataset:
    """Read data sets and join them; each may be

    - an .npz file with images and votes, fer2013 or both (annotation chooses),
    - FER2013's CSV table: emotion, pixels and maybe Usage,
    - FER+'s folder: fer2013new.csv, FER2013Train, FER2013Valid and FER2013Test,
    - a folder with a sub-folder of pictures per class, maybe in folders train, validation, test,
    - a CSV table with the columns file (relative to the table), target and maybe part.

    Pictures become grey squares of side_px. A few unreadable ones are left out and listed. Raises
    DataProblem, naming file and row, for data that can't be used.
    """
    if not paths:
        raise DataProblem("No data was named: give at least one file or folder of faces")
    return _join([_materialise(read_entries(path, annotation), side_px) for path in paths])


def read_entries(path: Path, annotation: str) -> Entries:
    """Return what a data set of any kind says of its pictures. Raises DataProblem."""
    if path.is_dir():
        return _read_folder(path)
    if not path.is_file():
        raise DataProblem(f"There is no file or folder {path}")
    if path.suffix.lower() == ".csv":
        return read_table(path)
    if path.suffix.lower() == ".npz":
        return read_archive(path, annotation)
    raise DataProblem(f"{path} is no data set: name a folder, a .csv table or an .npz file")


def _read_folder(folder: Path) -> Entries:
    table = folder / FERPLUS_TABLE
    try:
        return read_table(table) if table.is_file() else read_folder(folder)
    except OSError as error:
        raise DataProblem(f"Cannot read {error.filename or folder}: {error.strerror}") from error


def _materialise(entries: Entries, side_px: int) -> Dataset:
    """Read and resample the pictures of entries."""
    if isinstance(entries.pictures, np.ndarray) and entries.pictures.shape[1:] == (
        side_px,
        side_px,
    ):
        return _dataset(entries, entries.pictures, ())
    spec = CropSpec(side_px, channels=1, scale=1.0, shift_up=0.0)
    images = np.empty((len(entries), side_px, side_px), np.uint8)
    readable = np.ones(len(entries), dtype=np.bool_)
    unreadable = []
    for row in range(len(entries)):
        try:
            images[row] = crop_whole_image(picture_at(entries, row), spec)[..., 0]
        except DataProblem as problem:
            logger.warning("left out: %s", problem)
            unreadable.append(str(problem))
            readable[row] = False
    if len(unreadable) > MAX_UNREADABLE_SHARE * len(entries):
        raise DataProblem(
            f"{unreadable[0]}; in all {len(unreadable)} of {len(entries)} pictures can't be read: "
            "is the folder the right one, and whole?"
        )
    dataset = _dataset(entries, images, tuple(unreadable))
    return dataset.select(readable) if unreadable else dataset


def _dataset(entries: Entries, images: UInt8Array, unreadable: tuple[str, ...]) -> Dataset:
    return Dataset(
        images,
        entries.votes,
        entries.names,
        entries.origins,
        entries.parts,
        entries.licence,
        unreadable,
    )


def picture_at(entries: Entries, row: int) -> UInt8Array:
    """Return one picture, (h, w) grey or (h, w, 3) BGR uint8. Raises DataProblem."""
    picture = entries.pictures[row]
    if isinstance(picture, Path):
        return read_picture(picture, entries.origins[row])
    return np.asarray(picture, np.uint8)


def _join(datasets: Sequence[Dataset]) -> Dataset:
    """Return one data set with the labels of all: the usual ten first, as far as they occur."""
    if len(datasets) == 1:
        return datasets[0]
    found = dict.fromkeys(name for dataset in datasets for name in dataset.names)
    names = [name for name in LABELS if name in found]
    names += [name for name in found if name not in LABELS]
    votes = []
    for dataset in datasets:
        columns = [names.index(name) for name in dataset.names]
        widened = np.zeros((len(dataset), len(names)), np.float32)
        widened[:, columns] = dataset.votes
        votes.append(widened)
    licences = dict.fromkeys(d.licence for d in datasets if d.licence != NOT_STATED)
    return Dataset(
        np.concatenate([dataset.images for dataset in datasets]),
        np.concatenate(votes),
        tuple(names),
        tuple(origin for dataset in datasets for origin in dataset.origins),
        np.concatenate([dataset.parts for dataset in datasets]),
        "; ".join(licences) or NOT_STATED,
        tuple(line for dataset in datasets for line in dataset.unreadable),
    )
