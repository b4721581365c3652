"""Asks for a file to read or to write, without blocking what runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """What is asked: a title, a name to begin with, its ending without dot, the kind's name.

    writes is for a file that is to be written; an existing one is asked about by the dialog.
    """

    title: str
    name: str
    ending: str
    kind: str
    writes: bool


def ask_for_file(
    parent: QWidget, question: FileQuestion, on_chosen: Callable[[Path], None]
) -> None:
    """Open the question; on_chosen hears of a file unless it is dismissed."""
    dialog = QFileDialog(parent, question.title)
    dialog.setNameFilter(f"{question.kind} (*.{question.ending})")
    if question.writes:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(question.ending)
        dialog.selectFile(question.name)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
