"""Moves boxes of faces with the picture, by the optical flow of a few points of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.tiles import Float64Array, box_rows

_POINTS = np.array([(0.3, 0.3), (0.7, 0.3), (0.5, 0.5), (0.3, 0.7), (0.7, 0.7)])
"""Where in a face's box it is followed."""

_WINDOW_PX, _LEVELS = 13, 2
_LEAST_POINTS = 3
_MOST_SPREAD = 0.2
"""Points of one face that stray further apart, in box sides, didn't follow it."""


def move_boxes(
    before: UInt8Array,
    now: UInt8Array,
    boxes: Sequence[FaceBox],
    scale: float,
    drift: tuple[float, float],
) -> tuple[FaceBox, ...]:
    """Move boxes of the frame by the optical flow of a few points each (Lucas and Kanade 1981).

    A box whose points don't agree moves with the camera.
    """
    if not boxes:
        return ()
    rows = box_rows(boxes)
    points = rows[:, None, :2] + _POINTS[None] * rows[:, None, 2:]
    start = np.ascontiguousarray((points / scale).reshape(-1, 1, 2), np.float32)
    guess = start + np.array(drift, np.float32) / scale
    end, status, _ = cv2.calcOpticalFlowPyrLK(
        before,
        now,
        start,
        guess,
        winSize=(_WINDOW_PX, _WINDOW_PX),
        maxLevel=_LEVELS,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
    )
    steps = ((end - start) * scale).reshape(len(boxes), -1, 2).astype(np.float64)
    good = status.reshape(len(boxes), -1) == 1
    agreed = _agreed_steps(steps, good, _MOST_SPREAD * rows[:, 2:].max(axis=1), drift)
    return tuple(
        FaceBox(box.x + x, box.y + y, box.w, box.h, box.score)
        for box, (x, y) in zip(boxes, agreed.tolist(), strict=True)
    )


def _agreed_steps(
    steps: Float64Array,
    good: NDArray[np.bool_],
    most_spread: Float64Array,
    otherwise: tuple[float, float],
) -> Float64Array:
    """Return (n, 2): the median of each face's (n, points, 2) steps that are good, (n, points).

    Faces whose points stray further than most_spread, (n,), or with too few get otherwise.
    """
    middle = _medians(steps, good[..., None])
    strays = np.abs(steps - middle[:, None]).max(axis=2)
    is_sure = (good.sum(axis=1) >= _LEAST_POINTS) & (_medians(strays, good) <= most_spread)
    return np.where(is_sure[:, None], middle, otherwise)


def _medians(values: Float64Array, good: NDArray[np.bool_]) -> Float64Array:
    """Return the medians over the second axis, of the good values alone; all faces at once."""
    ordered = np.sort(np.where(good, values, np.inf), axis=1)
    count = good.sum(axis=1, keepdims=True)
    low, high = np.maximum(count - 1, 0) // 2, np.maximum(count, 1) // 2
    low_and_high = np.take_along_axis(ordered, np.concatenate([low, high], axis=1), axis=1)
    return np.asarray(np.where(count > 0, low_and_high, 0.0).mean(axis=1))
