"""A YuNet that sees what a test paints: bright squares are faces."""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.tiles import Float64Array

FACE_SCORE = 0.9
_BRIGHT = 128


class PaintedFaces:
    """Implements FaceNetwork; remembers the shapes of what it was shown."""

    def __init__(self, blind_looks: int = 0) -> None:
        """See nothing in the first blind_looks looks."""
        self.shown: list[tuple[int, int]] = []
        self._blind_looks = blind_looks

    def detect(self, image_bgr: UInt8Array) -> Float64Array:
        self.shown.append((image_bgr.shape[1], image_bgr.shape[0]))
        if len(self.shown) <= self._blind_looks:
            return np.empty((0, 5))
        bright = np.asarray(image_bgr[..., 0] > _BRIGHT, np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(bright)
        boxes = np.asarray(stats, np.float64)[1:, :4]
        return np.column_stack([boxes, np.full(len(boxes), FACE_SCORE)])


def room_picture(width: int, height: int, faces: list[tuple[int, int, int]]) -> UInt8Array:
    """Paint faces, (left, top, side) each, into a dark (height, width, 3) picture."""
    picture = np.zeros((height, width, 3), np.uint8)
    for left, top, side in faces:
        picture[top : top + side, left : left + side] = 255
    return picture
