"""Markers, segments and exclusions as things on a time axis; no Qt in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment

Annotation = Marker | Segment | Exclusion
"""What can be selected, moved, edited and removed on a timeline."""

_Kind = TypeVar("_Kind", Marker, Segment, Exclusion)

SHORTEST_EXCLUSION_S = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment with the seconds that it lasts: to the next one's start, or to the end."""

    segment: Segment
    start_s: float
    end_s: float


def same(one: Annotation | None, other: Annotation | None) -> bool:
    """Whether both are the same thing, perhaps at another time or with another text."""
    return one is not None and other is not None and key(one) == key(other)


def key(item: Annotation) -> tuple[str, int]:
    """Return what stays when a thing is moved or renamed."""
    match item:
        case Marker():
            return "marker", item.marker_id
        case Segment():
            return "segment", item.segment_id
        case Exclusion():
            return "exclusion", item.exclusion_id


def start_s(item: Annotation) -> float:
    """Return when a thing is, or begins."""
    return item.start_s if isinstance(item, Exclusion) else item.t_s


def in_order(annotations: Annotations) -> tuple[Annotation, ...]:
    """Return everything in order of time, as the keyboard goes through it."""
    every: list[Annotation] = [
        *annotations.exclusions,
        *annotations.segments,
        *annotations.markers,
    ]
    return tuple(sorted(every, key=start_s))


def find(annotations: Annotations, wanted: Annotation | None) -> Annotation | None:
    """Return the thing as the annotations have it now, or None where it is gone."""
    return next((item for item in in_order(annotations) if same(item, wanted)), None)


def with_changed(annotations: Annotations, changed: Annotation) -> Annotations:
    """Return the annotations with one thing put in place of the one that it was."""
    match changed:
        case Marker():
            return replace(annotations, markers=_put(annotations.markers, changed))
        case Segment():
            return replace(annotations, segments=_put(annotations.segments, changed))
        case Exclusion():
            return replace(annotations, exclusions=_put(annotations.exclusions, changed))


def moved_to(item: Annotation, to_s: float, end_s: float) -> Annotation:
    """Return a thing moved, kept between 0 and end_s; an exclusion keeps its length."""
    if isinstance(item, Exclusion):
        length_s = item.end_s - item.start_s
        first_s = min(max(0.0, to_s), max(0.0, end_s - length_s))
        return replace(item, start_s=first_s, end_s=first_s + length_s)
    return replace(item, t_s=min(max(0.0, to_s), end_s))


def with_edge(item: Exclusion, to_s: float, end_s: float, *, last: bool) -> Exclusion:
    """Return an exclusion with its first or last second moved, never shorter than a second."""
    if last:
        return replace(item, end_s=min(max(item.start_s + SHORTEST_EXCLUSION_S, to_s), end_s))
    return replace(item, start_s=max(0.0, min(to_s, item.end_s - SHORTEST_EXCLUSION_S)))


def stretches(segments: Sequence[Segment], end_s: float) -> tuple[Stretch, ...]:
    """Return each segment with its end, in order of time."""
    ordered = sorted(segments, key=start_s)
    ends = [*(segment.t_s for segment in ordered[1:]), max(end_s, *(s.t_s for s in ordered), 0.0)]
    return tuple(
        Stretch(segment, segment.t_s, last)
        for segment, last in zip(ordered, ends[: len(ordered)], strict=True)
    )


def _put(items: tuple[_Kind, ...], changed: _Kind) -> tuple[_Kind, ...]:
    """Return the items in order of time, with one of them as it was changed."""
    return tuple(sorted((changed if same(item, changed) else item for item in items), key=start_s))
