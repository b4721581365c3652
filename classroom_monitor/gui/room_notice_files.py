"""The notice for the room on paper and in files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSaveFile
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.files import replace_text
from classroom_monitor.gui.room_notice_text import NoticeFacts, notice_html

_PAPER_POINTS = 16
_MARGIN_MM = 20


def notice_document(facts: NoticeFacts) -> QTextDocument:
    """Return the notice as it is printed: black, in letters that can be read on a door."""
    document = QTextDocument()
    font = document.defaultFont()
    font.setPointSizeF(_PAPER_POINTS)
    document.setDefaultFont(font)
    document.setHtml(notice_html(facts))
    return document


def write_html(facts: NoticeFacts, path: Path) -> None:
    """Write the notice as HTML. Raises EnvironmentProblem; an older file is untouched then."""
    try:
        replace_text(path, notice_html(facts))
    except OSError as error:
        raise _unwritable(path, error.strerror or "") from error


def write_pdf(facts: NoticeFacts, path: Path) -> None:
    """Write the notice as PDF. Raises EnvironmentProblem; an older file is untouched then."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise _unwritable(path, file.errorString())
    writer = QPdfWriter(file)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    notice_document(facts).print_(writer)
    del writer  # it ends the document before the file takes the old one's place
    if not file.commit():
        raise _unwritable(path, file.errorString())


def _unwritable(path: Path, why: str) -> EnvironmentProblem:
    return EnvironmentProblem(f"cannot write {path} ({why}): choose another place")
