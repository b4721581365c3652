"""The sentences of a report: what was measured, what stood out and how sure, the limits."""

from __future__ import annotations

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.change_points import ChangePoint
from classroom_monitor.sessions.report_content import Report

TIMELINE = "Timeline"
SEGMENTS = "Segments"
STOOD_OUT = "What stood out"
MARKERS = "Markers"
LIMITS = "Coverage and limits"
MEASURED = "What was measured"
BEFORE_FIRST = "before the first segment"

_NAMED_IN_HOURS_MIN = 120
_GROUP = "It says nothing about single people and is no ground for grading or judging anybody."
_CAUTION = (
    "An expression is not an emotion. This page shows how the faces of a group looked to a camera "
    f"and a classifier, not what anyone felt, understood or learned. {_GROUP}"
)


def subtitle(report: Report) -> str:
    """Return course, date, time and length in a line."""
    info = report.session.info
    day = f"{style.day(info.started_at)}, {info.started_at:%H:%M}"
    return " · ".join(each for each in (info.course, day, _length(report.tally.all_s)) if each)


def measured(report: Report) -> list[tuple[str, str]]:
    """Return what was measured, and with what, as labels and values."""
    info = report.session.info
    facts = [
        ("Camera or recording", info.source),
        ("Faces looked for in", "a few near rows" if info.mode == "near" else "the whole room"),
    ]
    if report.counts_only:
        facts.append(("Measured", "faces and coverage only, no moods"))
    else:
        model = f"{info.model or 'not recorded'} ({info.engine})"
        facts += [
            ("Mood model", model),
            ("Group minimum", f"{info.group_minimum} faces"),
            ("Bounds", f"{info.confidence_level:.0%} confidence"),
        ]
    if info.state is not SessionState.COMPLETE:
        facts.append(("Recording", "still running" if _running(report) else "was interrupted"))
    return [*facts, ("Program", f"Classroom Monitor {info.program_version}".strip())]


def headline(report: Report) -> str:
    """Return the session's mean mix in a sentence."""
    whole = report.whole
    if report.counts_only:
        return "This session counted faces; moods were not computed."
    if whole.shares is None or whole.low is None or whole.high is None:
        return (
            f"No second of this session had the {report.session.info.group_minimum} faces from "
            "which on shares are shown."
        )
    parts = [
        f"{text} {name.lower()} ({style.span(low, high)})"
        for name, text, low, high in zip(
            style.MOOD_NAMES, style.percents(whole.shares), whole.low, whole.high, strict=True
        )
    ]
    return f"On average the faces looked {parts[0]}, {parts[1]} and {parts[2]}."


def stood_out(report: Report) -> list[str]:
    """Return a sentence for each change that the test found, or one that says why none."""
    changes = report.changes
    if changes.why_not:
        return [f"Changes were not tested: {_lower_first(changes.why_not)}"]
    if not changes.found:
        return [
            "Nothing stood out: no change of the shares was larger than what chance and the "
            "slow ups and downs of a room explain."
        ]
    return [change_sentence(report, change) for change in changes.found]


def change_sentence(report: Report, change: ChangePoint) -> str:
    """Return what changed when, from what to what, and how sure that is."""
    direction = "rose" if change.after > change.before else "fell"
    sure = "p < 0.001" if change.p < 0.001 else f"p = {change.p:.3f}"
    where = _segment_at(report, change.t_s)
    sizes = f"from {style.percent(change.before)} to {style.percent(change.after)}"
    return (
        f"Around {style.time_label(change.t_s)}{where} the share of {change.mood} expressions "
        f"{direction} {sizes} ({_together(sure)})."
    )


def limits(report: Report) -> list[str]:
    """Return what the numbers rest on and what they leave out, a sentence each."""
    tally, info = report.tally, report.session.info
    kind = "pictures" if report.counts_only else "shares"
    enough = "large and sharp" if report.counts_only else "large, sharp and certain"
    lines = [
        f"{_length(tally.counted_s)} of {_length(tally.all_s)} have {kind}{_missing(report)}.",
        f"Of the faces expected in the room, {style.percent(report.whole.coverage_median)} were "
        f"{enough} enough to count in the median second (coverage). Who sits far away, looks down "
        "or is hidden counts less or not at all.",
    ]
    if not report.counts_only:
        lines.append(
            "The intervals reflect how many faces were used, how sure the classifier was and how "
            "slowly a room changes. They do not contain its systematic errors, for example for "
            "faces that differ from those it learned from."
        )
        lines.append(
            f"Seconds with fewer than {info.group_minimum} used faces show no shares. This does "
            "not hide what two neighbouring seconds give away together: who knows that somebody "
            "left in between can often tell that one's part, the better the fewer faces there are."
        )
    return lines


def table_note(report: Report) -> str:
    """Return how the numbers of the table of segments are to be read."""
    level = f"{report.session.info.confidence_level:.0%}"
    return f"Mean shares, with their {level} intervals; medians of faces used and of coverage."


def caution(report: Report) -> str:
    """Return what the page must not be taken for."""
    if report.counts_only:
        return f"This page shows how many faces a camera saw, not who was there. {_GROUP}"
    return _CAUTION


def footer(report: Report) -> str:
    """Return the line at the foot of a page."""
    started_at = report.session.info.started_at
    return f"Classroom Monitor · {report.name} · {started_at:%Y-%m-%d %H:%M}"


def marker_lines(report: Report) -> list[str]:
    """Return the markers by time, with the numbers that the timeline shows."""
    return [
        f"{number}  {style.time_label(marker.t_s)}  {marker.text}"
        for number, marker in enumerate(report.markers, start=1)
    ]


def _missing(report: Report) -> str:
    tally = report.tally
    parts = [
        (tally.too_few_s, "had too few faces"),
        (tally.gap_s, "had no picture (paused, camera lost)"),
        (tally.excluded_s, "were left out by the lecturer"),
    ]
    said = [f"{_length(seconds)} {what}" for seconds, what in parts if seconds]
    return f"; {', '.join(said)}" if said else ""


def _segment_at(report: Report, at_s: float) -> str:
    for row in report.segments:
        if row.segment is not None and row.start_s <= at_s < row.end_s:
            return f", in \N{LEFT DOUBLE QUOTATION MARK}{row.segment.title}" + (
                "\N{RIGHT DOUBLE QUOTATION MARK},"
            )
    return ""


def _together(text: str) -> str:
    """Return a text that no line break goes through."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _length(seconds: int) -> str:
    """Return a length in words: seconds are named below two hours only."""
    minutes, rest = divmod(seconds, 60)
    if minutes >= _NAMED_IN_HOURS_MIN:
        hours, minutes = divmod(minutes, 60)
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def _running(report: Report) -> bool:
    return report.session.info.state is SessionState.RUNNING


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
