"""MediaPipe's face finder for the frames of one camera or recording, in their order.

Most of a lecture stays where it is. Faces that are followed move with the picture (motion.py) and
are looked at again, magnified, every few frames, four in one look (magnifier.py); so are the seats
of those who just left. What is left of a frame's budget searches for new faces, tile by tile
(scan.py). What a tile shows is no face before a magnified look has shown it, too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from classroom_monitor.contracts import FaceBox, Mode, SequenceFinder, Sighting, UInt8Array
from classroom_monitor.vision.faces import (
    MIN_FACE_PX,
    FaceDetectors,
    MediaPipeFinder,
    open_finder,
)
from classroom_monitor.vision.magnifier import SEARCHERS, Magnifier, Shown, affordable
from classroom_monitor.vision.motion import Motion, MotionWatcher
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.places import Kind, Places
from classroom_monitor.vision.pyramid import Pyramid
from classroom_monitor.vision.scan import Glance, TileSearch
from classroom_monitor.vision.tiles import Tile, is_cut, merge_boxes

CANDIDATE_SCORES = {SEARCHERS[0].file_name: 0.35, SEARCHERS[1].file_name: 0.5}

TILE_PX = {SEARCHERS[0].file_name: 128, SEARCHERS[1].file_name: 192}
"""What the models look at: tiles are brought to this size before they are handed over."""

BASE_MS = 4.5
"""What a look costs before any model runs: the smaller pictures, the flow, and the planning."""

PLACES_PART = 0.65
"""At most this part of a look's budget goes to known places; the rest searches."""

START_TIMES = 10.0
"""The first looks, until all has been searched once, may cost so many times the budget."""

REPAY_PART = 0.7
"""What the first looks took is saved afterwards: looks then cost this part of the budget."""


def open_room_scan(mode: Mode) -> SequenceFinder:
    """Open a mode's finder for sequences. Raises BundleProblem."""
    return NearScan(open_finder("near")) if mode == "near" else RoomScan()


class NearScan:
    """Implements contracts.SequenceFinder: the whole of every frame, for a few large faces."""

    def __init__(self, finder: MediaPipeFinder) -> None:
        """Take over the finder: close frees it."""
        self._finder = finder

    @property
    def name(self) -> str:
        """The finder and its mode."""
        return self._finder.name

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Return the faces of the next frame; all of it is watched."""
        height, width = image_bgr.shape[:2]
        return Sighting(tuple(self._finder.find(image_bgr)), ((0, 0, width, height),))

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._finder.close()


class RoomScan:
    """Implements contracts.SequenceFinder: a whole room's faces within a budget a frame."""

    name = "MediaPipe room"

    def __init__(self) -> None:
        """Load the face models. Raises BundleProblem where one can't be loaded."""
        self._detectors = FaceDetectors(SEARCHERS)
        self._magnifier = Magnifier(self._detectors)
        self._motion = MotionWatcher()
        self._places = Places()
        self._search = TileSearch(1, 1)
        self._planned_for = (0, 0)
        self._owed_ms = 0.0

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Look at what is due in the next frame; see SequenceFinder.look."""
        height, width = image_bgr.shape[:2]
        if min(height, width) < MIN_FACE_PX:
            return Sighting((), ())
        self._prepare(width, height)
        picture = Pyramid(image_bgr)
        motion = self._motion.step(picture, known)
        self._places.advance(known, motion)
        allowed_ms = self._allowed_ms(budget_ms) - BASE_MS
        shown, places_ms = self._magnify(picture, allowed_ms * PLACES_PART)
        tiles_ms = self._look_for_more(picture, motion, allowed_ms - places_ms)
        more, more_ms = self._magnify(picture, allowed_ms - places_ms - tiles_ms)
        spent_ms = BASE_MS + places_ms + tiles_ms + more_ms
        self._owed_ms = max(0.0, self._owed_ms + spent_ms - budget_ms)
        shown += more
        faces = merge_boxes([one.face for one in shown if one.face])
        areas = ((one.area.x, one.area.y, one.area.side, one.area.side) for one in shown)
        return Sighting(tuple(box for box, _ in faces), tuple(areas), motion.places)

    def close(self) -> None:
        """Free the models; harmless when it was done before."""
        self._magnifier.close()
        self._detectors.close()

    def _prepare(self, width: int, height: int) -> None:
        if self._planned_for != (width, height):
            self._planned_for = (width, height)
            self._search = TileSearch(width, height)
            self._places = Places()

    def _allowed_ms(self, budget_ms: float) -> float:
        if not self._search.begun:
            return START_TIMES * budget_ms
        return budget_ms * (REPAY_PART if self._owed_ms > 0 else 1.0)

    def _magnify(self, picture: Pyramid, budget_ms: float) -> tuple[list[Shown], float]:
        """Look at the places that are due, and return what they showed and the cost."""
        due = affordable(self._places.due(), budget_ms)
        shown, spent_ms = self._magnifier.look(picture, due)
        for one in shown:
            self._places.report(one.place, one.face)
        return shown, spent_ms

    def _look_for_more(self, picture: Pyramid, motion: Motion, budget_ms: float) -> float:
        """Search the tiles that are due for candidates, and return the cost."""
        glances = self._search.glances
        self._search.note_changes(motion.changed_parts(self._search.areas))
        seats = [one.box for one in self._places.all if one.kind in (Kind.KNOWN, Kind.SEAT)]
        self._search.weigh([max(box.w, box.h) for box in seats])
        chosen = [glances[index] for index in self._search.choose(budget_ms)]
        found = [box for glance in chosen for box in self._glance(picture, glance)]
        self._places.add_candidates([box for box, _ in merge_boxes(found)])
        return sum(glance.cost for glance in chosen)

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
