"""Writes a report as a PDF of one A4 page, more only where the text doesn't fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt

from classroom_monitor.gui.page_flow import Cell, Column, Ink, PageFlow
from classroom_monitor.gui.pdf_pages import fitted_pdf
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions import report_texts as texts
from classroom_monitor.sessions.report_content import Report
from classroom_monitor.sessions.report_tiles import tiles
from classroom_monitor.sessions.report_timeline import TimelineDrawing, timeline_svg
from classroom_monitor.sessions.summary import RangeSummary, SegmentRow

_MARKERS_A_ROW, _MANY_MARKERS = 3, 30
_HOUR_S = 3600
_TITLE, _HEADING = Ink(17, style.INK, bold=True), Ink(10, style.INK, bold=True)
_BODY, _FAINT, _SMALL = Ink(8.5, style.INK), Ink(8.5, style.FAINT), Ink(7.2, style.FAINT)
_RIGHT = Qt.AlignmentFlag.AlignRight
_NUMBER, _NUMBER_SMALL = Ink(8.5, style.INK, align=_RIGHT), Ink(7.2, style.FAINT, align=_RIGHT)
_HEAD, _NUMBER_HEAD = Ink(7.5, style.FAINT, True), Ink(7.5, style.FAINT, True, _RIGHT)


def report_pdf(report: Report) -> bytes:
    """Return a report as the bytes of a PDF. Any thread may call it.

    Raises EnvironmentProblem on a machine without fonts.
    """
    timeline = timeline_svg(report.session, TimelineDrawing(changes=report.changes.found))
    return fitted_pdf(report.name, texts.footer(report), lambda flow: _fill(flow, report, timeline))


def _fill(flow: PageFlow, report: Report, timeline: str) -> None:
    flow.text(report.name, _TITLE)
    flow.text(texts.subtitle(report), _FAINT)
    flow.gap(8)
    _write_tiles(flow, report)
    flow.text(texts.headline(report), _BODY)
    flow.gap(8)
    flow.drawing(timeline)
    if report.segments:
        _write_segments(flow, report)
    if not report.counts_only:
        _heading(flow, texts.STOOD_OUT)
        _write_list(flow, texts.stood_out(report))
        if report.changes.method:
            flow.text(report.changes.method, _SMALL)
    many = len(report.markers) > _MANY_MARKERS
    if not many:
        _write_markers(flow, report)
    _write_limits(flow, report)
    flow.gap(8)
    flow.text(texts.caution(report), _FAINT)
    if many:  # on the pages after the one that says it all
        _write_markers(flow, report)


def _write_tiles(flow: PageFlow, report: Report) -> None:
    shown = tiles(report)
    gap_pt = 8.0
    width = (flow.width_pt + gap_pt) / len(shown) - gap_pt
    columns = [Column(index * (width + gap_pt), width) for index in range(len(shown))]
    for tile, column in zip(shown, columns, strict=True):
        flow.fill(QRectF(column.left_pt, flow.y_pt, width, 2.5), tile.colour)
    flow.gap(5)
    big = Ink(16, style.INK, bold=True)
    flow.beside(
        (column, ((tile.name, _FAINT), (tile.value, big), (tile.note, _SMALL)))
        for tile, column in zip(shown, columns, strict=True)
    )
    flow.gap(6)


def _write_segments(flow: PageFlow, report: Report) -> None:
    _heading(flow, texts.SEGMENTS)
    times_pt = 92.0 if report.segments[-1].end_s > 2 * _HOUR_S else 76.0
    columns = _table_columns(flow.width_pt, times_pt, report.counts_only)
    flow.row(columns, _head_cells(report.counts_only), style.GRID)
    number = 0
    for row in report.segments:
        number += row.segment is not None
        flow.row(columns, _row_cells(row, number, report.counts_only), style.GRID)
    if not report.counts_only:
        flow.gap(2)
        flow.text(texts.table_note(report), _SMALL)


def _table_columns(width_pt: float, times_pt: float, counts_only: bool) -> list[Column]:
    """Return columns for number, title, times, bar and moods (with moods), faces and coverage."""
    moods = () if counts_only else (66.0, 46.0, 46.0, 46.0)
    widths = [12.0, 0.0, times_pt, *moods, 34.0, 44.0]
    gap_pt = 6.0
    widths[1] = width_pt - sum(widths) - gap_pt * (len(widths) - 1)
    lefts = [sum(widths[:index]) + gap_pt * index for index in range(len(widths))]
    return [Column(left, width) for left, width in zip(lefts, widths, strict=True)]


def _head_cells(counts_only: bool) -> list[Cell]:
    moods = (
        [] if counts_only else [("", _HEAD), *((name, _NUMBER_HEAD) for name in style.MOOD_NAMES)]
    )
    names = [("#", _HEAD), ("Segment", _HEAD), ("From, to", _HEAD), *moods]
    names += [("Faces", _NUMBER_HEAD), ("Coverage", _NUMBER_HEAD)]
    return [Cell((name,)) for name in names]


def _row_cells(row: SegmentRow, number: int, counts_only: bool) -> list[Cell]:
    times = f"{style.time_label(row.start_s)} {style.NO_VALUE} {style.time_label(row.end_s)}"
    if row.segment is None:
        first = [Cell(), Cell(((texts.BEFORE_FIRST, _FAINT),))]
    else:
        first = [Cell(((str(number), _FAINT),)), Cell(((row.segment.title, _BODY),))]
    moods = [] if counts_only else _mix_cells(row.summary)
    counts = (style.count(row.summary.used_median), style.percent(row.summary.coverage_median))
    return [*first, Cell(((times, _BODY),)), *moods, *(Cell(((each, _NUMBER),)) for each in counts)]


def _mix_cells(summary: RangeSummary) -> list[Cell]:
    if summary.shares is None or summary.low is None or summary.high is None:
        return [Cell(), *(Cell(((style.NO_VALUE, _NUMBER),)) for _ in style.MOOD_NAMES)]
    bar = Cell(bar=tuple(zip(summary.shares, style.MOOD_COLOURS, strict=True)))
    shown = zip(style.percents(summary.shares), summary.low, summary.high, strict=True)
    return [
        bar,
        *(
            Cell(((value, _NUMBER), (style.span(low, high), _NUMBER_SMALL)))
            for value, low, high in shown
        ),
    ]


def _write_limits(flow: PageFlow, report: Report) -> None:
    half = flow.width_pt * 0.56
    left, right = Column(0, half), Column(half + 16, flow.width_pt - half - 16)
    limits = [(line, _BODY) for line in texts.limits(report)]
    facts = [(f"{label}: {value}", _BODY) for label, value in texts.measured(report)]
    flow.gap(8)
    flow.beside(
        (
            (left, [(texts.LIMITS, _HEADING), *limits]),
            (right, [(texts.MEASURED, _HEADING), *facts]),
        )
    )


def _heading(flow: PageFlow, title: str) -> None:
    flow.gap(9)
    flow.keep(40)
    flow.text(title, _HEADING)
    flow.gap(1)


def _write_list(flow: PageFlow, lines: Sequence[str]) -> None:
    for line in lines:
        flow.text(f"\N{BULLET} {line}", _BODY)


def _write_markers(flow: PageFlow, report: Report) -> None:
    """Write the markers, if there are any, in rows of three."""
    lines = texts.marker_lines(report)
    if not lines:
        return
    _heading(flow, texts.MARKERS)
    gap_pt = 12.0
    width = (flow.width_pt + gap_pt) / _MARKERS_A_ROW - gap_pt
    for start in range(0, len(lines), _MARKERS_A_ROW):
        row = enumerate(lines[start : start + _MARKERS_A_ROW])
        flow.beside(
            (Column(place * (width + gap_pt), width), ((line, _BODY),)) for place, line in row
        )
