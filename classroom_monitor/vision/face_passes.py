"""Which face model looks at which parts of a picture, and how its boxes are to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.face_models import FULL_RANGE, SHORT_RANGE
from classroom_monitor.vision.tiles import Tile, holds_centre, plan_tiles

TILES_UP_TO_PX = 1080
"""In pictures with more rows and columns the tiles grow, so that a search's cost stays bounded."""


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
    """One model over tiles of side_px, or, where that is 0, over the whole picture.

    With small, only tiles in which faces of up to that part of a tile's side were found before.
    """

    model: ModelTraits
    side_px: int
    small: float | None = None

    def tiles(self, width: int, height: int, found: Sequence[FaceBox]) -> list[Tile]:
        """Return the tiles of this pass in a picture in which these faces were found before."""
        if self.side_px == 0:
            return [Tile(0, 0, width, height)]
        side_px = round(self.side_px * max(1.0, min(width, height) / TILES_UP_TO_PX))
        tiles = plan_tiles(width, height, side_px)
        if self.small is None:
            return tiles
        faces = [face for face in found if face.w < self.small * side_px]
        return [tile for tile in tiles if any(holds_centre(tile, face) for face in faces)]


# min_score: what is less certain is of no use to the second look. Boxes: medians over the clips'
# faces, whose frame is known: the short-range box is 0.86 of a FER2013 frame wide and centred
# 0.074 below its middle, the full-range box 0.81 wide and centred 0.043 below.
SHORT = ModelTraits(SHORT_RANGE, min_score=0.15, cost_ms=2.4)
FULL = ModelTraits(FULL_RANGE, min_score=0.15, cost_ms=5.3, grow=1.05, shift_down=0.033)


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What a picture is searched with, stage after stage, and the score of what may be a face.

    Finds that the models score lower than possible_score are not looked at again. With refine, a
    face's box is where the second look saw it: worth it where faces take few of the pixels that a
    model sees. Mean overlap (IoU) with 220 faces of photographs: 0.59 from the whole picture, 0.73
    refined; from fitting tiles 0.66 and 0.64.
    """

    stages: tuple[tuple[Pass, ...], ...]
    possible_score: float
    refine: bool

    @property
    def models(self) -> list[ModelTraits]:
        """The models that the stages use, each once."""
        return list(
            {one.model.file_name: one.model for stage in self.stages for one in stage}.values()
        )


NEAR_PLAN = SearchPlan(stages=((Pass(FULL, 0),),), possible_score=0.3, refine=True)
ROOM_PLAN = SearchPlan(
    stages=(
        (Pass(FULL, 0), Pass(FULL, 384), Pass(SHORT, 384)),
        (Pass(FULL, 256, small=1 / 6), Pass(FULL, 192, small=1 / 6), Pass(SHORT, 192, small=1 / 3)),
        (Pass(FULL, 128, small=1 / 6),),
    ),
    possible_score=0.45,
    refine=False,
)
"""Coarse to fine: where no small face is even suspected there is none to magnify.

On 60 photographs of groups, faces of 12 px and more, second look included (weights from one half of
the photographs, judged on the other): recall 0.85 at precision 0.95 for passes of 200 ms on one
core. Tiles of 512 and 256 px everywhere give 0.81 for 215 ms, 384 and 192 px everywhere 0.83 for
390 ms, the first stage alone 0.76 for 97 ms. Looking again at finds from 0.3 on instead of 0.45
doubles the second looks and finds no more.
"""
