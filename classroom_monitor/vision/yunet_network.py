"""The YuNet network, run through OpenCV, and how one look at a picture is taken with it.

YuNet: Wu et al. 2023, "YuNet: A Tiny Millisecond-level Face Detector". It takes pictures of any
size and finds faces of 10 to some 400 pixels in them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.tiles import Float64Array

STRIDE_PX = 32
"""The network's coarsest step: pictures are padded to a multiple of it."""

LEAST_SIDE_PX = 64
"""Narrower pictures are padded to it: with OpenCV 4.14 the network, run on pictures of one step's
width or height, now and then finds faces at random places of an empty one.
"""

SHOWN_PX = (16.0, 400.0)
"""Sides of the faces that one look surely shows, in its own pixels."""

GROW = 0.99
SHIFT_DOWN = 0.08
"""From YuNet's boxes to the short-range convention (face_passes.py), in box sides.

Medians over 1,123 faces of four lecture clips, whose frame is known: YuNet's box is 0.78 of a
FER2013 frame wide and 0.96 high, the side of a square of its area 0.87, and it is centred 0.026
below the frame's middle. The side by area strays less (standard deviation of its logarithm 0.125)
than that by height (0.131). By the medians the shift would be 0.05; with 0.08 the shipped network
is right on 0.93 of 1,638 crops of those clips instead of 0.92, and on 0.93 of crops cut by the true
frame.
"""

_NMS_IOU = 0.3
_MOST_FACES = 2000


class FaceNetwork(Protocol):
    """What a look needs of YuNet."""

    def detect(self, image_bgr: UInt8Array) -> Float64Array:
        """Return (n, 5) rows of faces, as YuNet.detect does."""


class YuNet:
    """Implements FaceNetwork. One thread makes and uses it; Python frees it."""

    def __init__(self, content: bytes, min_score: float) -> None:
        """Load an ONNX file's content. Raises BundleProblem where OpenCV can't read it.

        What is no YuNet at all shows when it is first run.
        """
        buffers = np.frombuffer(content, np.uint8), np.empty(0, np.uint8)
        size = (LEAST_SIDE_PX, LEAST_SIDE_PX)
        try:
            self._network = cv2.FaceDetectorYN.create(
                "onnx", *buffers, size, min_score, _NMS_IOU, _MOST_FACES
            )
        except cv2.error as error:
            raise _unusable(error) from error

    def detect(self, image_bgr: UInt8Array) -> Float64Array:
        """Return (n, 5) left, top, width, height and score of the faces of a (h, w, 3) picture.

        Boxes are in pixels, as the network draws them, and may reach over the edges. Raises
        BundleProblem where the network can't be run.
        """
        height, width = image_bgr.shape[:2]
        right, below = _padding(width), _padding(height)
        if right or below:
            image_bgr = np.asarray(
                cv2.copyMakeBorder(image_bgr, 0, below, 0, right, cv2.BORDER_CONSTANT), np.uint8
            )
        self._network.setInputSize((width + right, height + below))
        try:
            _, found = self._network.detect(image_bgr)
        except cv2.error as error:
            raise _unusable(error) from error
        if found is None:
            return np.empty((0, 5))
        rows = np.asarray(found, np.float64)[:, [0, 1, 2, 3, 14]]
        return rows[np.isfinite(rows).all(axis=1) & (rows[:, 2:4] > 0).all(axis=1)]


def _padding(side: int) -> int:
    """Return how much a side lacks to what the network takes."""
    return max(LEAST_SIDE_PX, side + -side % STRIDE_PX) - side


def _unusable(error: cv2.error) -> BundleProblem:
    reason = " ".join(str(error.err or error).split())
    return BundleProblem(
        f"the YuNet face model can't be used ({reason}): remove it with 'classroom-monitor models "
        "remove yunet' and add the file from the OpenCV Zoo"
    )


@dataclass(frozen=True, slots=True)
class Look:
    """One run of the network over a picture that is made smaller or larger, or mirrored."""

    scale: float
    mirrored: bool = False

    def shows(self, side_px: float) -> bool:
        """Whether faces of this side in the picture are surely found in this look."""
        smallest, largest = SHOWN_PX
        return smallest <= side_px * self.scale <= largest


def look_at(network: FaceNetwork, image_bgr: UInt8Array, look: Look) -> Float64Array:
    """Return what one look shows: (n, 5) rows as YuNet.detect's, in pixels of the picture."""
    height, width = image_bgr.shape[:2]
    shown = image_bgr
    if look.scale != 1.0:
        size = max(1, round(width * look.scale)), max(1, round(height * look.scale))
        how = cv2.INTER_AREA if look.scale < 1 else cv2.INTER_CUBIC
        shown = np.asarray(cv2.resize(image_bgr, size, interpolation=how), np.uint8)
    if look.mirrored:
        shown = np.asarray(cv2.flip(shown, 1), np.uint8)
    rows = network.detect(shown)
    rows[:, [0, 2]] *= width / shown.shape[1]
    rows[:, [1, 3]] *= height / shown.shape[0]
    if look.mirrored:
        rows[:, 0] = width - rows[:, 0] - rows[:, 2]
    return rows


def as_face(row: Float64Array) -> FaceBox:
    """Turn a row of YuNet.detect's into a square box of the short-range convention."""
    x, y, w, h, score = (float(value) for value in row)
    side = GROW * math.sqrt(w * h)
    centre_x, centre_y = x + w / 2, y + h * (0.5 + SHIFT_DOWN)
    return FaceBox(centre_x - side / 2, centre_y - side / 2, side, side, min(max(score, 0.0), 1.0))
