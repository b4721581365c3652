"""Magnified looks at places of a picture, each of them framed anew where it shows no face."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.face_confirmation import FaceConfirmer, log_odds
from classroom_monitor.vision.face_passes import FULL, SHORT, ModelTraits
from classroom_monitor.vision.faces import MIN_FACE_PX, FaceDetectors, clip_box
from classroom_monitor.vision.mosaic import Cell, Layout, cell_around, cut_mosaic, to_picture
from classroom_monitor.vision.places import Kind, Place
from classroom_monitor.vision.pyramid import Pyramid
from classroom_monitor.vision.scan import Glance
from classroom_monitor.vision.tiles import Tile

LEAST_SCORE = 0.3
SEARCHERS = (replace(SHORT, min_score=LEAST_SCORE), replace(FULL, min_score=LEAST_SCORE))

CONFIRM_MS = 2.0
"""What the landmark model costs a face, as ModelTraits.cost_ms is measured."""

MAGNIFIED = 1.065
"""The short-range model draws magnified faces smaller than the convention, 0.86 of a FER2013 frame:
0.826 of it (175 faces of clips). With 1.065 the median of all followed boxes of six clips is 0.85
to 0.88."""

STILL_THERE_LOGIT = 2.0
CONFIRMED = 0.9

NEW_FACE_ODDS = 1.0
"""Mean log odds that second opinions on a place must give before it counts as a face (three of four
such finds are one); a face that is followed stays one until several are against it."""

FEW_OPINIONS = 3


@dataclass(frozen=True, slots=True)
class Framing:
    """How a place is looked at: by which detector, in which layout, span face sides wide.

    known_score and new_score are what a face must have where one is known, and elsewhere. Without
    a model the landmark model is asked about the place's own box. grow turns the boxes into the
    short-range convention (face_passes.py).
    """

    model: ModelTraits | None
    layout: Layout
    span: float
    known_score: float
    new_score: float
    grow: float = 1.0

    @property
    def cost_ms(self) -> float:
        """The cost of a look at up to layout.cells places."""
        return self.model.cost_ms if self.model else CONFIRM_MS


_SHORT_WIDE = Framing(SEARCHERS[0], Layout(128, 2), 2.2, 0.4, 0.6, MAGNIFIED)
_SHORT_TIGHT = Framing(SEARCHERS[0], Layout(128, 2), 1.7, 0.4, 0.6, MAGNIFIED)
_SHORT_ALONE = Framing(SEARCHERS[0], Layout(128, 1), 4.0, 0.4, 0.6, MAGNIFIED)
_FULL = Framing(SEARCHERS[1], Layout(192, 2), 2.4, 0.5, 0.7)
_LANDMARKS = Framing(None, Layout(192, 1), 1.5, 0.0, 0.0)

FRAMINGS = {
    Kind.KNOWN: (_SHORT_WIDE, _LANDMARKS, _SHORT_ALONE, _FULL, _SHORT_TIGHT),
    Kind.SEAT: (_SHORT_WIDE, _SHORT_TIGHT, _FULL, _SHORT_ALONE),
    Kind.CANDIDATE: (_SHORT_WIDE, _LANDMARKS, _FULL),
    Kind.REFUTED: (_SHORT_WIDE, _FULL),
}
"""In turn while a place shows no face. Two by two cells: on 240 faces of clips and photographs they
find as many as a tile of their own does (0.96 at score 0.3); three by three lose a tenth. A face
that one framing doesn't show, another mostly does."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a magnified look showed: the place, the area looked at, and the face or None."""

    place: Place
    area: Cell
    face: FaceBox | None


def framing_of(place: Place) -> Framing:
    """Return how a place is looked at next."""
    framings = FRAMINGS[place.kind]
    return framings[place.misses % len(framings)]


def affordable(places: Sequence[Place], budget_ms: float) -> list[Place]:
    """Return those places, first ones first, at which looks fit into a budget together."""
    counts: dict[Framing, int] = {}
    chosen = []
    spent_ms = 0.0
    for place in places:
        framing = framing_of(place)
        is_new_look = counts.get(framing, 0) % framing.layout.cells == 0
        cost_ms = framing.cost_ms if is_new_look else 0.0
        if spent_ms + cost_ms <= budget_ms:
            spent_ms += cost_ms
            counts[framing] = counts.get(framing, 0) + 1
            chosen.append(place)
    return chosen


@dataclass(frozen=True, slots=True)
class Group:
    """Places that one look shows together, and how it is taken."""

    framing: Framing
    places: tuple[Place, ...]

    @property
    def cost(self) -> float:
        """What it costs in the terms of ModelTraits.cost_ms."""
        return self.framing.cost_ms


def grouped(places: Sequence[Place]) -> list[Group]:
    """Return the looks that show places, each as it is looked at next."""
    alike: dict[Framing, list[Place]] = {}
    for place in places:
        alike.setdefault(framing_of(place), []).append(place)
    return [
        Group(framing, tuple(mine[start : start + framing.layout.cells]))
        for framing, mine in alike.items()
        for start in range(0, len(mine), framing.layout.cells)
    ]


class Magnifier:
    """The models that look at places. One thread makes, uses and closes it."""

    def __init__(self, detectors: FaceDetectors) -> None:
        """Use detectors of SEARCHERS, and load the landmark model. Raises BundleProblem."""
        self._detectors = detectors
        self._confirmer = FaceConfirmer()

    def look(self, picture: Pyramid, group: Group) -> list[Shown]:
        """Look at a group of places of a frame, and return what each showed."""
        cells = [cell_around(place.box, group.framing.span) for place in group.places]
        if group.framing.model is None:
            faces = [self._ask(picture.level(0), place) for place in group.places]
        else:
            found = self._detect(picture, group, cells)
            faces = [
                face if face and self._convinces(picture.level(0), place, face) else None
                for place, face in zip(group.places, found, strict=True)
            ]
        return [Shown(*one) for one in zip(group.places, cells, faces, strict=True)]

    def close(self) -> None:
        """Free the landmark model; the detectors are their owner's."""
        self._confirmer.close()

    def _ask(self, image_bgr: UInt8Array, place: Place) -> FaceBox | None:
        """Return the place's box if the landmark model sees a face in it."""
        if place.kind is Kind.KNOWN:
            (logit,) = self._confirmer.presence_logits(image_bgr, [place.box])
            return place.box if logit >= STILL_THERE_LOGIT else None
        (probability,) = self._confirmer.confirm(image_bgr, [place.box])
        return place.box if probability >= CONFIRMED else None

    def _convinces(self, image_bgr: UInt8Array, place: Place, face: FaceBox) -> bool:
        """Return whether the second opinions on a place, together, take its find for a face.

        One opinion errs: what looks like a face now and then is asked about again and again.
        """
        if not place.is_settled:
            (probability,) = self._confirmer.confirm(image_bgr, [face])
            place.weigh(float(log_odds(np.array(probability))))
        if place.kind is Kind.KNOWN:
            return place.opinions < FEW_OPINIONS or place.odds >= 0
        return place.odds >= NEW_FACE_ODDS

    def _detect(
        self, picture: Pyramid, group: Group, cells: Sequence[Cell]
    ) -> list[FaceBox | None]:
        framing = group.framing
        assert framing.model is not None
        side = framing.layout.side_px
        glance = Glance(framing.model.file_name, Tile(0, 0, side, side), framing.cost_ms)
        mosaic = cut_mosaic(picture, cells, framing.layout)
        best: list[FaceBox | None] = [None] * len(group.places)
        for one in self._detectors.glance(mosaic, glance):
            inside = to_picture(one, cells, framing.layout)
            if inside is None:
                continue
            index, box = inside
            box = clip_box(_grown(box, framing.grow), picture.width, picture.height)
            place = group.places[index]
            least = framing.known_score if place.kind is Kind.KNOWN else framing.new_score
            if box.score < least or min(box.w, box.h) < MIN_FACE_PX:
                continue
            other = best[index]
            if other is None or _distance(box, place.box) < _distance(other, place.box):
                best[index] = box
        return best


def _grown(box: FaceBox, times: float) -> FaceBox:
    """Return a box made larger around its centre."""
    more_w, more_h = box.w * (times - 1), box.h * (times - 1)
    return FaceBox(
        box.x - more_w / 2, box.y - more_h / 2, box.w + more_w, box.h + more_h, box.score
    )


def _distance(one: FaceBox, other: FaceBox) -> float:
    x = one.x + one.w / 2 - other.x - other.w / 2
    y = one.y + one.h / 2 - other.y - other.h / 2
    return math.hypot(x, y)
