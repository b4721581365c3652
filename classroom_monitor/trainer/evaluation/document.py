"""A report as headings, paragraphs, tables and pictures, and the two ways it is written."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the report's title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of as many cells; all columns but the first hold numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG picture, the name of its file, and what it shows, in words."""

    file_name: str
    svg: bytes
    caption: str


Block = Heading | Paragraph | Table | Picture


def to_markdown(blocks: Sequence[Block], picture_folder: str = ".") -> str:
    """Return the report as Markdown; pictures are referred to in picture_folder, beside it."""
    return "\n\n".join(_markdown(block, picture_folder) for block in blocks) + "\n"


def to_html(blocks: Sequence[Block]) -> str:
    """Return the report as one HTML page that needs no other file: pictures are inside it."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    body = "\n".join(_html(block) for block in blocks)
    return _PAGE.format(title=html.escape(title), style=_STYLE, body=body)


def pictures_of(blocks: Sequence[Block]) -> list[Picture]:
    """Return the pictures of a report."""
    return [block for block in blocks if isinstance(block, Picture)]


def _markdown(block: Block, picture_folder: str) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text}"
        case Paragraph():
            return block.text
        case Table():
            return _markdown_table(block)
        case Picture():
            return f"![{block.caption}]({picture_folder}/{block.file_name})"


def _markdown_table(table: Table) -> str:
    """Return the table with its columns lined up, to be read as plain text too."""
    lines = [tuple(cell.replace("|", "\\|") for cell in row) for row in (table.header, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = [
        "-" * max(width, 3) if k == 0 else "-" * max(width - 1, 2) + ":"
        for k, width in enumerate(widths)
    ]
    padded = [
        [
            cell.ljust(width) if k == 0 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        for line in lines
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (padded[0], rule, *padded[1:]))


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{html.escape(block.text)}</p>"
        case Table():
            return _html_table(block)
        case Picture():
            data = base64.b64encode(block.svg).decode("ascii")
            caption = html.escape(block.caption)
            return (
                f'<figure><img alt="{caption}" src="data:image/svg+xml;base64,{data}">'
                f"<figcaption>{caption}</figcaption></figure>"
            )


def _html_table(table: Table) -> str:
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in table.header)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    return f'<div class="table"><table><tr>{head}</tr>\n{rows}</table></div>'


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1d1d1f; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin-bottom: .3rem; }
h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #ddd; }
.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .8rem; border-bottom: 1px solid #e6e6e6; text-align: right; }
th { border-bottom: 2px solid #bbb; font-weight: 600; }
th:first-child, td:first-child { text-align: left; }
figure { display: inline-block; max-width: 100%; margin: 1rem 1.5rem 1rem 0;
  vertical-align: top; }
img { max-width: 100%; height: auto; }
figcaption { contain: inline-size; color: #555; font-size: .9rem; }
"""
