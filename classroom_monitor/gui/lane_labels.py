"""Where segments and markers stand in the lane above a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from classroom_monitor.contracts import Marker
from classroom_monitor.gui.time_scale import TimeScale
from classroom_monitor.gui.timeline_annotations import Annotation, Stretch

FLAG_PX = 8.0
_PADDING_PX = 5.0
_LONGEST_TEXT_PX = 190.0
_EDGE_PX = 6.0


@dataclass(frozen=True, slots=True)
class Label:
    """A thing in the lane: where it is, and where its text is; x from the plot's left edge."""

    item: Annotation
    place: QRectF
    text_place: QRectF
    text: str

    def is_held_at(self, x_px: float) -> bool:
        """Whether it can be dragged from there: a flag anywhere, a segment by its start."""
        return isinstance(self.item, Marker) or x_px - self.place.left() <= _EDGE_PX


def segment_labels(
    stretches: Sequence[Stretch], scale: TimeScale, row_px: float
) -> list[tuple[int, Label]]:
    """Return the segments in view as a row of stretches, each with its number from 0."""
    labels = []
    for number, stretch in enumerate(stretches):
        place = scale.stretch(stretch.start_s, stretch.end_s)
        place.setRect(place.left(), 0.0, place.width(), row_px - 1)
        if not place.isEmpty():
            inside = place.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
            inside.setLeft(max(_PADDING_PX, inside.left()))
            labels.append((number, Label(stretch.segment, place, inside, stretch.segment.title)))
    return labels


def marker_labels(
    markers: Sequence[Marker], scale: TimeScale, top_px: float, row_px: float
) -> list[Label]:
    """Return the markers in view as flags; a text ends where the next flag begins."""
    every = ((round(scale.x_px(marker.t_s)) + 0.5, marker) for marker in markers)
    flags = [(x, marker) for x, marker in every if scale.shows(x)]
    ends = [*(x for x, _ in flags), scale.rect.width()][1:]
    labels = []
    for (x, marker), end in zip(flags, ends, strict=True):
        room = max(0.0, min(end - x - FLAG_PX - 2 * _PADDING_PX, _LONGEST_TEXT_PX))
        text = QRectF(x + FLAG_PX + 3, top_px, room, row_px)
        place = QRectF(x - 3, top_px, FLAG_PX + 6 + room, row_px)
        labels.append(Label(marker, place, text, marker.text))
    return labels
