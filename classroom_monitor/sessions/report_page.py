"""The frame of every HTML page that is exported, and the pieces that pages share."""

from __future__ import annotations

from collections.abc import Iterable

from classroom_monitor.contracts import MOODS
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.summary import RangeSummary
from classroom_monitor.sessions.svg_canvas import Box, SvgCanvas, xml_text

_STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
html {{ font-size: 15px; }}
body {{ margin: 0; background: #F4F5F7; color: {style.INK};
  font: 1rem/1.5 "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }}
main {{ max-width: 60rem; margin: 2rem auto; padding: 2.2rem 2.6rem; background: #FFFFFF;
  border: 1px solid {style.GRID}; border-radius: 8px; }}
h1 {{ margin: 0; font-size: 1.7rem; line-height: 1.25; overflow-wrap: anywhere; }}
h2 {{ margin: 1.7rem 0 0.5rem; font-size: 1.05rem; }}
p {{ margin: 0.35rem 0; max-width: 46rem; }}
svg {{ display: block; width: 100%; height: auto; font-family: inherit; }}
.faint {{ color: {style.FAINT}; }}
.tiles {{ display: flex; flex-wrap: wrap; gap: 0.7rem; margin: 1.2rem 0 0.6rem; }}
.tile {{ flex: 1 1 7rem; padding: 0.6rem 0.9rem; border: 1px solid {style.GRID};
  border-radius: 6px; border-top-width: 4px; }}
.tile b {{ display: block; font-size: 1.6rem; line-height: 1.25; }}
.tile small {{ color: {style.FAINT}; }}
table {{ width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }}
caption {{ text-align: left; color: {style.FAINT}; font-size: 0.87rem; padding-bottom: 0.3rem; }}
th, td {{ padding: 0.32rem 0.5rem; border-bottom: 1px solid {style.GRID}; text-align: right;
  vertical-align: top; }}
th {{ color: {style.FAINT}; font-weight: 600; font-size: 0.87rem; }}
td small {{ display: block; color: {style.FAINT}; white-space: nowrap; }}
th.text, td.text {{ text-align: left; overflow-wrap: anywhere; }}
td.bar {{ width: 20%; min-width: 6rem; padding-top: 0.65rem; }}
td.times {{ text-align: left; white-space: nowrap; }}
ul, ol {{ margin: 0.35rem 0; padding-left: 1.3rem; max-width: 46rem; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1.2rem; margin: 0; }}
dt {{ color: {style.FAINT}; }}
dd {{ margin: 0; overflow-wrap: anywhere; }}
.columns {{ display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.4rem; }}
ol.markers {{ columns: 16rem 3; max-width: none; }}
ol.markers li {{ break-inside: avoid; overflow-wrap: anywhere; }}
.caution {{ margin-top: 1.6rem; padding: 0.7rem 1rem; border-left: 4px solid {style.MARKER};
  background: #F7F3F9; max-width: none; }}
@media (max-width: 44rem) {{ main {{ margin: 0; padding: 1.2rem; }}
  .columns {{ grid-template-columns: 1fr; }} }}
@page {{ size: A4; margin: 14mm; }}
@media print {{ html {{ font-size: 9.2px; }} body {{ background: none; line-height: 1.3; }}
  h2 {{ margin: 0.8rem 0 0.3rem; }} .tiles, .caution {{ margin-top: 0.6rem; }}
  .timeline {{ width: 93%; }}
  p, ul, ol {{ max-width: none; }} th, td {{ padding: 0.2rem 0.5rem; }}
  main {{ margin: 0; padding: 0; border: 0; max-width: none; }}
  h2, tr, .tile, .caution {{ break-inside: avoid; }} h2 {{ break-after: avoid; }} }}
"""


def html_page(title: str, body: str) -> str:
    """Return a document that needs no other file and no network; body is HTML."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{xml_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def page_head(title: str, subtitle: str) -> str:
    """Return the title of a page, with a quieter line under it."""
    return f'<header><h1>{xml_text(title)}</h1><p class="faint">{xml_text(subtitle)}</p></header>'


def mix_bar_svg(summary: RangeSummary) -> str:
    """Return a mean mix as a small stacked bar, or "" where there is none."""
    if summary.shares is None:
        return ""
    said = ", ".join(
        f"{text} {mood}" for mood, text in zip(MOODS, style.percents(summary.shares), strict=True)
    )
    canvas = SvgCanvas(120, 10, said)
    left = 0.0
    for share, colour in zip(summary.shares, style.MOOD_COLOURS, strict=True):
        canvas.rect(Box(left, 0, 120 * share, 10), colour)
        left += 120 * share
    return canvas.svg()


def mix_cells(summary: RangeSummary) -> list[str]:
    """Return three cells of a table: each mean share over its bounds."""
    if summary.shares is None or summary.low is None or summary.high is None:
        return [f"<td>{style.NO_VALUE}</td>"] * 3
    return [
        f"<td>{value}<small>{style.span(low, high)}</small></td>"
        for value, low, high in zip(
            style.percents(summary.shares), summary.low, summary.high, strict=True
        )
    ]


def section(title: str, content: str) -> str:
    """Return a part of a page; content is HTML."""
    return f"<section><h2>{title}</h2>{content}</section>"


def listed(kind: str, lines: Iterable[str]) -> str:
    """Return a list, "ul" or "ol", of plain texts."""
    return f"<{kind}>{''.join(f'<li>{xml_text(line)}</li>' for line in lines)}</{kind}>"
