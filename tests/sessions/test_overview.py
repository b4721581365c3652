"""The page over several sessions: order, names, sessions without moods, hostile texts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions.overview import Overview, OverviewRow, make_overview, overview_svg
from classroom_monitor.sessions.overview_html import overview_html
from classroom_monitor.sessions.report_style import MOOD_COLOURS
from classroom_monitor.sessions.summary import summarise
from tests.sessions.lecture_sample import lecture
from tests.sessions.test_report import checked


def row(session: StoredSession, week: int, **changes: str) -> OverviewRow:
    started_at = session.info.started_at + timedelta(weeks=week)
    info = replace(session.info, title=f"Week {week}", started_at=started_at)
    for name, value in changes.items():
        info = replace(info, **{name: value})  # type: ignore[arg-type]
    summary = summarise(session.points, session.annotations.exclusions, 0.0, 1e9)
    return OverviewRow(info, summary, f"week {week}.html")


def overview_of(weeks: int) -> Overview:
    session = lecture(minutes=3)
    return make_overview([row(session, week) for week in reversed(range(weeks))])


def test_sessions_stand_by_date_under_their_course() -> None:
    overview = overview_of(3)
    assert [each.name for each in overview.rows] == ["Week 0", "Week 1", "Week 2"]
    assert overview.title == "Physics II"
    assert overview.subtitle == "3 sessions · 2 March 2026 to 16 March 2026"


def test_sessions_of_several_courses_or_none_have_a_plain_title() -> None:
    session = lecture(minutes=2)
    for course in ("Biology", ""):
        rows = [row(session, 0), row(session, 1, course=course)]
        assert make_overview(rows).title == "Sessions"
    assert make_overview([row(session, 0, course="")]).title == "Sessions"


def test_each_session_has_its_bar_and_its_row() -> None:
    overview = overview_of(4)
    assert overview_svg(overview).count(f'fill="{MOOD_COLOURS[0]}"') == 4 + 1  # and the legend
    page = checked(overview_html(overview))
    assert page.tags.count("tr") == 5
    assert "Week 3" in page.text
    assert "An expression is not an emotion" in page.text


def test_a_session_without_moods_leaves_its_place_empty() -> None:
    rows = [row(lecture(minutes=2), 0), row(lecture(minutes=2, counts_only=True), 1)]
    overview = make_overview(rows)
    assert overview_svg(overview).count(f'fill="{MOOD_COLOURS[0]}"') == 1 + 1
    assert checked(overview_html(overview)).tags.count("a") == 2


def test_dates_of_many_sessions_dont_touch() -> None:
    dates = re.findall(r">(\d+ \w{3})</text>", overview_svg(overview_of(40)))
    assert 5 <= len(dates) <= 20


def test_texts_of_sessions_are_never_markup_or_addresses() -> None:
    bad = '"><script>alert(1)</script>'
    evil = replace(row(lecture(minutes=2), 0, title=bad), file_name=f"javascript:{bad}")
    page = overview_html(make_overview([evil]))
    assert "script" not in checked(page).tags
    assert 'href="javascript%3A' in page
