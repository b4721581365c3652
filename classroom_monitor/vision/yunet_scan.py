"""Looks for faces with YuNet in consecutive frames, a part of each frame at a time.

YuNet costs by the pixel, so a frame is cut into few large views: parts at full size for small
faces, and the whole frame made smaller for faces that no part holds. Each look takes as many views
as its budget allows, in turn; a view that misses a face that should be there, or shows one that
nobody knew of, is looked at again, mirrored, before the others.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classroom_monitor.contracts import FaceBox, Mode, Sighting, UInt8Array
from classroom_monitor.vision.faces import MIN_FACE_PX, clip_box
from classroom_monitor.vision.tiles import Tile, box_rows, merge_boxes, overlaps
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

OVERLAP_PX = 128
"""What neighbouring views share. Larger faces are found in the whole frame."""

EDGE_PX = 4
"""A box drawn this near to where a view ends within the frame may be of a cut face: not taken."""

UNSURE_PX = 16
"""So far from there a known face has to be for a view to have watched it."""

MAX_FRAME_PX = 1920 * 1080
"""Larger frames are made smaller first."""

SURE_PX = 32
"""Faces from this side on, in the pixels of the whole frame made smaller, are found in it."""

_MOST_SAVED_MS = 200.0


@dataclass(frozen=True, slots=True)
class View:
    """A part of the frame, or the whole frame made smaller, and what is made of it."""

    tile: Tile
    frame: Tile
    look: Look

    @property
    def is_part(self) -> bool:
        """Whether it shows the frame at full size, for faces of any size that lie whole in it."""
        return self.tile != self.frame or self.look.scale == full_scale(self.frame)

    @property
    def cost_ms(self) -> float:
        """Nominal cost of one look at it."""
        pixels = self.tile.width * self.tile.height * self.look.scale**2
        return COST_MS_PER_MEGAPIXEL * pixels / 1e6

    def area(self, inset_px: int) -> Tile:
        """Return its part of the frame, inset where it ends within the frame."""
        tile, frame = self.tile, self.frame
        left = tile.x + inset_px * (tile.x > 0)
        top = tile.y + inset_px * (tile.y > 0)
        right = tile.x + tile.width - inset_px * (tile.x + tile.width < frame.width)
        below = tile.y + tile.height - inset_px * (tile.y + tile.height < frame.height)
        return Tile(left, top, right - left, below - top)

    def watches(self, face: FaceBox) -> bool:
        """Whether a face that is where it is expected would surely be found."""
        if self.is_part:
            return lies_in(face, self.area(UNSURE_PX))
        return face.w * self.look.scale >= SURE_PX


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
        faces = [face for face, _ in merge_boxes(found)]
        watched = [area for view in views for area in watched_areas(view, known)]
        self._look_again(views, [*_without(known, faces), *_without(faces, known)])
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
        tile, frame = view.tile, view.frame
        part = image_bgr[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width]
        rows = look_at(self._network, part, view.look)
        rows[:, :2] += (tile.x, tile.y)
        area = view.area(EDGE_PX)
        drawn = [clip_box(FaceBox(*row), frame.width, frame.height) for row in rows.tolist()]
        whole = [row for row, box in zip(rows, drawn, strict=True) if lies_in(box, area)]
        faces = [clip_box(as_face(row), frame.width, frame.height) for row in whole]
        return [face for face in faces if is_large(face)]

    def _look_again(self, views: Sequence[View], doubtful: Sequence[FaceBox]) -> None:
        """Put views that show the place of a doubtful face before the others, mirrored, once."""
        for view in views:
            if not view.look.mirrored and any(view.watches(face) for face in doubtful):
                self._again.append(replace(view, look=replace(view.look, mirrored=True)))


def full_scale(frame: Tile) -> float:
    """Return how much a frame is made smaller to be looked at part by part, at most 1."""
    return min(1.0, math.sqrt(MAX_FRAME_PX / (frame.width * frame.height)))


def plan_views(width: int, height: int, mode: Mode) -> list[View]:
    """Return the views of frames of a size: the whole frame first, then its parts."""
    frame = Tile(0, 0, width, height)
    full = full_scale(frame)
    coarse = View(frame, frame, Look(min(full, COARSE_SIDE_PX / max(width, height))))
    if mode == "near":
        return [coarse]
    columns = _spans(width, round(VIEW_PX[0] / full), round(OVERLAP_PX / full))
    rows = _spans(height, round(VIEW_PX[1] / full), round(OVERLAP_PX / full))
    parts = [View(Tile(x, y, w, h), frame, Look(full)) for y, h in rows for x, w in columns]
    return [coarse, *parts] if len(parts) > 1 else parts


def _spans(length: int, wanted: int, overlap: int) -> list[tuple[int, int]]:
    """Return starts and lengths of about wanted that cover a length and share overlap."""
    count = max(1, round(length / wanted))
    if count == 1:
        return [(0, length)]
    side = math.ceil((length + (count - 1) * overlap) / count)
    starts = np.linspace(0, length - side, count).round().astype(int)
    return [(int(start), side) for start in starts]


def watched_areas(view: View, known: Sequence[FaceBox]) -> list[tuple[int, int, int, int]]:
    """Return what a view watches: its part of the frame, or of the whole frame the large faces."""
    if view.is_part:
        area = view.area(UNSURE_PX)
        return [(area.x, area.y, area.width, area.height)]
    return [
        (math.floor(face.x), math.floor(face.y), math.ceil(face.w) + 1, math.ceil(face.h) + 1)
        for face in known
        if view.watches(face)
    ]


def lies_in(face: FaceBox, area: Tile) -> bool:
    """Whether a face lies whole in an area."""
    return (
        area.x <= face.x
        and area.y <= face.y
        and face.x + face.w <= area.x + area.width
        and face.y + face.h <= area.y + area.height
    )


def _without(faces: Sequence[FaceBox], others: Sequence[FaceBox]) -> list[FaceBox]:
    """Return the faces that overlap none of the others."""
    iou, _ = overlaps(box_rows(faces), box_rows(others))
    return [face for face, row in zip(faces, iou, strict=True) if not (row > 0).any()]
