"""Folders of pictures: a sub-folder a class, maybe in folders train, validation and test."""

from __future__ import annotations

from pathlib import Path

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.entries import NOT_STATED, Entries, Row, entries_of
from classroom_monitor.trainer.dataset.parts import is_part_name, part_of
from classroom_monitor.trainer.dataset.pictures import PICTURE_SUFFIXES
from classroom_monitor.trainer.dataset.records import Part

_LICENCE_STEMS = ("licence", "license")
_LICENCE_SUFFIXES = ("", ".txt", ".md")
_MAX_LICENCE_CHARACTERS = 120


def read_folder(folder: Path) -> Entries:
    """Read the picture files of a folder; the sub-folders' names are the labels.

    Raises DataProblem where there are no such sub-folders or no pictures in any.
    """
    classes = [(path, Part.NONE) for path in _sub_folders(folder)]
    if classes and all(is_part_name(path.name) for path, _ in classes):
        classes = [
            (path, part_of(above.name, str(above)))
            for above, _ in classes
            for path in _sub_folders(above)
        ]
    rows = [
        Row(picture, path.name, str(picture), part)
        for path, part in classes
        for picture in sorted(path.iterdir())
        if picture.suffix.lower() in PICTURE_SUFFIXES
    ]
    if not rows:
        raise DataProblem(f"{folder} holds no pictures in sub-folders: it needs one for each class")
    return entries_of(rows, sorted({path.name for path, _ in classes}), _licence_note(folder))


def _licence_note(folder: Path) -> str:
    """Return the first line of a LICENSE or licence.txt in a folder, "not stated" without."""
    for path in sorted(folder.iterdir()):
        if path.stem.lower() in _LICENCE_STEMS and path.suffix.lower() in _LICENCE_SUFFIXES:
            lines = path.read_text("utf-8", errors="replace").split("\n")
            note = next((line.strip() for line in lines if line.strip()), NOT_STATED)
            return note[:_MAX_LICENCE_CHARACTERS]
    return NOT_STATED


def _sub_folders(folder: Path) -> list[Path]:
    """Return the sub-folders in order, but for those that systems make for themselves."""
    return sorted(
        path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))
    )
