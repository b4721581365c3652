"""Says which faces are large and sharp enough to be classified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.crops import CropSpec, crop_whole_images, cut_pieces
from classroom_monitor.vision.opencv import cv2

_LOOK = CropSpec(size_px=32, channels=1, scale=1.0, shift_up=0.0)
"""Sharpness is judged on the face at 32 px, about the size from which expressions can be told."""

_NO_CONTRAST = 1.0
"""Grey levels squared: a patch that varies less than its noise shows no face."""


@dataclass(frozen=True, slots=True)
class QualityRule:
    """min_face_px is the least side of a usable face's box, min_sharpness its least sharpness().

    Sharpness: on 680 clip faces, blurred step by step, the shipped network is right on 0.41 of the
    crops below 0.02, 0.54 at 0.02-0.04, 0.58 at 0.04-0.07, 0.67 at 0.07-0.1, 0.81 at 0.1-0.15 and
    0.96 from 0.25 on. A dim, blurred, drifting clip's worst faces have 0.066, so that none is lost.
    """

    min_face_px: float = 16.0
    min_sharpness: float = 0.06

    def judge(self, image_bgr: UInt8Array, boxes: Sequence[FaceBox]) -> NDArray[np.bool_]:
        """Return (n,) bool: which faces of a (height, width, 3) uint8 picture are usable."""
        large = np.array([max(box.w, box.h) >= self.min_face_px for box in boxes], bool)
        usable = large.copy()
        chosen = [box for box, is_large in zip(boxes, large, strict=True) if is_large]
        usable[large] = sharpness(image_bgr, chosen) >= self.min_sharpness
        return usable


def sharpness(image_bgr: UInt8Array, boxes: Sequence[FaceBox]) -> NDArray[np.float64]:
    """Return (n,) sharpness: energy of the faces' fine detail over that of their contrast.

    The variance of the Laplacian (Pech-Pacheco et al. 2000) at 32 px, divided by the variance of
    the grey levels so that a dim room isn't taken for a blurred one. 0 where there is no contrast.
    """
    pieces = [
        cv2.cvtColor(piece, cv2.COLOR_BGR2GRAY) for piece in cut_pieces(image_bgr, boxes, _LOOK)
    ]
    # Grey before it is made small: a third of the work.
    grey = crop_whole_images([np.asarray(one, np.uint8) for one in pieces], _LOOK).images[..., 0]
    grey = grey.astype(np.float32)
    middle = grey[:, 1:-1, 1:-1]
    around = grey[:, :-2, 1:-1] + grey[:, 2:, 1:-1] + grey[:, 1:-1, :-2] + grey[:, 1:-1, 2:]
    detail = (around - 4 * middle).var(axis=(1, 2))
    contrast = grey.var(axis=(1, 2))
    energy = detail / np.maximum(contrast, _NO_CONTRAST)
    return np.where(contrast > _NO_CONTRAST, energy, 0.0).astype(np.float64)
