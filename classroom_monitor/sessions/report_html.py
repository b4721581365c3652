"""Writes a report as one page of HTML that needs no other file and no network."""

from __future__ import annotations

from collections.abc import Iterable

from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions import report_texts as texts
from classroom_monitor.sessions.report_content import Report
from classroom_monitor.sessions.report_page import (
    html_page,
    listed,
    mix_bar_svg,
    mix_cells,
    page_head,
    section,
)
from classroom_monitor.sessions.report_tiles import Tile, tiles
from classroom_monitor.sessions.report_timeline import TimelineDrawing, timeline_svg
from classroom_monitor.sessions.summary import SegmentRow
from classroom_monitor.sessions.svg_canvas import xml_text


def report_html(report: Report) -> str:
    """Return a report as an HTML document. Every text of the session is escaped."""
    body = "\n".join(
        (
            page_head(report.name, texts.subtitle(report)),
            _tiles(report),
            f"<p>{xml_text(texts.headline(report))}</p>",
            section(texts.TIMELINE, f'<div class="timeline">{_timeline(report)}</div>'),
            _segments(report),
            _stood_out(report),
            _markers(report),
            '<div class="columns">',
            section(texts.LIMITS, listed("ul", texts.limits(report))),
            section(texts.MEASURED, _facts(texts.measured(report))),
            "</div>",
            f'<p class="caution">{xml_text(texts.caution(report))}</p>',
        )
    )
    return html_page(report.name, body)


def _timeline(report: Report) -> str:
    return timeline_svg(report.session, TimelineDrawing(changes=report.changes.found))


def _tiles(report: Report) -> str:
    return f'<div class="tiles">{"".join(map(_tile, tiles(report)))}</div>'


def _tile(tile: Tile) -> str:
    return (
        f'<div class="tile" style="border-top-color:{tile.colour}"><span>{tile.name}</span>'
        f"<b>{tile.value}</b><small>{tile.note}</small></div>"
    )


def _segments(report: Report) -> str:
    if not report.segments:
        return ""
    moods = "" if report.counts_only else "".join(f"<th>{name}</th>" for name in style.MOOD_NAMES)
    bar = "" if report.counts_only else "<th></th>"
    head = (
        '<tr><th>#</th><th class="text">Segment</th><th class="text">From, to</th>'
        f"{bar}{moods}<th>Faces</th><th>Coverage</th></tr>"
    )
    rows, number = [], 0
    for row in report.segments:
        number += row.segment is not None
        rows.append(_segment_row(row, number, report.counts_only))
    caption = "" if report.counts_only else f"<caption>{texts.table_note(report)}</caption>"
    return section(texts.SEGMENTS, f"<table>{caption}{head}{''.join(rows)}</table>")


def _segment_row(row: SegmentRow, number: int, counts_only: bool) -> str:
    summary = row.summary
    titled = row.segment is not None
    title = row.segment.title if row.segment is not None else texts.BEFORE_FIRST
    times = f"{style.time_label(row.start_s)} {style.NO_VALUE} {style.time_label(row.end_s)}"
    cells = [
        f"<td>{number if titled else ''}</td>",
        f'<td class="text{"" if titled else " faint"}">{xml_text(title)}</td>',
        f'<td class="times">{times}</td>',
    ]
    if not counts_only:
        cells += [f'<td class="bar">{mix_bar_svg(summary)}</td>', *mix_cells(summary)]
    cells.append(f"<td>{style.count(summary.used_median)}</td>")
    cells.append(f"<td>{style.percent(summary.coverage_median)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _stood_out(report: Report) -> str:
    if report.counts_only:
        return ""
    method = report.changes.method
    note = f'<p class="faint">{xml_text(method)}</p>' if method else ""
    return section(texts.STOOD_OUT, listed("ul", texts.stood_out(report)) + note)


def _markers(report: Report) -> str:
    if not report.markers:
        return ""
    rows = (
        f"<li>{style.time_label(marker.t_s)} {xml_text(marker.text)}</li>"
        for marker in report.markers
    )
    return section(texts.MARKERS, f'<ol class="markers">{"".join(rows)}</ol>')


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = (f"<dt>{xml_text(label)}</dt><dd>{xml_text(value)}</dd>" for label, value in facts)
    return f"<dl>{''.join(rows)}</dl>"
