"""Slide decks: titles, order, timings, and decks that are none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from classroom_monitor.contracts import ImportedSegment
from classroom_monitor.errors import DataProblem
from classroom_monitor.sessions import slides
from classroom_monitor.sessions.segment_import import read_segments
from classroom_monitor.sessions.slides import read_slides
from tests.fakes.decks import NAMES, deck_parts, slide_xml, write_deck

BOMB = b"<p:sld>" + b" " * 4_000_000 + b"</p:sld>"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    f"<p:sld {NAMES}><a:t>&b;</a:t></p:sld>"
)
OUTSIDE = (
    f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p:sld {NAMES}><a:t>&a;</a:t></p:sld>'
)


def deck(folder: Path, *written: str) -> Path:
    return write_deck(folder / "deck.pptx", deck_parts(written))


def test_titles_come_in_the_decks_order_without_times(tmp_path: Path) -> None:
    path = deck(
        tmp_path,
        slide_xml("Optics\nlecture 4", kind="ctrTitle"),
        slide_xml("Snell's <law>"),
        slide_xml("Snell's <law>"),
        slide_xml("not for today", hidden=True),
        slide_xml("  "),
        slide_xml("a footer", kind="ftr"),
    )
    titles = ["Optics lecture 4", "Snell's <law>", "Slide 5", "Slide 6"]
    assert read_segments(path) == [ImportedSegment(None, title) for title in titles]


def test_timings_of_the_deck_become_starts(tmp_path: Path) -> None:
    path = deck(
        tmp_path,
        slide_xml("Optics", shown_ms=60_000),
        slide_xml("Refraction", shown_ms=90_500),
        slide_xml("Refraction", shown_ms=1_000),
        slide_xml("Exercises"),
        slide_xml("Break"),
    )
    assert read_slides(path) == [
        ImportedSegment(0.0, "Optics"),
        ImportedSegment(60.0, "Refraction"),
        ImportedSegment(151.5, "Exercises"),
        ImportedSegment(None, "Break"),
    ]


@pytest.mark.parametrize("shown", ["-5", "1e9", "", "99999999999999999999"])
def test_a_timing_that_is_none_counts_as_none(tmp_path: Path, shown: str) -> None:
    odd = slide_xml("Optics", shown_ms=7).replace('advTm="7"', f'advTm="{shown}"')
    path = deck(tmp_path, odd, slide_xml("Refraction"))
    assert [segment.t_s for segment in read_slides(path)] == [None, None]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ppt/slides/slide1.xml", BOMB, "grows"),
        ("ppt/slides/slide1.xml", LAUGHS, "choose a .pptx"),
        ("ppt/slides/slide1.xml", OUTSIDE, "choose a .pptx"),
        ("ppt/slides/slide1.xml", "<p:sld", "choose a .pptx"),
        ("ppt/presentation.xml", f"<p:presentation {NAMES}/>", "no slides"),
        ("_rels/.rels", "<Relationships/>", "another kind of file"),
        (
            "ppt/_rels/presentation.xml.rels",
            '<R><A Id="rId1" Target="../../../../etc/passwd"/></R>',
            "has no etc/passwd",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            '<R><A Id="rId1" TargetMode="External" Target="http://somewhere/"/></R>',
            "missing",
        ),
    ],
)
def test_a_hostile_deck_is_refused_in_one_line(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    path = write_deck(tmp_path / "deck.pptx", deck_parts([slide_xml("Optics")]) | {name: content})
    with pytest.raises(DataProblem, match=said) as caught:
        read_segments(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert "root:" not in message


def test_a_deck_is_read_within_its_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = deck(tmp_path, *(slide_xml(f"Slide about {number}") for number in range(5)))
    assert len(read_slides(path)) == 5
    for limit in ("MOST_SLIDES", "MOST_MEMBERS"):
        with monkeypatch.context() as patch:
            patch.setattr(slides, limit, 4)
            with pytest.raises(DataProblem, match="too many"):
                read_slides(path)
    monkeypatch.setattr(slides, "LARGEST_MEMBER", 500)
    with pytest.raises(DataProblem, match="too large"):
        read_slides(path)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def spoilt(data: bytes) -> bytes:
    place = data.index(b"ppt/slides/slide1.xml") + 60
    return (
        data[:place] + bytes(byte ^ 0x55 for byte in data[place : place + 40]) + data[place + 40 :]
    )


def workbook(data: bytes) -> bytes:
    return data.replace(b"ppt/", b"xls/")


@pytest.mark.parametrize("damage", [cut, spoilt, workbook])
def test_a_damaged_deck_is_refused(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = deck(tmp_path, slide_xml("Optics"))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DataProblem, match="no slide deck that can be read"):
        read_segments(path)


def test_a_deck_with_a_password_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "secret.pptx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(DataProblem, match="password: save it"):
        read_segments(path)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = deck(tmp_path, slide_xml("Optics"))
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02")  # the last entry of the directory
    data[place + 8] |= 1  # says that it is encrypted
    path.write_bytes(bytes(data))
    with zipfile.ZipFile(path) as members:
        assert members.infolist()[-1].flag_bits & 1
    with pytest.raises(DataProblem, match=r"encrypted|damaged"):
        read_segments(path)
