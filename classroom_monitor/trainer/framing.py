"""Training faces as a network takes them in: resized, or cropped and padded with black."""

from __future__ import annotations

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.trainer.recipe import InputPlan
from classroom_monitor.vision.crops import CropSpec, crop_whole_image


def frame_face(image: UInt8Array, size_px: int, plan: InputPlan) -> UInt8Array:
    """Return an unaugmented face as (size, size) uint8; image is (h, w) uint8 grey."""
    spec = CropSpec(size_px, 1, scale=1.0, shift_up=0.0, fit=plan.fit)
    return crop_whole_image(image, spec)[..., 0]


def padded(image: UInt8Array, size_px: int) -> UInt8Array:
    """Return the middle of an (h, w) uint8 picture as (size, size), black where it has ended."""
    spec = CropSpec(size_px, 1, scale=1.0, shift_up=0.0, fit="pad")
    return crop_whole_image(image, spec)[..., 0]
