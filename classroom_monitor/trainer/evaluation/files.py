"""Writes a study's report into a folder: Markdown, one page of HTML, JSON, and the pictures."""

from __future__ import annotations

import json
from pathlib import Path

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.evaluation.document import (
    pictures_of,
    to_html,
    to_markdown,
)
from classroom_monitor.trainer.evaluation.figures import study_document
from classroom_monitor.trainer.evaluation.report import full_report
from classroom_monitor.trainer.evaluation.sheet import draw_sheet
from classroom_monitor.trainer.evaluation.study import Study

PICTURE_FOLDER = "pictures"
SHEET = "surest_mistakes.png"


def prepare_folder(folder: Path) -> None:
    """Make a report's folder, so that what is wrong with it is known before minutes of measuring.

    Raises DataProblem where it can't be made, or holds something: nothing is overwritten.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise DataProblem(f"{folder} is there already: name another output folder, or remove it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _problem(folder, error) from error


def write_report(study: Study, folder: Path, with_sheet: bool) -> None:
    """Write report.md, report.html, report.json and the pictures as SVG files.

    with_sheet adds a sheet of the surest mistakes, which shows persons. Raises DataProblem where
    the folder is taken or can't be written.
    """
    prepare_folder(folder)
    blocks = full_report(study)
    document = json.dumps(study_document(study), indent=1, allow_nan=False)
    texts = {
        "report.md": to_markdown(blocks, PICTURE_FOLDER),
        "report.html": to_html(blocks),
        "report.json": document + "\n",
    }
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    files |= {f"{PICTURE_FOLDER}/{one.file_name}": one.svg for one in pictures_of(blocks)}
    if with_sheet:
        files[SHEET] = draw_sheet(study.faces, study.subject.answers)
    try:
        (folder / PICTURE_FOLDER).mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise _problem(folder, error) from error


def _problem(folder: Path, error: OSError) -> DataProblem:
    return DataProblem(
        f"cannot write the report into {folder} ({error.strerror}): name another output folder"
    )
