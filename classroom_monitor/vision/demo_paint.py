"""Brushes for the demo's pictures: filled outlines, strokes and soft-edged colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.vision.opencv import cv2

Point = tuple[float, float]
Outline = Sequence[Point]
Colour = tuple[int, int, int]
Points = NDArray[np.float64]

_FRACTION_BITS = 3


def filled(outline: ArrayLike, shape: tuple[int, ...]) -> UInt8Array:
    """Return a mask (height, width) of 0 and 255 with the inside of an outline of (n, 2) points."""
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(mask, [_fixed_point(outline)], 255, cv2.LINE_AA, _FRACTION_BITS)
    return mask


def stroked(lines: Sequence[ArrayLike], thickness_px: int, shape: tuple[int, ...]) -> UInt8Array:
    """Return a mask (height, width) of 0 and 255 with lines of (n, 2) points each."""
    mask = np.zeros(shape[:2], np.uint8)
    fixed = [_fixed_point(line) for line in lines]
    cv2.polylines(mask, fixed, False, 255, thickness_px, cv2.LINE_AA, _FRACTION_BITS)
    return mask


def softened(mask: UInt8Array, blur_px: float) -> Float32Array:
    """Return a mask as (height, width) float32 in [0, 1], its edges blurred by a Gaussian."""
    blurred = cv2.GaussianBlur(mask, (0, 0), blur_px)
    return np.asarray(blurred, np.float32) / np.float32(255)


def paint(
    canvas: Float32Array, mask: UInt8Array, blur_px: float, opacity: float, colour_bgr: Colour
) -> None:
    """Paint a colour into a (height, width, 3) float32 picture where the mask says."""
    cover = softened(mask, blur_px)[..., None] * np.float32(opacity)
    canvas += cover * (np.array(colour_bgr, np.float32) - canvas)


def curve(points: Sequence[ArrayLike], samples: int = 24) -> Points:
    """Return a smooth line from left to right through points, (samples, 2)."""
    knots = np.array(sorted(np.array(points, np.float64).tolist()))
    shape = np.polynomial.Polynomial.fit(knots[:, 0], knots[:, 1], len(knots) - 1)
    x = np.linspace(knots[0, 0], knots[-1, 0], samples)
    return np.column_stack([x, shape(x)])


def _fixed_point(points: ArrayLike) -> NDArray[np.int32]:
    return np.round(np.array(points) * (1 << _FRACTION_BITS)).astype(np.int32)
