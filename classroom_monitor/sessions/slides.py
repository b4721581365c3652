"""Reads the titles of a slide deck (.pptx), with times where the deck has timings of its own.

A .pptx is a zip of XML files, and it comes from anywhere: only a few of its members are read, each
within limits, by a parser that refuses entities. The package python-pptx would do it too, but it
needs lxml and Pillow: together close to 40 MB installed, for a few attributes and texts.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from classroom_monitor.contracts import ImportedSegment
from classroom_monitor.errors import DataProblem

MOST_MEMBERS = 20_000
MOST_SLIDES = 2_000
LARGEST_MEMBER = 8 * 1024**2
LARGEST_TOTAL = 128 * 1024**2
HIGHEST_RATIO = 250
"""Limits of what is read. Slides of real decks are 5 to 500 KB of XML and shrink to a tenth; a
member that shrinks to less than 1/250 was made to grow."""

_WHOLE = re.compile("[0-9]{1,9}")
_RATIO_FROM = 64 * 1024
_TITLES = ("title", "ctrTitle")


class _NotADeck(Exception):
    """What is wrong with a file that should be a slide deck."""


@dataclass
class _Package:
    """The members of an open .pptx, read one by one until the budget is spent."""

    members: zipfile.ZipFile
    budget: int = LARGEST_TOTAL

    def xml(self, name: str) -> Element:
        """Return the root of a member. Raises _NotADeck."""
        try:
            info = self.members.getinfo(name)
        except KeyError as error:
            raise _NotADeck(f"it has no {name}") from error
        self._check(info)
        with self.members.open(info) as file:
            data = file.read(LARGEST_MEMBER + 1)
        self.budget -= len(data)
        if len(data) > LARGEST_MEMBER or self.budget < 0:
            raise _NotADeck(f"{name} is too large")
        root: Element = fromstring(data, forbid_dtd=True)
        return root

    def _check(self, info: zipfile.ZipInfo) -> None:
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > min(LARGEST_MEMBER, self.budget):
            raise _NotADeck(f"{info.filename} is too large")
        if info.file_size > _RATIO_FROM and ratio > HIGHEST_RATIO:
            raise _NotADeck(f"{info.filename} grows more than {HIGHEST_RATIO}-fold")


def read_slides(path: Path) -> list[ImportedSegment]:
    """Return the titles of a deck's shown slides, in order; the same title in a row counts once.

    A slide without a title is called after its number. A start is given where every slide before
    has a recorded or set time ("after ... seconds"). Raises DataProblem, with one line, for
    whatever isn't such a deck.
    """
    try:
        with zipfile.ZipFile(path) as members:
            if len(members.infolist()) > MOST_MEMBERS:
                raise _NotADeck("it has too many parts")
            found = _segments(_Package(members))
    except (_NotADeck, DefusedXmlException, ParseError) as error:
        raise _problem(path, str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise _problem(path, "it is damaged") from error
    except (NotImplementedError, RuntimeError) as error:
        raise _problem(path, "it is encrypted or packed in an unknown way") from error
    except OSError as error:
        raise DataProblem(f"{path} cannot be read ({error.strerror}): choose a file") from error
    if not found:
        raise _problem(path, "it has no slides")
    return found


def _problem(path: Path, reason: str) -> DataProblem:
    one_line = " ".join(reason.split())[:200]
    return DataProblem(f"{path} is no slide deck that can be read ({one_line}): choose a .pptx")


def _segments(package: _Package) -> list[ImportedSegment]:
    segments: list[ImportedSegment] = []
    start_s: float | None = 0.0
    for number, name in enumerate(_slide_names(package), start=1):
        slide = package.xml(name)
        if slide.get("show") in ("0", "false"):
            continue
        title = _title(slide) or f"Slide {number}"
        if not segments or segments[-1].title != title:
            segments.append(ImportedSegment(start_s, title))
        shown_s = _time_on_slide_s(slide)
        start_s = None if start_s is None or shown_s is None else start_s + shown_s
    if all(segment.t_s is None for segment in segments[1:]):
        return [ImportedSegment(None, segment.title) for segment in segments]
    return segments


def _slide_names(package: _Package) -> Iterator[str]:
    """Yield the members of the slides, in the deck's order."""
    main = _main_part(package)
    targets = _relations(package, main)
    slides = [each for each in package.xml(main).iter() if _local(each.tag) == "sldId"]
    if len(slides) > MOST_SLIDES:
        raise _NotADeck("it has too many slides")
    for slide in slides:
        reference = next(
            (value for name, value in slide.attrib.items() if name.endswith("relationships}id")),
            "",
        )
        if reference not in targets:
            raise _NotADeck("a slide is missing")
        yield targets[reference][1]


def _main_part(package: _Package) -> str:
    """Return the member that lists the slides: a package names it itself."""
    for kind, target in _relations(package, "").values():
        if kind == "officeDocument":
            return target
    raise _NotADeck("it is another kind of file")


def _relations(package: _Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a member refers to inside the file: by id, its kind and its member."""
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        each.get("Id", ""): (
            each.get("Type", "").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in root
        if each.get("TargetMode") != "External"
    }


def _title(slide: Element) -> str:
    """Return the text of a slide's title, "" where it has none."""
    for shape in slide.iter():
        if _local(shape.tag) != "sp":
            continue
        holders = (each.get("type") for each in shape.iter() if _local(each.tag) == "ph")
        if any(kind in _TITLES for kind in holders):
            return _text(shape)
    return ""


def _text(shape: Element) -> str:
    pieces = []
    for each in shape.iter():
        kind = _local(each.tag)
        if kind == "t":
            pieces.append(each.text or "")
        elif kind in ("br", "p"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def _time_on_slide_s(slide: Element) -> float | None:
    """Return how long a slide is shown by its timings, None where it waits for a click."""
    for each in slide.iter():
        if _local(each.tag) == "transition" and each.get("advTm") is not None:
            milliseconds = each.get("advTm", "")
            return int(milliseconds) / 1000 if _WHOLE.fullmatch(milliseconds) else None
    return None


def _local(tag: object) -> str:
    """Return a tag without its namespace, which differs between flavours of the format."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
