"""A session's main numbers, as a report shows them large."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.report_content import Report


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that is shown large: its name, what it rests on, and a colour."""

    name: str
    value: str
    note: str
    colour: str


def tiles(report: Report) -> list[Tile]:
    """Return the session's main numbers: its mean mix where there is one, faces, coverage."""
    whole = report.whole
    shown = []
    if whole.shares is not None and whole.low is not None and whole.high is not None:
        values = style.percents(whole.shares)
        for mood, name in enumerate(style.MOOD_NAMES):
            bounds = style.span(whole.low[mood], whole.high[mood])
            title = f"{style.MOOD_SYMBOLS[mood]} {name}"
            shown.append(Tile(title, values[mood], bounds, style.MOOD_COLOURS[mood]))
    seen, used = style.count(whole.seen_median), style.count(whole.used_median)
    coverage = style.percent(whole.coverage_median)
    shown.append(Tile("Faces seen", seen, f"{used} used (medians)", style.UNUSED))
    shown.append(Tile("Coverage", coverage, "median", style.COVERAGE))
    return shown
