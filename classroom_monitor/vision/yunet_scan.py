"""Looks for faces with YuNet in consecutive frames, a part of each frame at a time.

YuNet costs by the pixel, so a frame is cut into few large views: parts at full size for small
faces, and the whole frame made smaller for faces that no part holds. Each look takes as many views
as its budget allows, in turn; a view that misses a face that should be there is looked at again,
mirrored, before the others.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.contracts import FaceBox, Mode, Sighting, UInt8Array
from classroom_monitor.vision.faces import MIN_FACE_PX, clip_box
from classroom_monitor.vision.tiles import Tile, box_rows, is_cut, merge_boxes, overlaps
from classroom_monitor.vision.yunet import COARSE_SIDE_PX, is_large
from classroom_monitor.vision.yunet_network import FaceNetwork, Look, YuNet, as_face, look_at

MIN_SCORE = 0.6
"""The least score of a face; the tracker, which asks for two finds, drops what is seen only once.

A single look at photographs of groups then has precision 0.95.
"""

COST_MS_PER_MEGAPIXEL = 60.0
"""Nominal cost of a view: one core of a laptop."""

VIEW_PX = (640, 360)
"""About the size of a view; in 1280x720 pictures there are two by two."""

OVERLAP_PX = 96
"""What neighbouring views share. Higher faces are found in the whole frame."""

MAX_FRAME_PX = 1920 * 1080
"""Larger frames are made smaller first."""

SURE_PX = 32
"""Faces from this side on, in the pixels of the whole frame made smaller, are found in it."""

_MOST_SAVED_MS = 200.0


@dataclass(frozen=True, slots=True)
class View:
    """A part of the frame, what is made of it, and the nominal cost of looking at it."""

    tile: Tile
    look: Look
    is_whole: bool

    @property
    def cost_ms(self) -> float:
        """Cost of one look at it."""
        pixels = self.tile.width * self.tile.height * self.look.scale**2
        return COST_MS_PER_MEGAPIXEL * pixels / 1e6


def open_yunet_scan(content: bytes, mode: Mode) -> YuNetScan:
    """Open a mode's finder for sequences from an ONNX file's content. Raises BundleProblem."""
    return YuNetScan(YuNet(content, MIN_SCORE), mode)


class YuNetScan:
    """Implements contracts.SequenceFinder."""

    def __init__(self, network: FaceNetwork, mode: Mode) -> None:
        """Take over a network."""
        self._mode = mode
        self._network = network
        self._planned_for = (0, 0)
        self._turn: deque[View] = deque()
        self._again: deque[View] = deque()
        self._saved_ms = 0.0

    @property
    def name(self) -> str:
        """The finder and its mode."""
        return f"YuNet {self._mode}"

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Look at the next frame, (height, width, 3) uint8; known is where faces are expected.

        The first look at frames of a size takes every view; later ones cost budget_ms in the mean.
        """
        height, width = image_bgr.shape[:2]
        if min(height, width) < MIN_FACE_PX:
            return Sighting((), ())
        views = self._choose(width, height, budget_ms)
        found = [face for view in views for face in self._find(image_bgr, view)]
        clipped = [clip_box(face, width, height) for face, _ in merge_boxes(found)]
        faces = [box for box in clipped if is_large(box)]
        watched = [area for view in views for area in watched_areas(view, known)]
        self._look_again(views, _missed(known, faces))
        return Sighting(tuple(faces), tuple(watched))

    def close(self) -> None:
        """Nothing is left to free: the network goes with this object."""

    def _choose(self, width: int, height: int, budget_ms: float) -> list[View]:
        """Return the views of the next look: those to see again first, then the others in turn."""
        if self._planned_for != (width, height):
            self._planned_for = (width, height)
            self._turn = deque(plan_views(width, height, self._mode))
            self._again.clear()
            self._saved_ms = 0.0
            return list(self._turn)
        self._saved_ms = min(self._saved_ms + budget_ms, _MOST_SAVED_MS)
        chosen: list[View] = []
        while len(chosen) < len(self._turn):
            view = self._again[0] if self._again else self._turn[0]
            if view.cost_ms > self._saved_ms or view.tile in (one.tile for one in chosen):
                break
            self._saved_ms -= view.cost_ms
            chosen.append(view)
            if self._again:
                self._again.popleft()
            else:
                self._turn.rotate(-1)
        return chosen

    def _find(self, image_bgr: UInt8Array, view: View) -> list[FaceBox]:
        """Return the faces that a view shows whole, in pixels of the frame."""
        tile = view.tile
        height, width = image_bgr.shape[:2]
        part = image_bgr[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width]
        rows = look_at(self._network, part, view.look)
        rows[:, :2] += (tile.x, tile.y)
        faces = [as_face(row) for row in rows]
        return [face for face in faces if not is_cut(face, tile, width, height)]

    def _look_again(self, views: Sequence[View], missed: Sequence[FaceBox]) -> None:
        """Put views that should have shown a missed face before the others, mirrored, once."""
        for view in views:
            if not view.look.mirrored and any(shows(view, face) for face in missed):
                self._again.append(replace(view, look=replace(view.look, mirrored=True)))


def plan_views(width: int, height: int, mode: Mode) -> list[View]:
    """Return the views of frames of a size: the whole frame first, then its parts."""
    frame = Tile(0, 0, width, height)
    coarse = View(frame, Look(min(1.0, COARSE_SIDE_PX / max(width, height))), is_whole=True)
    if mode == "near":
        return [coarse]
    full = min(1.0, math.sqrt(MAX_FRAME_PX / (width * height)))
    columns = _spans(width, round(VIEW_PX[0] / full), round(OVERLAP_PX / full))
    rows = _spans(height, round(VIEW_PX[1] / full), round(OVERLAP_PX / full))
    parts = [
        View(Tile(x, y, w, h), Look(full), is_whole=False) for y, h in rows for x, w in columns
    ]
    return [coarse, *parts] if len(parts) > 1 else parts


def _spans(length: int, wanted: int, overlap: int) -> list[tuple[int, int]]:
    """Return starts and lengths of about wanted that cover a length and share overlap."""
    count = max(1, round(length / wanted))
    if count == 1:
        return [(0, length)]
    side = math.ceil((length + (count - 1) * overlap) / count)
    starts = np.linspace(0, length - side, count).round().astype(int)
    return [(int(start), side) for start in starts]


def shows(view: View, face: FaceBox) -> bool:
    """Whether a view shows a face whole and large enough to be found surely."""
    tile = view.tile
    if view.is_whole:
        return face.w * view.look.scale >= SURE_PX
    return (
        tile.x <= face.x
        and tile.y <= face.y
        and face.x + face.w <= tile.x + tile.width
        and face.y + face.h <= tile.y + tile.height
    )


def watched_areas(view: View, known: Sequence[FaceBox]) -> list[tuple[int, int, int, int]]:
    """Return what a view watches: its part of the frame, or of the whole frame the large faces."""
    tile = view.tile
    if not view.is_whole:
        return [(tile.x, tile.y, tile.width, tile.height)]
    return [
        (math.floor(face.x), math.floor(face.y), math.ceil(face.w) + 1, math.ceil(face.h) + 1)
        for face in known
        if shows(view, face)
    ]


def _missed(known: Sequence[FaceBox], faces: Sequence[FaceBox]) -> list[FaceBox]:
    iou, _ = overlaps(box_rows(known), box_rows(faces))
    return [face for face, row in zip(known, iou, strict=True) if not (row > 0).any()]
