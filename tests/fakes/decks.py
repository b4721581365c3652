"""Slide decks as PowerPoint packs them, written part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMES = f'xmlns:p="{MAIN}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE}"'


def slide_xml(
    title: str, *, shown_ms: int | None = None, hidden: bool = False, kind: str = "title"
) -> str:
    """Return a slide with a title, a text beside it, and the time that it is shown."""
    paragraphs = "".join(
        f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in title.split("\n")
    )
    timing = "" if shown_ms is None else f'<p:transition spd="med" advTm="{shown_ms}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><p:sld {NAMES} show="{int(not hidden)}">'
        "<p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr>"
        "<p:txBody><a:p><a:r><a:t>a text box</a:t></a:r></a:p></p:txBody></p:sp>"
        f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
        f"<p:txBody>{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld>{timing}</p:sld>"
    )


def deck_parts(slides: Sequence[str]) -> dict[str, str]:
    """Return the members of a deck; the slides' files are numbered against their order."""
    numbers = [len(slides) - place for place in range(len(slides))]
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/slide" Target="slides/slide{number}.xml"/>'
        for number in numbers
    )
    listed = "".join(f'<p:sldId id="{256 + number}" r:id="rId{number}"/>' for number in numbers)
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{listed}</p:sldIdLst>"
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}'
        "</Relationships>",
    }
    slide_parts = {
        f"ppt/slides/slide{number}.xml": slide
        for number, slide in zip(numbers, slides, strict=True)
    }
    return parts | slide_parts


def write_deck(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Pack members into a .pptx."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as deck:
        for name, content in parts.items():
            deck.writestr(name, content)
    return path
