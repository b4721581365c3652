"""Writes the overview of several sessions as a PDF."""

from __future__ import annotations

from PySide6.QtCore import Qt

from classroom_monitor.gui.page_flow import Cell, Column, Ink, PageFlow
from classroom_monitor.gui.pdf_pages import fitted_pdf
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.overview import NOTE, Overview, OverviewRow, overview_svg

_TITLE, _BODY, _FAINT = Ink(17, style.INK, True), Ink(8.5, style.INK), Ink(8.5, style.FAINT)
_RIGHT = Qt.AlignmentFlag.AlignRight
_NUMBER, _SMALL = Ink(8.5, style.INK, align=_RIGHT), Ink(7.2, style.FAINT, align=_RIGHT)
_HEAD, _NUMBER_HEAD = Ink(7.5, style.FAINT, True), Ink(7.5, style.FAINT, True, _RIGHT)
_WIDTHS_PT = (84.0, 0.0, 38.0, 60.0, 44.0, 44.0, 44.0, 30.0, 44.0)
_GAP_PT = 6.0
_HEADS = ("Date", "Session", "Length", "", *style.MOOD_NAMES, "Faces", "Coverage")


def overview_pdf(overview: Overview) -> bytes:
    """Return the overview as the bytes of a PDF; more than thirty sessions take a second page.

    Any thread may call it. Raises EnvironmentProblem on a machine without fonts.
    """
    footer = f"Classroom Monitor · {overview.title} · {overview.subtitle}"
    return fitted_pdf(overview.title, footer, lambda flow: _fill(flow, overview))


def _fill(flow: PageFlow, overview: Overview) -> None:
    flow.text(overview.title, _TITLE)
    flow.text(overview.subtitle, _FAINT)
    flow.gap(8)
    flow.drawing(overview_svg(overview))
    flow.gap(6)
    columns = _columns(flow.width_pt)
    heads = [
        Cell(((name, _HEAD if place < 2 else _NUMBER_HEAD),)) for place, name in enumerate(_HEADS)
    ]
    flow.row(columns, heads, style.GRID)
    for row in overview.rows:
        flow.row(columns, _cells(row), style.GRID)
    flow.gap(8)
    flow.text(NOTE, _FAINT)


def _columns(width_pt: float) -> list[Column]:
    widths = list(_WIDTHS_PT)
    widths[1] = width_pt - sum(widths) - _GAP_PT * (len(widths) - 1)
    lefts = [sum(widths[:place]) + _GAP_PT * place for place in range(len(widths))]
    return [Column(left, width) for left, width in zip(lefts, widths, strict=True)]


def _cells(row: OverviewRow) -> list[Cell]:
    whole = row.whole
    counts = (style.count(whole.used_median), style.percent(whole.coverage_median))
    nothing = (None, None, None)
    bounds = zip(
        style.percents(whole.shares) if whole.shares else nothing,
        whole.low or nothing,
        whole.high or nothing,
        strict=True,
    )
    return [
        Cell(((f"{row.info.started_at:%Y-%m-%d %H:%M}", _BODY),)),
        Cell(((row.name, _BODY),)),
        Cell(((style.time_label(row.info.seconds), _NUMBER),)),
        Cell(bar=tuple(zip(whole.shares or (), style.MOOD_COLOURS, strict=False))),
        *(_share_cell(*each) for each in bounds),
        *(Cell(((text, _NUMBER),)) for text in counts),
    ]


def _share_cell(text: str | None, low: float | None, high: float | None) -> Cell:
    if text is None or low is None or high is None:
        return Cell(((style.NO_VALUE, _NUMBER),))
    return Cell(((text, _NUMBER), (style.span(low, high), _SMALL)))
