"""Writes the overview of several sessions as a page of HTML that links to theirs."""

from __future__ import annotations

from urllib.parse import quote

from classroom_monitor.sessions import overview as content
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.overview import Overview, OverviewRow, overview_svg
from classroom_monitor.sessions.report_page import (
    html_page,
    mix_bar_svg,
    mix_cells,
    page_head,
    section,
)
from classroom_monitor.sessions.svg_canvas import xml_text

_HEAD = (
    '<tr><th class="text">Date</th><th class="text">Session</th><th>Length</th><th></th>'
    + "".join(f"<th>{name}</th>" for name in style.MOOD_NAMES)
    + "<th>Faces</th><th>Coverage</th></tr>"
)


def overview_html(overview: Overview) -> str:
    """Return the overview as an HTML document. Every text of the sessions is escaped."""
    rows = "".join(_row(row) for row in overview.rows)
    caption = "<caption>Mean shares with their intervals; medians of faces and coverage.</caption>"
    body = "\n".join(
        (
            page_head(overview.title, overview.subtitle),
            section("Mean shares", overview_svg(overview)),
            section("Sessions", f"<table>{caption}{_HEAD}{rows}</table>"),
            f'<p class="caution">{xml_text(content.NOTE)}</p>',
        )
    )
    return html_page(overview.title, body)


def _row(row: OverviewRow) -> str:
    whole = row.whole
    link = f'<a href="{quote(row.file_name)}">{xml_text(row.name)}</a>'
    cells = (
        f'<td class="times">{row.info.started_at:%Y-%m-%d %H:%M}</td>',
        f'<td class="text">{link}</td>',
        f"<td>{style.time_label(row.info.seconds)}</td>",
        f'<td class="bar">{mix_bar_svg(whole)}</td>',
        *mix_cells(whole),
        f"<td>{style.count(whole.used_median)}</td>",
        f"<td>{style.percent(whole.coverage_median)}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"
