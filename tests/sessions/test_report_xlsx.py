"""The workbook: its sheets, numbers as numbers, texts as texts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from classroom_monitor.contracts import MOODS, Marker
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions.export import CSV_COLUMNS
from classroom_monitor.sessions.report_content import make_report
from classroom_monitor.sessions.report_xlsx import report_xlsx
from tests.sessions.lecture_sample import lecture

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Workbook:
    """The cells of an .xlsx, read without a spreadsheet program."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            self.parts = {name: parts.read(name) for name in parts.namelist()}
        book = ElementTree.fromstring(self.parts["xl/workbook.xml"])
        self.names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
        strings = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"])
        self.strings = ["".join(each.itertext()) for each in strings]

    def rows(self, name: str) -> list[dict[str, str | float]]:
        """Return a sheet's rows, each by the letters of its columns."""
        number = self.names.index(name) + 1
        sheet = ElementTree.fromstring(self.parts[f"xl/worksheets/sheet{number}.xml"])
        return [
            {
                cell.get("r", "").rstrip("0123456789"): self._value(cell)
                for cell in row.iter(f"{MAIN}c")
                if cell.find(f"{MAIN}v") is not None
            }
            for row in sheet.iter(f"{MAIN}row")
        ]

    def _value(self, cell: ElementTree.Element) -> str | float:
        said = cell.findtext(f"{MAIN}v", "")
        return self.strings[int(said)] if cell.get("t") == "s" else float(said)


@pytest.fixture(scope="module")
def session() -> StoredSession:
    return lecture(minutes=10)


@pytest.fixture(scope="module")
def book(session: StoredSession) -> Workbook:
    return Workbook(report_xlsx(make_report(session)))


def test_each_part_has_its_sheet(book: Workbook) -> None:
    assert book.names == [
        *("Report", "Timeline", "Segments", "Changes", "Markers", "Left out", "Seconds")
    ]
    counted = Workbook(report_xlsx(make_report(lecture(minutes=2, counts_only=True))))
    assert "Changes" not in counted.names


def charted(book: Workbook) -> list[str]:
    """Return the cells that the series of the only chart take their values from."""
    (chart,) = (name for name in book.parts if name.startswith("xl/charts/chart"))
    tree = ElementTree.fromstring(book.parts[chart])
    return [each.findtext(f".//{CHART}f", "") for each in tree.iter(f"{CHART}val")]


def test_the_timeline_has_means_over_equal_steps_and_a_chart_of_them(
    book: Workbook, session: StoredSession
) -> None:
    head, *rows = book.rows("Timeline")
    assert list(head.values()) == [
        *("Start, s", "Time", *MOODS, "Faces seen", "Faces used", "Coverage")
    ]
    assert [row["A"] for row in rows] == [3.0 * step for step in range(200)]
    three = [point.shares for point in session.points[:3]]
    assert rows[0]["E"] == pytest.approx(np.mean([mix.positive for mix in three if mix]))
    assert "E" not in rows[113]  # seconds that were left out
    assert charted(book) == [f"Timeline!${column}$2:${column}$201" for column in "CDE"]


def test_a_session_without_moods_has_a_chart_of_its_faces() -> None:
    book = Workbook(report_xlsx(make_report(lecture(minutes=2, counts_only=True))))
    assert charted(book) == [f"Timeline!${column}$2:${column}$121" for column in "FG"]


def test_sentences_have_rows_as_high_as_they_need(book: Workbook) -> None:
    sheet = ElementTree.fromstring(book.parts["xl/worksheets/sheet1.xml"])
    heights = [float(row.get("ht", 15)) for row in sheet.iter(f"{MAIN}row")]
    longest = max(len(str(row["B"])) for row in book.rows("Report") if "B" in row)
    assert longest > 200
    assert max(heights) >= 15 * longest / 100


def test_every_second_has_its_row_as_in_the_csv(book: Workbook, session: StoredSession) -> None:
    head, *rows = book.rows("Seconds")
    assert list(head.values()) == list(CSV_COLUMNS)
    assert len(rows) == 600
    first = session.points[0]
    assert first.shares is not None
    assert rows[0]["E"] == pytest.approx(first.shares.negative)
    assert rows[0]["A"] == 0.0
    excluded = rows[340]
    assert set(excluded) == {"A", "B", "P", "Q", "R"}  # t_s, clock, segment, gap, excluded
    assert excluded["R"] == 1.0


def test_segments_have_numbers_and_the_break_has_none(book: Workbook) -> None:
    rows = {row["A"]: row for row in book.rows("Segments")}
    assert 0 < float(rows["Refraction"]["F"]) < 1
    assert rows["Refraction"]["B"] == pytest.approx(72.0)
    assert "F" not in rows["Break"]
    assert rows["Whole session"]["C"] == 600.0


def test_no_text_becomes_a_formula_or_a_link(session: StoredSession) -> None:
    texts = ("=1+1", "http://somewhere/", "+cmd|' /C calc'!A0", "12", "\x01\ud800 x" + "y" * 40_000)
    markers = tuple(Marker(number, number, text) for number, text in enumerate(texts, start=1))
    notes = replace(session.annotations, markers=markers)
    book = Workbook(report_xlsx(make_report(replace(session, annotations=notes))))
    for name, content in book.parts.items():
        assert b"<f>" not in content
        assert b"hyperlink" not in content or not name.startswith("xl/worksheets")
    written = [row["C"] for row in book.rows("Markers")[1:]]
    assert written[:4] == ["'=1+1", "http://somewhere/", "'+cmd|' /C calc'!A0", "12"]
    assert str(written[4]).startswith("\ufffd\ufffd xy")
    assert len(str(written[4])) <= 32_767
