"""Measures a room before the lecture: how large, lit and sharp faces are in each part of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import FaceBox, Frame, RoomPart, RoomReport, UInt8Array
from classroom_monitor.vision.crops import CropSpec, cut_pieces
from classroom_monitor.vision.follower import Followed
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.quality import QualityRule, sharpness
from classroom_monitor.vision.room_grid import ROWS, RoomGrid, fit_grid
from classroom_monitor.vision.tiles import Float64Array, box_rows

WINDOW_S = 5.0
"""A report is about the looks of so many seconds: long enough for every face to be looked for."""

INTERVAL_S = 0.25
"""Faces are measured at most this often: a third of a millisecond each, and rooms change slowly."""

MIN_LIGHT, MAX_LIGHT = 0.13, 0.75
"""Mean grey levels of a face, 0 to 1, between which light costs less than 0.1 of what is possible.

By python -m tests.room_light, for faces of 24 px and a sensor's noise of 3 grey levels. Darker: the
shipped network is right on 0.87 of the faces at 0.54, 0.83 at 0.19, 0.79 at 0.13 and 0.72 at 0.10;
MediaPipe finds 0.92 of a clip's faces down to 0.14, 0.62 at 0.09 and 0.38 at 0.06. Brighter, where
the picture's white swallows them: right on 0.78 at 0.76, 0.65 at 0.88; found are 0.96 at 0.60, 0.88
at 0.73 and 0.58 at 0.86.
"""

_FACE = CropSpec(size_px=1, channels=3, scale=0.7, shift_up=0.0)
"""The middle of a face, without what is behind it."""

_PICTURE_WIDTH_PX = 160
"""How bright parts of the picture are is told from a small one."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """One look. Rows are faces; boxes (n, 4) left, top, width, height in pixels of the frame.

    usable is of the follower: what a session would use. grey is the small picture.
    """

    at_s: float
    boxes: Float64Array
    usable: Float64Array
    light: Float64Array
    sharpness: Float64Array
    grey: UInt8Array
    width_px: int
    height_px: int


class RoomMeter:
    """Takes what is followed in consecutive frames, and reports on the last seconds of it.

    One thread uses it. A picture of another size, and a clock that jumps back, start it anew.
    """

    def __init__(self, rule: QualityRule) -> None:
        """Take the rule by which the follower calls faces usable."""
        self._rule = rule
        self._looks: deque[_Measured] = deque()

    def add(self, frame: Frame, followed: Followed) -> bool:
        """Measure a frame's faces; False where it comes too soon after the one before."""
        if self._looks and not self._goes_on(frame):
            self._looks.clear()
        if self._looks and frame.captured_at_s < self._looks[-1].at_s + INTERVAL_S:
            return False
        self._looks.append(_measure(frame, followed))
        while self._looks[0].at_s <= frame.captured_at_s - WINDOW_S:
            self._looks.popleft()
        return True

    def report(self) -> RoomReport | None:
        """Return what the last seconds' looks say together; None before the first."""
        if not self._looks:
            return None
        newest = self._looks[-1]
        grid = fit_grid([look.boxes for look in self._looks], newest.width_px, newest.height_px)
        parts = tuple(self._part(grid, part) for part in range(ROWS**2))
        return RoomReport(
            width_px=newest.width_px,
            height_px=newest.height_px,
            parts=parts,
            seen=sum(part.seen for part in parts),
            usable=sum(part.usable for part in parts),
            min_face_px=self._rule.min_face_px,
            min_sharpness=self._rule.min_sharpness,
            min_light=MIN_LIGHT,
            max_light=MAX_LIGHT,
        )

    def _goes_on(self, frame: Frame) -> bool:
        last = self._looks[-1]
        size = (last.height_px, last.width_px)
        return frame.image_bgr.shape[:2] == size and frame.captured_at_s >= last.at_s

    def _part(self, grid: RoomGrid, part: int) -> RoomPart:
        inside = [grid.part_of(look.boxes) == part for look in self._looks]
        pairs = list(zip(self._looks, inside, strict=True))
        usable = [look.usable[here] > 0 for look, here in pairs]
        sizes = [look.boxes[here, 2:].max(axis=1) for look, here in pairs]
        small = [size < self._rule.min_face_px for size in sizes]
        blurred = [~fits & ~is_small for fits, is_small in zip(usable, small, strict=True)]
        area = grid.area(part)
        return RoomPart(
            row=part // ROWS,
            column=part % ROWS,
            area=area,
            seen=_median([int(here.sum()) for here in inside]),
            usable=_median([int(each.sum()) for each in usable]),
            too_small=_median([int(each.sum()) for each in small]),
            too_blurred=_median([int(each.sum()) for each in blurred]),
            size_px=_middle(sizes),
            least_px=_middle([size[:1] for size in map(np.sort, sizes)]),
            light=_middle([look.light[here] for look, here in pairs]),
            sharpness=_middle([look.sharpness[here] for look, here in pairs]),
            picture_light=float(np.median([_grey_in(look, area) for look in self._looks])),
        )


def _measure(frame: Frame, followed: Followed) -> _Measured:
    pairs = zip(followed.faces, followed.usable, strict=True)
    found = [(face.box, usable) for face, usable in pairs if face.found]
    boxes = [box for box, _ in found]
    height_px, width_px = frame.image_bgr.shape[:2]
    return _Measured(
        at_s=frame.captured_at_s,
        boxes=box_rows(boxes),
        usable=np.array([usable for _, usable in found], np.float64),
        light=face_light(frame.image_bgr, boxes),
        sharpness=sharpness(frame.image_bgr, boxes),
        grey=_small_grey(frame.image_bgr),
        width_px=width_px,
        height_px=height_px,
    )


def face_light(image_bgr: UInt8Array, boxes: Sequence[FaceBox]) -> Float64Array:
    """Return (n,) mean grey levels, 0 to 1, of the middles of a (height, width, 3) picture's faces.

    Grey is the luma of ITU-R BT.601, which for a mean is that of the mean colour.
    """
    pieces = cut_pieces(image_bgr, boxes, _FACE)
    means = np.array([cv2.mean(piece)[:3] for piece in pieces], np.float64).reshape(-1, 3)
    return np.asarray(means @ (0.114, 0.587, 0.299) / 255.0, np.float64)


def _small_grey(image_bgr: UInt8Array) -> UInt8Array:
    height_px, width_px = image_bgr.shape[:2]
    size = (_PICTURE_WIDTH_PX, max(1, round(_PICTURE_WIDTH_PX * height_px / width_px)))
    small_bgr = cv2.resize(image_bgr, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small_bgr, cv2.COLOR_BGR2GRAY), np.uint8)


def _grey_in(look: _Measured, area: tuple[float, float, float, float]) -> float:
    scale = look.grey.shape[1] / look.width_px
    left, top, width, height = (round(value * scale) for value in area)
    return float(look.grey[top : top + max(1, height), left : left + max(1, width)].mean() / 255.0)


def _median(counts: Sequence[int]) -> int:
    return int(np.median(counts))


def _middle(values: Sequence[Float64Array]) -> float | None:
    joined = np.concatenate(values)
    return float(np.median(joined)) if joined.size else None
