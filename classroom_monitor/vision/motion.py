"""What moved between two frames: the camera, the faces that are followed, and all that is new.

It works on small grey pictures, so that it costs a millisecond or two whatever the camera's size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import FaceBox, Float32Array, UInt8Array
from classroom_monitor.vision.face_flow import move_boxes
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.pyramid import Pyramid
from classroom_monitor.vision.tiles import Float64Array

FLOW_WIDTH_PX = 640
"""Faces are followed in a picture at least this wide: one of 20 px in 1280 still has 10 there."""

CHANGE_WIDTH_PX = 160
"""Changes are looked for in a picture about this wide: sensor noise averages out."""

REFERENCE_LOOKS = 50
"""A camera that didn't move for so long is compared with a newer picture."""

LEAST_DRIFT = 0.15
"""Pixels of the small picture; on a clip whose camera stands still 0.05 to 0.08 are measured."""

LEAST_RESPONSE = 0.85
"""Of phase correlation: 0.87 and more where a camera drifts, less where it is people who move."""

_LEAST_CHANGE = 8.0
"""Grey levels; less is not seen as a change, however still the room is."""


@dataclass(frozen=True, slots=True)
class Motion:
    """What happened since the frame before.

    places are the boxes where the picture moved them. drift is the camera's own shift in pixels of
    the frame, (x, y). changed is a (rows, columns) bool picture of what else is different, and
    change_scale how many of the frame's pixels one of its pixels is wide.
    """

    places: tuple[FaceBox, ...]
    drift: tuple[float, float]
    changed: NDArray[np.bool_]
    change_scale: float

    def changed_parts(self, areas: Float64Array) -> Float64Array:
        """Return which part of each area changed: (n,) of (n, 4) left, top, width, height."""
        rows, columns = self.changed.shape
        low = np.floor(areas[:, :2] / self.change_scale)
        high = np.maximum(np.round((areas[:, :2] + areas[:, 2:]) / self.change_scale), low + 1)
        left, top = np.clip(low, 0, (columns, rows)).astype(int).T
        right, bottom = np.clip(high, 0, (columns, rows)).astype(int).T
        sums = cv2.integral(self.changed.astype(np.uint8))
        inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return np.asarray(inside / np.maximum((right - left) * (bottom - top), 1), np.float64)


class MotionWatcher:
    """Compares each frame with the one before; deterministic. One thread uses it."""

    def __init__(self) -> None:
        """Start before the first frame."""
        self._grey: UInt8Array | None = None
        self._small: UInt8Array | None = None
        self._camera = _CameraDrift()

    def step(self, picture: Pyramid, boxes: Sequence[FaceBox]) -> Motion:
        """Take the next frame; boxes are places in the frame before.

        The first frame, and one of another size, moves nothing and counts as unchanged.
        """
        width = picture.width
        grey = picture.grey(FLOW_WIDTH_PX)
        small = _shrink(grey, CHANGE_WIDTH_PX)
        before, small_before = self._grey, self._small
        self._grey, self._small = grey, small
        change_scale = width / small.shape[1]
        if before is None or small_before is None or before.shape != grey.shape:
            self._camera = _CameraDrift(small)
            return Motion(tuple(boxes), (0.0, 0.0), np.zeros(small.shape, bool), change_scale)
        shift, looks = self._camera.step(small)
        drift = (shift[0] * change_scale, shift[1] * change_scale)
        return Motion(
            places=move_boxes(before, grey, boxes, width / grey.shape[1], drift),
            drift=drift,
            changed=_changes(small_before, small, (shift[0] / looks, shift[1] / looks)),
            change_scale=change_scale,
        )


class _CameraDrift:
    """Finds the shift of the whole picture since a reference, which is replaced when it moved.

    Between two frames of a fast camera a slow drift is lost in noise: it is told once it shows.
    """

    def __init__(self, reference: UInt8Array | None = None) -> None:
        self._reference = reference
        self._looks = 0

    def step(self, now: UInt8Array) -> tuple[tuple[float, float], int]:
        """Return the shift, (0, 0) while none shows, and over how many frames it came about."""
        assert self._reference is not None
        self._looks += 1
        looks = self._looks
        (x, y), response = _shift(self._reference, now)
        is_sure = response >= LEAST_RESPONSE
        has_moved = is_sure and max(abs(x), abs(y)) >= LEAST_DRIFT
        if has_moved or not is_sure or looks >= REFERENCE_LOOKS:
            self._reference, self._looks = now, 0
        return ((x, y) if has_moved else (0.0, 0.0)), looks


def _shrink(grey: UInt8Array, width_px: int) -> UInt8Array:
    """Make a picture smaller by a whole number, to about width_px."""
    factor = max(1, round(grey.shape[1] / width_px))
    size = max(1, grey.shape[1] // factor), max(1, grey.shape[0] // factor)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _shift(before: UInt8Array, now: UInt8Array) -> tuple[tuple[float, float], float]:
    """Return the shift of a whole picture, and how clear it is: phase correlation.

    Kuglin and Hines 1975; 1 is as clear as can be.
    """
    rows, columns = now.shape
    if min(rows, columns) < 2:
        return (0.0, 0.0), 1.0
    window = cv2.createHanningWindow((columns, rows), cv2.CV_32F)
    (x, y), response = cv2.phaseCorrelate(before.astype(np.float32), now.astype(np.float32), window)
    return (x, y), response


def _shifted(picture: Float32Array, shift: tuple[float, float]) -> Float32Array:
    rows, columns = picture.shape
    matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float64)
    moved = cv2.warpAffine(picture, matrix, (columns, rows), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.float32)


def _changes(before: UInt8Array, now: UInt8Array, shift: tuple[float, float]) -> NDArray[np.bool_]:
    """Return where a picture is different, apart from the camera's drift and exposure."""
    difference = now.astype(np.float32) - _shifted(before.astype(np.float32), shift)
    difference = np.abs(difference - np.median(difference))
    return np.asarray(difference > max(_LEAST_CHANGE, 6 * float(np.median(difference))), bool)
