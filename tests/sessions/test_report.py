"""Reports: what they tell, what they leave out, and that nothing in them is taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment, SessionState
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions import report_texts as texts
from classroom_monitor.sessions.change_points import ChangePoint, ChangePoints
from classroom_monitor.sessions.report_content import Report, Tally, make_report
from classroom_monitor.sessions.report_html import report_html
from classroom_monitor.sessions.report_tiles import tiles
from classroom_monitor.sessions.report_timeline import TimelineDrawing, timeline_svg
from tests.sessions.lecture_sample import TOPICS, lecture

EMPTY = frozenset(("meta", "br", "hr", "img", "link", "input"))


class Checked(HTMLParser):
    """Fails on tags that aren't closed in order, and gathers tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def checked(page: str) -> Checked:
    parser = Checked()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def report() -> Report:
    """The report of a lecture of 20 minutes, with the test's result replaced by a known one."""
    change = ChangePoint(480.0, "negative", 0.14, 0.3, 0.0004)
    made = make_report(lecture(minutes=20))
    return replace(made, changes=ChangePoints((change,), "Named test, level 5%.", ""))


def test_seconds_are_accounted_for(report: Report) -> None:
    assert report.tally == Tally(all_s=1200, counted_s=996, too_few_s=48, gap_s=36, excluded_s=120)
    (said, *_) = texts.limits(report)
    assert said == (
        "16 min 36 s of 20 min have shares; 48 s had too few faces, 36 s had no picture (paused, "
        "camera lost), 2 min were left out by the lecturer."
    )


def test_a_change_is_told_with_place_sizes_and_certainty(report: Report) -> None:
    (line,) = texts.stood_out(report)
    assert line.replace("\N{NO-BREAK SPACE}", " ") == (
        "Around 8:00, in “Snell's law, derived”, the share of negative expressions rose from 14% "
        "to 30% (p < 0.001)."
    )


def test_no_change_and_no_test_are_told_apart(report: Report) -> None:
    calm = replace(report, changes=ChangePoints((), "Named test.", ""))
    untested = replace(report, changes=ChangePoints((), "", "The session is too short."))
    assert "Nothing stood out" in texts.stood_out(calm)[0]
    assert texts.stood_out(untested) == ["Changes were not tested: the session is too short."]


def test_the_page_has_everything_and_needs_nothing_else(report: Report) -> None:
    page = checked(report_html(report))
    for said in (
        *("Optics, lecture 4", "Physics II · 2 March 2026, 09:15 · 20 min", *TOPICS),
        *("question from the back rows", "Named test, level 5%.", "p", "Coverage and limits"),
        *("An expression is not an emotion", "the whole room", "95%", "Group minimum5 faces"),
    ):
        assert said in page.text
    assert page.tags.count("svg") == 1 + sum(
        row.summary.shares is not None for row in report.segments
    )
    assert not {"script", "link", "img", "iframe", "object"} & {*page.tags}
    assert not {"src", "href", "srcset", "xlink:href", "onload"} & page.attributes
    html = report_html(report)
    assert set(re.findall(r"https?://[^\"'\s<]+", html)) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in html


def test_texts_of_the_session_are_never_markup() -> None:
    bad = '</title></style></svg><script>alert("1")</script>&\x00\ud800'
    session = lecture(minutes=2)
    hostile = StoredSession(
        replace(session.info, title=bad, course=bad, source=bad, model=bad, engine=bad),
        session.points,
        Annotations((Marker(1, 5.0, bad),), (Segment(1, 0.0, bad),), (Exclusion(1, 9, 20, bad),)),
    )
    page = checked(report_html(make_report(hostile)))
    assert "script" not in page.tags
    assert page.text.count("</script>") >= 4


def test_notes_of_the_lecturer_are_in_no_report() -> None:
    session = lecture(minutes=2)
    noted = replace(session, info=replace(session.info, notes="between us"))
    assert "between us" not in report_html(make_report(noted))


def test_a_session_below_the_group_minimum_shows_no_share() -> None:
    session = lecture(minutes=5)
    bare = replace(session, points=tuple(replace(each, shares=None) for each in session.points))
    made = make_report(bare)
    assert "5 faces from which on shares are shown" in texts.headline(made)
    page = checked(report_html(made))
    assert "Negative" not in {tile.name for tile in tiles(made)}
    assert page.tags.count("svg") == 1


def test_a_counts_only_session_speaks_of_faces_only() -> None:
    made = make_report(lecture(minutes=5, counts_only=True))
    page = checked(report_html(made))
    assert "moods were not computed" in page.text
    for mood in ("egative", "eutral", "ositive", "emotion"):
        assert mood not in page.text
    assert [tile.name for tile in tiles(made)] == ["Faces seen", "Coverage"]


def test_excluded_seconds_change_nothing_in_the_report() -> None:
    session = lecture(minutes=5)
    left_out = Exclusion(9, 0.0, 150.0)
    notes = replace(session.annotations, exclusions=(left_out,))
    other = tuple(
        replace(each, shares=None, used=0, seen=0, coverage=0.0) if each.t_s < 150 else each
        for each in session.points
    )
    one = make_report(replace(session, annotations=notes))
    two = make_report(replace(session, points=other, annotations=notes))
    assert report_html(one) == report_html(two)


def test_an_empty_session_makes_a_page() -> None:
    session = lecture(minutes=5)
    info = replace(session.info, seconds=0, title="", state=SessionState.INTERRUPTED)
    made = make_report(StoredSession(info, (), Annotations()))
    page = checked(report_html(made))
    assert "Lecture hall camera" in page.text
    assert "was interrupted" in page.text


def test_the_timeline_names_what_it_shows_and_hides() -> None:
    session = lecture(minutes=20)
    change = ChangePoint(480.0, "negative", 0.14, 0.3, 0.001)
    stacked = timeline_svg(session, TimelineDrawing(changes=(change,)))
    for said in ("Negative", "Too few faces", "No picture", "Left out", "1 Welcome", "▼↑", "20:00"):
        assert said in stacked
    lines = timeline_svg(session, TimelineDrawing("lines", smoothing_s=30))
    assert "and their bounds" in lines
    assert lines.count("fill-opacity") == 3 * 4  # a band a mood in each stretch between holes
    assert "fill-opacity" not in timeline_svg(session, TimelineDrawing("lines", bands=False))


def test_a_timeline_of_eight_hours_stays_small() -> None:
    session = lecture(minutes=480)
    markers = tuple(Marker(n, 144.0 * n, f"marker {n}") for n in range(1, 201))
    crowded = replace(session, annotations=replace(session.annotations, markers=markers))
    svg = timeline_svg(crowded)
    assert len(svg) < 150_000
    numbers = re.findall(r'font-weight="bold">(\d+)</text>', svg)
    assert 10 < len(numbers) < 60  # not one on top of the other
