"""Decides which parts of a room scan run on which look, so that a scan costs little a frame.

Seats stay where they are. A look runs the few looks into tiles ("glances") that are needed to see
every known face again, those around faces that were just lost, and one part of all the others in
turn, so that a newcomer is found within ROTATION_LOOKS looks. The first look runs everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.tiles import Tile, box_rows, overlaps

ROTATION_LOOKS = 6
"""A glance that no known face needs has its turn once in so many looks: 1.2 s at 5 looks a second.

On 1280x720 clips a look then costs 77 ms on one core instead of 267 ms for a full scan, and shows
0.96 of lecture_20's faces instead of 0.99; tracks bridge the rest (0.99 of them counted a second).
"""

LOST_LOOKS = 3
"""For so many looks every glance that could show a lost face is taken."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One face model on one tile, and what it costs relative to the others."""

    model: str
    tile: Tile
    cost: float


class ScanPlan:
    """The state of a spread-out scan of pictures of one size. Deterministic."""

    def __init__(self, glances: Sequence[Glance]) -> None:
        """Plan a scan that runs every glance on its first look."""
        self._glances = tuple(glances)
        self._look = 0
        self._needed: set[int] = set(range(len(glances)))
        self._known: list[FaceBox] = []
        self._lost: list[tuple[FaceBox, int]] = []

    def choose(self) -> list[int]:
        """Return the indices of the glances to take on the next look, rising."""
        turn = range(self._look % ROTATION_LOOKS, len(self._glances), ROTATION_LOOKS)
        return sorted(self._needed.union(turn))

    def report(self, faces: Sequence[FaceBox], seen_by: Sequence[frozenset[int]]) -> None:
        """Take the look's merged faces, and for each the glances that showed it."""
        self._look += 1
        known = [(face, 0) for face in self._known] + self._lost
        gone = _not_among([face for face, _ in known], faces)
        self._lost = [
            (known[index][0], known[index][1] + 1) for index in gone if known[index][1] < LOST_LOOKS
        ]
        self._known = list(faces)
        self._needed = self._cover(seen_by)
        for face, _ in self._lost:
            self._needed.update(self._showing(face))

    def _cover(self, seen_by: Sequence[frozenset[int]]) -> set[int]:
        """Return few cheap glances that together show every face (greedy set cover)."""
        uncovered = set(range(len(seen_by)))
        candidates = sorted(frozenset().union(*seen_by))
        cover: set[int] = set()
        while uncovered:
            gains = [
                sum(glance in seen_by[face] for face in uncovered) / self._glances[glance].cost
                for glance in candidates
            ]
            best = candidates[int(np.argmax(gains))]
            cover.add(best)
            uncovered = {face for face in uncovered if best not in seen_by[face]}
        return cover

    def _showing(self, face: FaceBox) -> list[int]:
        """Return the glances whose tile holds a face whole."""
        return [
            index
            for index, glance in enumerate(self._glances)
            if glance.tile.x <= face.x
            and glance.tile.y <= face.y
            and face.x + face.w <= glance.tile.x + glance.tile.width
            and face.y + face.h <= glance.tile.y + glance.tile.height
        ]


def _not_among(known: Sequence[FaceBox], faces: Sequence[FaceBox]) -> list[int]:
    """Return the indices of known faces that overlap none of the faces."""
    iou, _ = overlaps(box_rows(known), box_rows(faces))
    return [int(index) for index in np.flatnonzero(~(iou > 0).any(axis=1))]
