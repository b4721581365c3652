"""A session's segments with their mean shares, how sure these are, counts and coverage."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import MOODS, Segment
from classroom_monitor.gui.annotation_table import AnnotationTable
from classroom_monitor.gui.formats import NO_VALUE, duration, percent
from classroom_monitor.gui.palette import MOOD_SYMBOLS
from classroom_monitor.gui.review import Summary
from classroom_monitor.gui.rows_model import RowsModel
from classroom_monitor.gui.session_edit import LONGEST_TEXT
from classroom_monitor.gui.time_text import retimed
from classroom_monitor.sessions.summary import RangeSummary, SegmentRow


class SegmentRows(RowsModel[SegmentRow]):
    """The whole session in numbers, and each segment below."""

    START, TITLE, LENGTH, WITH_MIX, NEGATIVE, NEUTRAL, POSITIVE, SEEN, COVERAGE = range(9)
    NUMBERS_FROM = LENGTH

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = (
            self.tr("Start"),
            self.tr("Segment"),
            self.tr("Length"),
            self.tr("With a mix"),
            self.tr("{0} negative").format(MOOD_SYMBOLS[0]),
            self.tr("{0} neutral").format(MOOD_SYMBOLS[1]),
            self.tr("{0} positive").format(MOOD_SYMBOLS[2]),
            self.tr("Seen"),
            self.tr("Coverage"),
        )
        self._whole: SegmentRow | None = None

    def show_summary(self, summary: Summary) -> None:
        """Show a session's segments, and the whole."""
        self._whole = SegmentRow(None, 0.0, self.end_s, summary.whole)
        self.show_rows((self._whole, *summary.rows))

    def text(self, row: SegmentRow, column: int) -> str:
        """Return what a cell says."""
        summary = row.summary
        if column == self.TITLE:
            return self._title(row)
        if self.NEGATIVE <= column <= self.POSITIVE:
            return share_text(summary, column - self.NEGATIVE)
        with_mix = summary.with_mix_s / summary.seconds if summary.seconds else None
        seen = summary.seen_median
        return {
            self.START: duration(row.start_s),
            self.LENGTH: duration(row.end_s - row.start_s),
            self.WITH_MIX: NO_VALUE if with_mix is None else percent(with_mix),
            self.SEEN: NO_VALUE if seen is None else f"{seen:.0f}",
            self.COVERAGE: coverage_text(summary),
        }[column]

    def item(self, row: SegmentRow) -> Segment | None:
        """Return the segment; None before the first, and for the whole."""
        return row.segment

    def stands_out(self, row: SegmentRow) -> bool:
        """The whole session does."""
        return row == self._whole

    def may_edit(self, row: SegmentRow, column: int) -> bool:
        """Start and title of segments can be typed over."""
        return row.segment is not None and column in (self.START, self.TITLE)

    def changed(self, row: SegmentRow, column: int, text: str) -> Segment | None:
        """Return the segment with another start or title."""
        segment = row.segment
        if segment is None:
            return None
        if column == self.TITLE:
            title = text.strip()[:LONGEST_TEXT]
            return None if title in ("", segment.title) else replace(segment, title=title)
        t_s = retimed(text, segment.t_s, self.end_s)
        return None if t_s is None else replace(segment, t_s=t_s)

    def _title(self, row: SegmentRow) -> str:
        if row == self._whole:
            return self.tr("The whole session")
        return row.segment.title if row.segment else self.tr("before the first segment")


def share_text(summary: RangeSummary, mood: int) -> str:
    """Return a mean share with its bounds, or a dash where there is none."""
    if summary.shares is None or summary.low is None or summary.high is None:
        return NO_VALUE
    low, high = round(100 * summary.low[mood]), round(100 * summary.high[mood])
    return f"{percent(summary.shares[mood])}  ({low}\N{EN DASH}{high})"


def coverage_text(summary: RangeSummary) -> str:
    """Return the median coverage, or a dash."""
    return NO_VALUE if summary.coverage_median is None else percent(summary.coverage_median)


_SHOWN_FROM_PX = {SegmentRows.SEEN: 960, SegmentRows.LENGTH: 900}


def segment_table() -> AnnotationTable:
    """Return an empty table of segments."""
    rows = SegmentRows()
    table = AnnotationTable(rows, SegmentRows.TITLE, _SHOWN_FROM_PX)
    table.setColumnWidth(SegmentRows.START, 80)
    for column in (SegmentRows.LENGTH, SegmentRows.WITH_MIX, SegmentRows.COVERAGE):
        table.setColumnWidth(column, 86)
    table.setColumnWidth(SegmentRows.SEEN, 70)
    for mood in range(len(MOODS)):
        table.setColumnWidth(SegmentRows.NEGATIVE + mood, 122)
    return table
