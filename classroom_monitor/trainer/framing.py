"""Training faces as a network takes them in: resized, or cropped and padded with black."""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.recipe import InputPlan
from classroom_monitor.vision.crops import CropSpec, crop_whole_image


def frame_face(image: UInt8Array, size_px: int, plan: InputPlan) -> UInt8Array:
    """Return an unaugmented face as (size, size) uint8; image is (h, w) uint8 grey."""
    if plan.fit == "pad":
        return padded(image, size_px)
    return crop_whole_image(image, CropSpec(size_px, 1, scale=1.0, shift_up=0.0))[..., 0]


def padded(image: UInt8Array, size_px: int) -> UInt8Array:
    """Return the middle of an (h, w) uint8 picture as (size, size), black where it has ended."""
    framed = np.zeros((size_px, size_px), np.uint8)
    rows, columns = (_overlap(side, size_px) for side in image.shape)
    framed[rows[1], columns[1]] = image[rows[0], columns[0]]
    return framed


def _overlap(side_px: int, size_px: int) -> tuple[slice, slice]:
    """Return which pixels of a side are taken and where they go, centred."""
    count = min(side_px, size_px)
    source, target = (side_px - count) // 2, (size_px - count) // 2
    return slice(source, source + count), slice(target, target + count)
