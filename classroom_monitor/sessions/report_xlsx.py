"""Writes a report as an Excel workbook: what it tells, its timeline, segments and seconds.

Every text is written as text, neutralised as in a CSV: nothing of it becomes a formula or a link.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from classroom_monitor.contracts import MOODS
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions import report_texts as texts
from classroom_monitor.sessions.export import CSV_COLUMNS, csv_rows, neutralised
from classroom_monitor.sessions.report_content import Report
from classroom_monitor.sessions.report_series import drawn_columns
from classroom_monitor.sessions.summary import RangeSummary, SegmentRow
from classroom_monitor.sessions.svg_canvas import without_controls

Cell = str | int | float | None

_LETTERS = 100
"""The width of a column of sentences."""
_LINE_HEIGHT, _MOST_LINES = 15.0, 27
"""In points; a row of Excel is at most 409 points high."""
_LONGEST_CELL = 32_767
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
_SUMMARY_COLUMNS = (
    "Seconds counted",
    "Seconds with shares",
    *(f"{mood}{part}" for mood in MOODS for part in ("", " low", " high")),
    "Faces seen, median",
    "Faces used, median",
    "Coverage, median",
)
_TIMELINE_HEAD = ("Start, s", "Time", *MOODS, "Faces seen", "Faces used", "Coverage")
_SHARE_COLUMNS = frozenset(
    name
    for name in (*_SUMMARY_COLUMNS, *_TIMELINE_HEAD)
    if name.split()[0] in MOODS or "Coverage" in name
)
_FILLED_BY = {"line": "line", "area": "fill"}
"""What of a chart's series has a colour."""
_TIMELINE_ROWS = 240
"""At most: a chart of more is no clearer."""


def report_xlsx(report: Report) -> bytes:
    """Return a report as the bytes of an .xlsx file with a sheet for each of its parts."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": _text(report.name), "author": "Classroom Monitor"})
        sheets = _Sheets(book)
        _write_overview(sheets, report)
        _write_timeline(sheets, report)
        _write_segments(sheets, report)
        if not report.counts_only:
            _write_changes(sheets, report)
        _write_markers(sheets, report)
        _write_exclusions(sheets, report)
        _write_seconds(sheets, report)
    return target.getvalue()


class _Sheets:
    """Adds sheets with a head, widths and formats, and writes rows of cells into them."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._share = book.add_format({"num_format": "0.0%"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.label = book.add_format({"font_color": style.FAINT, "valign": "top"})

    def add(self, name: str, widths: Sequence[float]) -> Worksheet:
        """Add a sheet, fit for a page, whose columns are so many letters wide."""
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def table(
        self,
        sheet: Worksheet,
        head: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        is_share: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Write a head that stays in view and can filter, and rows under it."""
        for column, name in enumerate(head):
            sheet.write_string(0, column, name, self._head)
        formats = [self._share if is_share(name) else None for name in head]
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                self.put(sheet, (row, column), cell, formats[column])
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(head) - 1)

    def chart(self, sheet: Worksheet, place: tuple[int, int], kind: str, rows: int) -> Chart:
        """Add an empty chart, "line" or stacked "area", for so many rows of a sheet."""
        chart = self._book.add_chart(
            {"type": kind, "subtype": "stacked" if kind == "area" else None}
        )
        chart.set_size({"width": 900, "height": 380})
        chart.set_legend({"position": "bottom"})
        chart.set_x_axis({"interval_unit": max(1, rows // 12), "interval_tick": max(1, rows // 12)})
        chart.show_blanks_as("gap")
        sheet.insert_chart(*place, chart)
        return chart

    def put(self, sheet: Worksheet, place: tuple[int, int], cell: Cell, look: Any = None) -> None:
        """Write a number as a number, a text as a text, and nothing for None or ""."""
        if isinstance(cell, str) and cell:
            sheet.write_string(*place, _text(cell), look)
        elif isinstance(cell, int | float):
            sheet.write_number(*place, cell, look)

    def paragraph(self, sheet: Worksheet, row: int, text: str) -> None:
        """Write a sentence that breaks within the second column, in a row as high as it needs.

        Spreadsheet programs don't all find the height by themselves.
        """
        sheet.write_string(row, 1, _text(text), self._wrapped)
        lines = min(max(1, len(textwrap.wrap(text, _LETTERS))), _MOST_LINES)
        sheet.set_row(row, _LINE_HEIGHT * lines)


def _write_overview(sheets: _Sheets, report: Report) -> None:
    sheet = sheets.add("Report", (24, _LETTERS))
    sheets.put(sheet, (0, 0), report.name, sheets.title)
    sheets.put(sheet, (1, 0), texts.subtitle(report))
    blocks: list[tuple[str, list[str]]] = [("In short", [texts.headline(report)])]
    if not report.counts_only:
        method = [report.changes.method] if report.changes.method else []
        blocks.append(("What stood out", texts.stood_out(report) + method))
    blocks.append(("Coverage and limits", texts.limits(report)))
    blocks += [(label, [value]) for label, value in texts.measured(report)]
    blocks.append(("Please note", [texts.caution(report)]))
    row = 3
    for label, lines in blocks:
        sheets.put(sheet, (row, 0), label, sheets.label)
        for line in lines:
            sheets.paragraph(sheet, row, line)
            row += 1


def _write_timeline(sheets: _Sheets, report: Report) -> None:
    """Write means over equal steps and, beside them, a chart: shares, or counts without moods."""
    points, exclusions = report.session.points, report.session.annotations.exclusions
    drawn = drawn_columns(points, exclusions, (0.0, float(len(points))), _TIMELINE_ROWS)
    counts = (drawn.seen.round(1), drawn.used.round(1))
    columns = (*drawn.shares.T, *counts, drawn.coverage)
    values = np.column_stack(columns).tolist()
    rows = [
        (start_s, style.time_label(start_s), *(None if math.isnan(v) else v for v in row))
        for start_s, row in zip(drawn.edges_s[:-1].tolist(), values, strict=True)
    ]
    sheet = sheets.add("Timeline", (9, 9, *(10 for _ in columns)))
    sheets.table(sheet, _TIMELINE_HEAD, rows, _SHARE_COLUMNS.__contains__)
    if not rows:
        return
    if report.counts_only:
        kind, drawn_as = "line", {"Faces seen": style.EXCLUDED, "Faces used": style.INK}
        axis: dict[str, Any] = {"min": 0, "name": "Faces"}
    else:
        kind, drawn_as = "area", dict(zip(MOODS, style.MOOD_COLOURS, strict=True))
        axis = {"min": 0, "max": 1, "num_format": "0%", "name": "Share of the faces"}
    chart = sheets.chart(sheet, (1, len(_TIMELINE_HEAD) + 1), kind, len(rows))
    chart.set_y_axis(axis)
    for name, colour in drawn_as.items():
        column = _TIMELINE_HEAD.index(name)
        chart.add_series(
            {
                "name": [sheet.name, 0, column],
                "categories": [sheet.name, 1, 1, len(rows), 1],
                "values": [sheet.name, 1, column, len(rows), column],
                _FILLED_BY[kind]: {"color": colour},
            }
        )


def _write_segments(sheets: _Sheets, report: Report) -> None:
    head = ("Segment", "Start, s", "End, s", *_SUMMARY_COLUMNS)
    whole = ("Whole session", 0, report.tally.all_s, *_summary_cells(report.whole))
    rows = [_segment_cells(row) for row in report.segments]
    sheet = sheets.add("Segments", (36, 9, 9, *(11 for _ in _SUMMARY_COLUMNS)))
    sheets.table(sheet, head, [whole, *rows], _SHARE_COLUMNS.__contains__)


def _write_changes(sheets: _Sheets, report: Report) -> None:
    rows = [
        (each.t_s, style.time_label(each.t_s), each.mood, each.before, each.after, float(each.p))
        for each in report.changes.found
    ]
    sheet = sheets.add("Changes", (10, 10, 12, 14, 14, 12))
    head = ("Time, s", "Time", "Share of", "Mean before", "Mean after", "Adjusted p")
    sheets.table(sheet, head, rows, lambda name: name.startswith("Mean"))


def _write_markers(sheets: _Sheets, report: Report) -> None:
    rows = [(each.t_s, style.time_label(each.t_s), each.text) for each in report.markers]
    sheets.table(sheets.add("Markers", (10, 10, 80)), ("Time, s", "Time", "Marker"), rows)


def _write_exclusions(sheets: _Sheets, report: Report) -> None:
    exclusions = report.session.annotations.exclusions
    rows = [(each.start_s, each.end_s, each.reason) for each in exclusions]
    sheets.table(sheets.add("Left out", (10, 10, 80)), ("Start, s", "End, s", "Reason"), rows)


def _write_seconds(sheets: _Sheets, report: Report) -> None:
    rows = list(csv_rows(report.session.points, report.session.annotations))
    widths = [24 if name in ("clock", "marker", "segment") else 10 for name in CSV_COLUMNS]
    shares = {"coverage", *(name for name in CSV_COLUMNS if name.split("_")[0] in MOODS)}
    sheets.table(sheets.add("Seconds", widths), CSV_COLUMNS, rows, shares.__contains__)


def _segment_cells(row: SegmentRow) -> tuple[Cell, ...]:
    title = row.segment.title if row.segment is not None else "(before the first segment)"
    return (title, row.start_s, row.end_s, *_summary_cells(row.summary))


def _summary_cells(summary: RangeSummary) -> tuple[Cell, ...]:
    """The cells of _SUMMARY_COLUMNS."""
    nothing = (None, None, None)
    bounds = zip(
        summary.shares or nothing, summary.low or nothing, summary.high or nothing, strict=True
    )
    return (
        summary.seconds,
        summary.with_mix_s,
        *(value for mood in bounds for value in mood),
        summary.seen_median,
        summary.used_median,
        summary.coverage_median,
    )


def _text(text: str) -> str:
    return neutralised(without_controls(text))[:_LONGEST_CELL]
