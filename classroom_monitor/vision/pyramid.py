"""One frame at several sizes, each half the one before: no look resamples millions of pixels.

Halving averages two by two pixels, so nothing is left to flicker; what remains to be shrunk when a
square is cut is less than a factor of two.
"""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.opencv import cv2

_LEAST_PX = 64
"""Smaller sizes than this are not made: nothing is shown that small."""


class Pyramid:
    """A frame's sizes. Any number of threads may use it."""

    def __init__(self, image_bgr: UInt8Array) -> None:
        """Take a (height, width, 3) uint8 frame, which is not changed."""
        self.height, self.width = image_bgr.shape[:2]
        self._levels = [image_bgr]
        while min(self._levels[-1].shape[:2]) > _LEAST_PX:
            last = self._levels[-1]
            size = last.shape[1] // 2, last.shape[0] // 2
            half = cv2.resize(last, size, interpolation=cv2.INTER_AREA)
            self._levels.append(np.asarray(half, np.uint8))

    def level(self, halvings: int) -> UInt8Array:
        """Return the frame halved so many times, or less often where that is small."""
        return self._levels[min(halvings, len(self._levels) - 1)]

    def grey(self, width_px: int) -> UInt8Array:
        """Return the frame in grey, the smallest size that is width_px wide or wider."""
        halvings = 0
        while self.width >> (halvings + 1) >= width_px:
            halvings += 1
        return np.asarray(cv2.cvtColor(self.level(halvings), cv2.COLOR_BGR2GRAY), np.uint8)

    def square(self, x: int, y: int, side: int, side_px: int) -> UInt8Array:
        """Return a square of the frame as (side_px, side_px, 3) uint8 BGR.

        x, y and side are pixels of the frame. What lies beyond the frame repeats its edge.
        """
        halvings = 0
        while side >> (halvings + 1) >= side_px:
            halvings += 1
        image = self.level(halvings)
        scale = 2**halvings
        part = _cut(image, round(x / scale), round(y / scale), max(1, round(side / scale)))
        if part.shape[0] == side_px:
            return part
        size = side_px, side_px
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _cut(image: UInt8Array, left: int, top: int, side: int) -> UInt8Array:
    height, width = image.shape[:2]
    right, bottom = left + side, top + side
    if left >= 0 and top >= 0 and right <= width and bottom <= height:
        return image[top:bottom, left:right]
    columns = np.clip(np.arange(left, right), 0, width - 1)
    rows = np.clip(np.arange(top, bottom), 0, height - 1)
    return image[rows[:, None], columns]
