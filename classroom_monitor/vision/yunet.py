"""Finds faces with YuNet, a small detector that a user may add, through OpenCV.

YuNet (Wu et al. 2023, "YuNet: A Tiny Millisecond-level Face Detector") looks at pictures of any
size and finds faces of 10 to some 400 pixels in them, so nothing has to be cut into tiles for its
sake. A still is looked at several times: as it is, enlarged and mirrored.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import FaceBox, Mode, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.faces import MIN_FACE_PX, clip_box
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.tiles import Float64Array, merge_boxes

MIN_SCORES: dict[Mode, float] = {"near": 0.6, "room": 0.5}
"""The least mean score of a face over a still's looks (combine).

On 60 photographs of groups, 0.5 in room mode gives precision 0.97, with recall 0.77, 0.90, 0.96 and
0.96 of the faces of 12-20, 20-32, 32-64 and more px; one look alone gives 0.65, 0.81, 0.95 and 0.94
at the same precision. A second enlarged look added nothing. In near mode 0.6 gives precision 0.97,
with recall 0.94 from 32 px on.
"""

_CANDIDATE_SCORE = 0.2
"""What a single look must be sure of; the other looks decide about the rest."""

STRIDE_PX = 32
"""The network's coarsest step: pictures are padded to a multiple of it."""

MAX_LOOK_PX = 3_000_000
"""Larger pictures are made smaller: memory grows by 75 MB for each million pixels."""

COARSE_SIDE_PX = 640
"""Longer side of the picture in which faces too large for YuNet at full size are looked for."""

SHOWN_PX = (8.0, 400.0)
"""Sides of the faces that one look can show, in its own pixels."""

GROW = 0.99
SHIFT_DOWN = 0.05
"""From YuNet's boxes to the short-range convention (face_passes.py), in box sides.

Medians over 1,123 faces of four lecture clips, whose frame is known: YuNet's box is 0.78 of a
FER2013 frame wide and 0.96 high, the side of a square of its area 0.87, and it is centred 0.026
below the frame's middle. The side by area strays less (standard deviation of its logarithm 0.125)
than that by height (0.131).
"""

_NMS_IOU = 0.3
_MOST_FACES = 2000


class YuNet:
    """The network. One thread makes and uses it; Python frees it."""

    def __init__(self, content: bytes, min_score: float) -> None:
        """Load an ONNX file's content. Raises BundleProblem where OpenCV can't read it.

        What is no YuNet at all shows when it is first run.
        """
        buffers = np.frombuffer(content, np.uint8), np.empty(0, np.uint8)
        size = (STRIDE_PX, STRIDE_PX)
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
        right, below = -width % STRIDE_PX, -height % STRIDE_PX
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
        """Whether faces of this side in the picture can be found in this look."""
        smallest, largest = SHOWN_PX
        return smallest <= side_px * self.scale <= largest


def plan_looks(width: int, height: int, mode: Mode) -> tuple[Look, ...]:
    """Return the looks that a still of this size gets."""
    coarse = Look(min(1.0, COARSE_SIDE_PX / max(width, height)))
    if mode == "near":
        return (coarse,)
    largest = math.sqrt(MAX_LOOK_PX / (width * height))
    full, double = min(1.0, largest), min(2.0, largest)
    looks = [Look(full), Look(full, mirrored=True)]
    if double >= 1.25 * full:
        looks.append(Look(double, mirrored=True))
    if coarse.scale <= 0.5 * full:
        looks.append(coarse)
    return tuple(looks)


class YuNetFinder:
    """Implements contracts.FaceFinder: takes several looks at a picture and merges their finds."""

    def __init__(self, content: bytes, mode: Mode, min_score: float | None = None) -> None:
        """Load the network from an ONNX file's content. Raises BundleProblem.

        min_score is the least score of a face; by default the mode's.
        """
        self._mode = mode
        self._min_score = MIN_SCORES[mode] if min_score is None else min_score
        self._network = YuNet(content, min(_CANDIDATE_SCORE, self._min_score))

    @property
    def name(self) -> str:
        """The finder and its mode."""
        return f"YuNet {self._mode}"

    def find(self, image_bgr: UInt8Array) -> list[FaceBox]:
        """Return the faces of a (height, width, 3) uint8 picture, best score first."""
        height, width = image_bgr.shape[:2]
        if min(height, width) < MIN_FACE_PX:
            return []
        looks = plan_looks(width, height, self._mode)
        rows = [look_at(self._network, image_bgr, look) for look in looks]
        faces = combine(rows, looks)
        kept = [face for face in faces if face.score >= self._min_score]
        return [box for box in (clip_box(face, width, height) for face in kept) if is_large(box)]

    def close(self) -> None:
        """Nothing is left to free: the network goes with this object."""


def look_at(network: YuNet, image_bgr: UInt8Array, look: Look) -> Float64Array:
    """Return what one look shows: (n, 5) rows as YuNet.detect's, in pixels of the picture."""
    height, width = image_bgr.shape[:2]
    shown = image_bgr
    if look.scale != 1.0:
        size = max(1, round(width * look.scale)), max(1, round(height * look.scale))
        how = cv2.INTER_AREA if look.scale < 1 else cv2.INTER_LINEAR
        shown = np.asarray(cv2.resize(image_bgr, size, interpolation=how), np.uint8)
    if look.mirrored:
        shown = np.asarray(cv2.flip(shown, 1), np.uint8)
    rows = network.detect(shown)
    rows[:, [0, 2]] *= width / shown.shape[1]
    rows[:, [1, 3]] *= height / shown.shape[0]
    if look.mirrored:
        rows[:, 0] = width - rows[:, 0] - rows[:, 2]
    return rows


def combine(rows: Sequence[Float64Array], looks: Sequence[Look]) -> list[FaceBox]:
    """Merge what several looks at one picture show, best first, in the short-range convention.

    rows has one (n, 5) array for each look. A face's score is the mean over the looks that can
    show a face of its size, 0 where they don't.
    """
    shown_in = [index for index, found in enumerate(rows) for _ in found]
    boxes = [as_face(row) for found in rows for row in found]
    faces = []
    for face, members in merge_boxes(boxes):
        scores = np.zeros(len(looks))
        for member in members:
            look = shown_in[member]
            scores[look] = max(scores[look], boxes[member].score)
        could = [look.shows(face.w) for look in looks]
        score = scores.sum() / max(1, np.count_nonzero(could | (scores > 0)))
        faces.append(FaceBox(face.x, face.y, face.w, face.h, float(score)))
    return sorted(faces, key=lambda face: -face.score)


def as_face(row: Float64Array) -> FaceBox:
    """Turn a row of YuNet.detect's into a square box of the short-range convention."""
    x, y, w, h, score = (float(value) for value in row)
    side = GROW * math.sqrt(w * h)
    centre_x, centre_y = x + w / 2, y + h * (0.5 + SHIFT_DOWN)
    return FaceBox(centre_x - side / 2, centre_y - side / 2, side, side, min(max(score, 0.0), 1.0))


def is_large(box: FaceBox) -> bool:
    """Whether a box is wide and high enough to be kept."""
    return min(box.w, box.h) >= MIN_FACE_PX
