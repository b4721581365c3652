"""Several exported sessions on one page: a row each, by date, and their mean mixes beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.report_marks import draw_mood_legend
from classroom_monitor.sessions.report_panels import Panel, draw_scale
from classroom_monitor.sessions.summary import RangeSummary
from classroom_monitor.sessions.svg_canvas import Box, SvgCanvas, TextStyle

NOTE = (
    "Means of whole sessions, exclusions left out. Rooms, cameras, models and those who came "
    "differ: a difference between two sessions is not the effect of a single one of these. An "
    "expression is not an emotion; this page shows groups, not people, and is no ground for "
    "grading or judging anybody."
)
_WIDTH, _HEIGHT = 660.0, 162.0
_LEFT, _FOOT = 36.0, 42.0
_WIDEST_BAR = 46.0
_SMALL = 9.0
_SHARE_SCALE = {0.0: "0%", 0.5: "50%", 1.0: "100%"}


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A session, its summary, and the file beside the page that tells more of it."""

    info: SessionInfo
    whole: RangeSummary
    file_name: str

    @property
    def name(self) -> str:
        """The session's title, or its source where it has none."""
        return self.info.title or self.info.source


@dataclass(frozen=True, slots=True)
class Overview:
    """Sessions by date, at least one."""

    rows: tuple[OverviewRow, ...]

    @property
    def title(self) -> str:
        """The course, where all sessions are of one."""
        courses = {row.info.course for row in self.rows}
        return courses.pop() if len(courses) == 1 and "" not in courses else "Sessions"

    @property
    def subtitle(self) -> str:
        """How many sessions there are, from when to when."""
        first, last = (style.day(self.rows[place].info.started_at) for place in (0, -1))
        return f"{len(self.rows)} sessions · {first if first == last else f'{first} to {last}'}"


def make_overview(rows: Sequence[OverviewRow]) -> Overview:
    """Return the overview of sessions in any order."""
    return Overview(tuple(sorted(rows, key=lambda row: row.info.started_at)))


def overview_svg(overview: Overview) -> str:
    """Return the sessions' mean mixes as stacked bars in the order of their dates."""
    canvas = SvgCanvas(_WIDTH, _HEIGHT, f"Mean shares of {len(overview.rows)} sessions")
    place = Box(_LEFT, 8, _WIDTH - _LEFT - 6, _HEIGHT - _FOOT - 8)
    panel = Panel(place, (0.0, float(len(overview.rows))))
    draw_scale(canvas, panel, _SHARE_SCALE)
    room = place.w / len(overview.rows)
    for number, row in enumerate(overview.rows):
        width = min(_WIDEST_BAR, 0.7 * room)
        middle = panel.x(number + 0.5)
        _draw_bar(canvas, panel, Box(middle - width / 2, 0, width, 0), row)
        if room > 4 * _SMALL or number % (1 + int(4 * _SMALL / room)) == 0:
            text = TextStyle(_SMALL, style.FAINT, "middle")
            canvas.text(
                middle,
                _HEIGHT - _FOOT + 14,
                f"{row.info.started_at.day} {row.info.started_at:%b}",
                text,
            )
    draw_mood_legend(canvas, Box(_LEFT, _HEIGHT - 10, _WIDTH, 10))
    return canvas.svg()


def _draw_bar(canvas: SvgCanvas, panel: Panel, across: Box, row: OverviewRow) -> None:
    """Draw one session's shares on each other; one without shares leaves its place empty."""
    low = 0.0
    for mood, share in enumerate(row.whole.shares or ()):
        top, bottom = panel.y(low + share), panel.y(low)
        area = Box(across.x, top, across.w, bottom - top)
        canvas.rect(area, style.MOOD_COLOURS[mood], f"{row.name}: {style.percent(share)}")
        low += share
