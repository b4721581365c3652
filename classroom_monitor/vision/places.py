"""The places of a picture that are worth a magnified look: faces, seats, and what may be a face."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.motion import Motion
from classroom_monitor.vision.tiles import box_rows, overlaps

SAME_PLACE_IOU = 0.25

CHANGED_PART = 0.3
"""A place of which this part changed since the last look is looked at again at once."""

KNOWN_PERIOD = 4
"""Looks between two magnified looks at a face that is followed; flow bridges them."""

SEAT_PERIOD = 3
"""Looks between two magnified looks at a seat just left; each look in vain adds one more."""

SEAT_MEMORY_LOOKS = 3000
"""Ten minutes at five looks a second: then an empty seat is forgotten."""

MOST_SEAT_PERIOD = 15
REFUTED_PERIOD = 25

ENOUGH_OPINIONS = 5
SURE_ODDS = 2.0
"""So many second opinions with such mean log odds (seven in eight) settle that a place shows a
face; about one that is less sure further opinions are asked."""

LEAST_GAIN = 0.1
"""What the newest opinion counts at least: about ten of them make the mean."""

TRIES = ENOUGH_OPINIONS


class Kind(enum.Enum):
    """What a place is taken for."""

    KNOWN = "known"  # a face is followed here
    SEAT = "seat"  # a face was followed here
    CANDIDATE = "candidate"  # a tile showed something like a face
    REFUTED = "refuted"  # the magnified look didn't


@dataclass(slots=True)
class Place:
    """A box in the newest frame, and what looks there have shown.

    looked_at and since are numbers of looks: of the last magnified look, and of the one at which
    the place got its kind. tries counts looks, misses those since the last find, finds the rest.
    odds is the mean of the log odds that opinions second opinions gave it.
    """

    box: FaceBox
    kind: Kind
    since: int
    looked_at: int
    tries: int = 0
    misses: int = 0
    finds: int = 0
    changed: bool = False
    opinions: int = 0
    odds: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether no further second opinion is asked for."""
        return self.opinions >= ENOUGH_OPINIONS and self.odds >= SURE_ODDS

    def weigh(self, odds: float) -> None:
        """Take the log odds of a second opinion into the mean."""
        self.opinions += 1
        self.odds += (odds - self.odds) * max(1 / self.opinions, LEAST_GAIN)

    def become(self, kind: Kind, look: int) -> None:
        """Be taken for something else from now on."""
        if kind is not self.kind:
            self.kind, self.since, self.misses, self.finds = kind, look, 0, 0

    def urgency(self, look: int) -> float:
        """Return how much a magnified look is due here: from 1 on it is."""
        age = look - self.looked_at
        if self.changed:
            return 4.0 * age
        if self.kind is Kind.KNOWN:
            return 3.0 * age if self.misses or self.finds < 2 else age / KNOWN_PERIOD
        if self.kind is Kind.CANDIDATE:
            return 2.0 * age
        if self.kind is Kind.SEAT:
            return age / min(SEAT_PERIOD + self.misses, MOST_SEAT_PERIOD)
        return age / REFUTED_PERIOD


class Places:
    """All places of one source's pictures, followed from frame to frame. Deterministic."""

    def __init__(self) -> None:
        """Start without any."""
        self.all: list[Place] = []
        self.look = 0

    def advance(self, known: Sequence[FaceBox], motion: Motion) -> None:
        """Go to the next frame: known faces are where motion says, the rest drifts along."""
        self.look += 1
        drift_x, drift_y = motion.drift
        for place in self.all:
            box = place.box
            place.box = FaceBox(box.x + drift_x, box.y + drift_y, box.w, box.h, box.score)
        self._take_known(motion.places[: len(known)])
        parts = motion.changed_parts(box_rows([place.box for place in self.all]))
        for place, part in zip(self.all, parts.tolist(), strict=True):
            place.changed |= part >= CHANGED_PART
        self.all = [place for place in self.all if self._is_kept(place)]

    def _take_known(self, boxes: Sequence[FaceBox]) -> None:
        """Put the known faces onto their places; where one isn't known any more is a seat."""
        iou, _ = overlaps(box_rows(boxes), box_rows([place.box for place in self.all]))
        taken: set[int] = set()
        for row, box in enumerate(boxes):
            near = np.flatnonzero(iou[row] > SAME_PLACE_IOU)
            nearest_first = near[np.argsort(-iou[row, near], kind="stable")].tolist()
            free = [index for index in nearest_first if index not in taken]
            if free:
                place = self.all[free[0]]
                place.box = box
                place.become(Kind.KNOWN, self.look)
                taken.update(free)  # other places on the same face are done with
                for other in free[1:]:
                    self.all[other].since = -SEAT_MEMORY_LOOKS - 1
                    self.all[other].kind = Kind.REFUTED
            else:
                self.all.append(Place(box, Kind.KNOWN, self.look, self.look - 1))
                taken.add(len(self.all) - 1)
        for index, place in enumerate(self.all):
            if place.kind is Kind.KNOWN and index not in taken:
                place.become(Kind.SEAT, self.look)

    def _is_kept(self, place: Place) -> bool:
        return place.kind is Kind.KNOWN or self.look - place.since <= SEAT_MEMORY_LOOKS

    def add_candidates(self, boxes: Sequence[FaceBox]) -> None:
        """Take what tiles showed; what lies on a known place is nothing new."""
        rows = box_rows([*(place.box for place in self.all), *boxes])
        first = len(self.all)
        iou, _ = overlaps(rows[first:], rows)
        taken = list(range(first))
        for index, box in enumerate(boxes):
            if not (iou[index, taken] > SAME_PLACE_IOU).any():
                self.all.append(Place(box, Kind.CANDIDATE, self.look, self.look - 1))
                taken.append(first + index)

    def due(self, least_urgency: float = 1.0) -> list[Place]:
        """Return the places for the next magnified looks, most urgent first."""
        urgent = [(place.urgency(self.look), place) for place in self.all]
        order = sorted((pair for pair in urgent if pair[0] >= least_urgency), key=lambda p: -p[0])
        return [place for _, place in order]

    def report(self, place: Place, found: FaceBox | None) -> None:
        """Take what a magnified look at a place showed."""
        place.looked_at = self.look
        place.changed = False
        place.tries += 1
        if found is None:
            place.misses += 1
            if place.kind is Kind.CANDIDATE and place.misses >= TRIES:
                place.become(Kind.REFUTED, self.look)
        else:
            place.misses = 0
            place.finds += 1
            place.box = found
