"""Decides which tiles of the picture are searched for new faces on which look.

Tiles come in a ladder of sizes, each for faces of a third to a sixth of its side. Every tile has
its turn; those of a size that this room shows come round more often, and so do those in which
something changed. Deterministic, like all of this.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.vision.face_passes import FULL, SHORT, ModelTraits
from classroom_monitor.vision.tiles import Float64Array, Tile

LARGEST_FACE = 1 / 3
"""Tiles overlap by this part of their side, so that a face of up to this part is whole in one."""

LEAST_SIDE_PX = 72
LEAST_PART = 1 / 8.5
"""The smallest tiles' side, and as part of the picture's shorter side: the number of tiles is
bounded however large the picture is."""

UNUSED_WEIGHT = 0.1
"""How often a tile of a size that shows no faces has its turn, to that of one that does."""

MOST_HASTE = 6.0
"""How much sooner a tile has its turn when all in it changed."""

HASTE_PART = 1 / 36
"""A tile of which this part changed is fully in haste: the smallest face it is for has come."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One face model on one tile, and what it costs in the terms of ModelTraits.cost_ms."""

    model: str
    tile: Tile
    cost: float


@dataclass(frozen=True, slots=True)
class Rung:
    """Tiles of one side, looked at by one model, which shows faces of smallest to LARGEST_FACE.

    smallest is a part of the side. On 180 faces of clips the short-range model finds 0.92 of those
    a sixth of a tile wide (score 0.3), 0.95 at a third and above, but 0.45 at an eighth; the
    full-range model finds 0.88, too, of the small ones, and others of the rest. weight says how
    often its tiles have their turn, to that of the other rungs.
    """

    side: int
    model: ModelTraits
    smallest: float
    weight: float = 1.0

    def shows(self, face_px: float, is_largest: bool) -> bool:
        """Whether faces of this size are what its tiles are for."""
        large_enough = face_px >= self.smallest * self.side
        return large_enough and (is_largest or face_px <= LARGEST_FACE * self.side)


class TileSearch:
    """The state of the search through pictures of one size."""

    def __init__(self, width: int, height: int) -> None:
        """Plan a search that begins with every tile, largest first."""
        self._rungs = ladder(width, height)
        tiles = [
            (index, tile)
            for index, rung in enumerate(self._rungs)
            for tile in cover(width, height, rung.side)
        ]
        self._rung_of = np.array([index for index, _ in tiles])
        models = [self._rungs[index].model for index, _ in tiles]
        self.glances = tuple(
            Glance(model.file_name, tile, model.cost_ms)
            for model, (_, tile) in zip(models, tiles, strict=True)
        )
        self.areas = np.array(
            [(tile.x, tile.y, tile.width, tile.height) for _, tile in tiles], np.float64
        )
        self._cost_ms = np.array([glance.cost for glance in self.glances])
        self._age = np.full(len(tiles), np.inf)
        self._change = np.zeros(len(tiles))
        self._weight = np.ones(len(tiles))

    @property
    def begun(self) -> bool:
        """Whether every tile has been searched once."""
        return bool(np.isfinite(self._age).all())

    def weigh(self, faces_px: Sequence[float]) -> None:
        """Take the sizes of the faces in this room: their tiles come round more often."""
        largest = self._rungs[0].side
        weights = [
            rung.weight
            if any(rung.shows(face_px, rung.side == largest) for face_px in faces_px)
            else rung.weight * UNUSED_WEIGHT
            for rung in self._rungs
        ]
        self._weight = np.array(weights)[self._rung_of]

    def note_changes(self, changed_parts: Float64Array) -> None:
        """Take which part of each of areas changed since the look before."""
        self._change += changed_parts

    def choose(self, budget_ms: float) -> list[int]:
        """Take the next tiles, one at least; return their indices, most urgent first."""
        self._age += 1
        haste = 1 + (MOST_HASTE - 1) * np.minimum(self._change / HASTE_PART, 1.0)
        urgency = self._age * self._weight * haste
        order = np.argsort(-urgency, kind="stable")
        spent_ms = np.cumsum(self._cost_ms[order])
        chosen = order[: max(1, int(np.searchsorted(spent_ms, budget_ms, side="right")))]
        self._age[chosen] = 0
        self._change[chosen] = 0
        return [int(index) for index in chosen]


def ladder(width: int, height: int) -> list[Rung]:
    """Return the rungs for a picture, largest first; the full-range model has the largest two."""
    whole = min(width, height)
    least = max(LEAST_SIDE_PX, whole * LEAST_PART)
    sides = [whole]
    while sides[-1] / 2 >= least:
        sides.append(round(sides[-1] / 2))
    short = [Rung(side, SHORT, 1 / 6) for side in sides]
    full = [Rung(side, FULL, 1 / 12, weight=0.5) for side in sides[:2]]
    return sorted([*short, *full], key=lambda rung: -rung.side)


def cover(width: int, height: int, side: int) -> list[Tile]:
    """Cover a picture with as few tiles as hold each face of the largest part whole."""
    return [Tile(x, y, side, side) for y in _starts(height, side) for x in _starts(width, side)]


def _starts(length: int, side: int) -> list[int]:
    if length <= side:
        return [0]
    shared = side * LARGEST_FACE
    count = math.ceil((length - shared) / (side - shared))
    return [round(start) for start in np.linspace(0, length - side, count)]
