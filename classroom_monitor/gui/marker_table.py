"""A session's markers and exclusions as tables."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import Exclusion, Marker
from classroom_monitor.gui.annotation_table import AnnotationTable
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.rows_model import RowsModel
from classroom_monitor.gui.session_edit import LONGEST_TEXT
from classroom_monitor.gui.time_text import retimed
from classroom_monitor.gui.timeline_annotations import SHORTEST_EXCLUSION_S


class MarkerRows(RowsModel[Marker]):
    """Time and text of each marker."""

    TIME, TEXT = range(2)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = (self.tr("Time"), self.tr("Text"))

    def text(self, row: Marker, column: int) -> str:
        """Return the time or the text."""
        return duration(row.t_s) if column == self.TIME else row.text

    def item(self, row: Marker) -> Marker:
        """Return the marker."""
        return row

    def may_edit(self, row: Marker, column: int) -> bool:
        """Both can be typed over."""
        return True

    def changed(self, row: Marker, column: int, text: str) -> Marker | None:
        """Return the marker at another time, or with another text."""
        if column == self.TEXT:
            said = text.strip()[:LONGEST_TEXT]
            return None if said == row.text else replace(row, text=said)
        t_s = retimed(text, row.t_s, self.end_s)
        return None if t_s is None else replace(row, t_s=t_s)


class ExclusionRows(RowsModel[Exclusion]):
    """Beginning, end, length and reason of each exclusion."""

    START, END, LENGTH, REASON = range(4)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = (self.tr("From"), self.tr("To"), self.tr("Length"), self.tr("Reason"))

    def text(self, row: Exclusion, column: int) -> str:
        """Return what a cell says."""
        return (
            duration(row.start_s),
            duration(row.end_s),
            duration(row.end_s - row.start_s),
            row.reason,
        )[column]

    def item(self, row: Exclusion) -> Exclusion:
        """Return the exclusion."""
        return row

    def may_edit(self, row: Exclusion, column: int) -> bool:
        """The length follows from the others."""
        return column != self.LENGTH

    def changed(self, row: Exclusion, column: int, text: str) -> Exclusion | None:
        """Return the exclusion with another bound or reason."""
        if column == self.REASON:
            reason = text.strip()[:LONGEST_TEXT]
            return None if reason == row.reason else replace(row, reason=reason)
        if column == self.START:
            start_s = retimed(text, row.start_s, row.end_s - SHORTEST_EXCLUSION_S)
            return None if start_s is None else replace(row, start_s=start_s)
        end_s = retimed(text, row.end_s, self.end_s)
        if end_s is None:
            return None
        return replace(row, end_s=max(end_s, row.start_s + SHORTEST_EXCLUSION_S))


def marker_table() -> AnnotationTable:
    """Return an empty table of markers."""
    table = AnnotationTable(MarkerRows(), MarkerRows.TEXT)
    table.setColumnWidth(MarkerRows.TIME, 90)
    return table


def exclusion_table() -> AnnotationTable:
    """Return an empty table of exclusions."""
    table = AnnotationTable(ExclusionRows(), ExclusionRows.REASON)
    for column in (ExclusionRows.START, ExclusionRows.END, ExclusionRows.LENGTH):
        table.setColumnWidth(column, 90)
    return table
