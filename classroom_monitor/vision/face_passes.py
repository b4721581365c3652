"""Which face model looks at which parts of a picture, and how its boxes are to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classroom_monitor.vision.face_models import FULL_RANGE, SHORT_RANGE
from classroom_monitor.vision.tiles import Tile, plan_tiles

FINE_TILE_PX = 256
"""Side of the small tiles in pictures of up to FINE_TILES_UP_TO_PX rows."""

FINE_TILES_UP_TO_PX = 1080
"""In higher pictures the tiles grow with the picture, so that a scan's cost stays bounded."""


@dataclass(frozen=True, slots=True)
class ModelTraits:
    """A face model, the score from which its boxes count, its cost, and what its boxes need.

    grow and shift_down, in box sides, turn its boxes into the short-range model's, the one
    convention that leaves this module. cost_ms is a pass's time on one core of a laptop.
    """

    file_name: str
    min_score: float
    cost_ms: float
    grow: float = 1.0
    shift_down: float = 0.0


@dataclass(frozen=True, slots=True)
class Pass:
    """One model over one set of tiles: scale fine tiles wide, or 0 for the whole picture."""

    model: ModelTraits
    scale: int

    def tiles(self, width: int, height: int) -> Sequence[Tile]:
        """Return the tiles of this pass in a picture."""
        if self.scale == 0:
            return (Tile(0, 0, width, height),)
        fine_px = round(FINE_TILE_PX * max(1.0, min(width, height) / FINE_TILES_UP_TO_PX))
        return plan_tiles(width, height, self.scale * fine_px)


# Scores: on 60 photographs of groups (recall at 20-32, 32-64, 64+ px) and 30 pictures of clips, 0.6
# for both models in room mode gives precision 0.92 with recall 0.60, 0.89, 0.90, and no more than
# one false face in the clips' pictures. Boxes: medians over the clips' faces, whose frame is known:
# the short-range box is 0.86 of a FER2013 frame wide and centred 0.074 below its middle, the
# full-range box 0.81 wide and centred 0.043 below.
SHORT = ModelTraits(SHORT_RANGE, min_score=0.6, cost_ms=2.4)
FULL = ModelTraits(FULL_RANGE, min_score=0.6, cost_ms=5.3, grow=1.05, shift_down=0.033)

NEAR_PASSES = (Pass(replace(FULL, min_score=0.5), scale=0),)
ROOM_PASSES = (
    Pass(FULL, scale=0),
    Pass(SHORT, scale=2),
    Pass(SHORT, scale=1),
    Pass(FULL, scale=2),
    Pass(FULL, scale=1),
)
