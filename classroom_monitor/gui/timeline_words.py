"""What is said of things on a timeline to those who hear it or read it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from classroom_monitor.contracts import Exclusion, Marker
from classroom_monitor.gui.formats import duration, percent
from classroom_monitor.gui.timeline_annotations import Annotation, stretches
from classroom_monitor.gui.timeline_items import Drawn
from classroom_monitor.sessions.change_points import ChangePoint

_MOST_NOTES = 4


def describe(item: Annotation | None, place: tuple[int, int] | None = None) -> str:
    """Return what a thing is, where it lies and, with its place (which, of how many), that."""
    if item is None:
        return ""
    if isinstance(item, Exclusion):
        text = _tr("Left out from {0} to {1}").format(duration(item.start_s), duration(item.end_s))
        said = f"{text}: {item.reason}" if item.reason else text
    elif isinstance(item, Marker):
        said = _tr("Marker at {0}: {1}").format(duration(item.t_s), item.text or _tr("no text"))
    else:
        title = item.title or _tr("no title")
        said = _tr("Segment from {0}: {1}").format(duration(item.t_s), title)
    if place is None:
        return said
    return _tr("{0} ({1} of {2})").format(said, *place)


def describe_range(range_s: tuple[float, float]) -> str:
    """Return from when to when a stretch is marked out."""
    return _tr("{0} to {1} selected").format(*map(duration, range_s))


def describe_change(change: ChangePoint) -> str:
    """Return how a mood's share changed, from what to what."""
    moods = {
        "negative": _tr("negative"),
        "neutral": _tr("neutral"),
        "positive": _tr("positive"),
    }
    before, after = percent(change.before), percent(change.after)
    return _tr("change: {0} {1} → {2}").format(moods[change.mood], before, after)


def notes_at(drawn: Drawn, at_s: float, reach_s: float) -> tuple[str, ...]:
    """Return what lies at a time, or no farther than reach_s from it: a line for each thing."""
    there = drawn.annotations
    notes = [
        "⚑ " + (marker.text or duration(marker.t_s))
        for marker in there.markers
        if abs(marker.t_s - at_s) <= reach_s
    ]
    notes += [
        describe_change(change) for change in drawn.changes if abs(change.t_s - at_s) <= reach_s
    ]
    notes += [
        _tr("left out: {0}").format(item.reason) if item.reason else _tr("left out")
        for item in there.exclusions
        if item.start_s <= at_s < item.end_s
    ]
    notes += [
        stretch.segment.title
        for stretch in stretches(there.segments, drawn.end_s)
        if stretch.start_s <= at_s < stretch.end_s and stretch.segment.title
    ]
    return tuple(notes[:_MOST_NOTES])


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimelineWords", text)
