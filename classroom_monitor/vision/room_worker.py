"""One thread's face models, and what they show of a frame: its places magnified, or its tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.faces import MIN_FACE_PX, FaceDetectors
from classroom_monitor.vision.magnifier import SEARCHERS, Group, Magnifier, Shown
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.pyramid import Pyramid
from classroom_monitor.vision.scan import Glance
from classroom_monitor.vision.tiles import Tile, is_cut

CANDIDATE_SCORES = {SEARCHERS[0].file_name: 0.35, SEARCHERS[1].file_name: 0.5}

TILE_PX = {SEARCHERS[0].file_name: 128, SEARCHERS[1].file_name: 192}
"""What the models look at: tiles are brought to this size before they are handed over."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a pass showed: at each place of a group, or what may be faces in a tile."""

    shown: Sequence[Shown] = ()
    candidates: Sequence[FaceBox] = ()


class RoomWorker:
    """The models of one thread, which makes, uses and closes them."""

    def __init__(self) -> None:
        """Load the models. Raises BundleProblem where one can't be loaded."""
        self._detectors = FaceDetectors(SEARCHERS)
        self._magnifier = Magnifier(self._detectors)

    def look(self, picture: Pyramid, task: Group | Glance) -> Found:
        """Do one pass: look at a group of places, or at a tile."""
        if isinstance(task, Group):
            return Found(shown=self._magnifier.look(picture, task))
        return Found(candidates=self._glance(picture, task))

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._magnifier.close()
        self._detectors.close()

    def _glance(self, picture: Pyramid, glance: Glance) -> list[FaceBox]:
        """Return what may be faces in one tile, in pixels of the picture."""
        tile, side_px = glance.tile, TILE_PX[glance.model]
        part = picture.square(tile.x, tile.y, tile.width, side_px)
        shown = np.asarray(cv2.cvtColor(part, cv2.COLOR_BGR2RGB), np.uint8)
        whole = Tile(0, 0, side_px, side_px)
        scale = tile.width / side_px
        found = self._detectors.glance(shown, Glance(glance.model, whole, glance.cost))
        boxes = [_enlarged(box, tile, scale) for box in found]
        return [
            box
            for box in boxes
            if box.score >= CANDIDATE_SCORES[glance.model]
            and min(box.w, box.h) >= MIN_FACE_PX
            and not is_cut(box, tile, picture.width, picture.height)
        ]


def _enlarged(box: FaceBox, tile: Tile, scale: float) -> FaceBox:
    """Return a shrunken tile's box in pixels of the picture."""
    x, y = tile.x + box.x * scale, tile.y + box.y * scale
    return FaceBox(x, y, box.w * scale, box.h * scale, box.score)
